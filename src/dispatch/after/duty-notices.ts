import { Injectable, Logger } from '@nestjs/common';
import { accountText } from '../../channels/account-text.js';
import { defaultVendorTimeoutMs } from '../../channels/vendor-http.js';
import { sayInGroup } from '../../channels/wecom/wecom-robot.js';
import { beijingDate } from '../../domain/calendar.js';
import type { SendOutcome } from '../../domain/delivery.js';
import { mayCarryAtMost } from '../../domain/issue/secrecy.js';
import {
  dutyText,
  isMissingTime,
  keptMs,
  missingForMs,
  newsMs,
  quietMs,
  silentMs,
  staleMs,
  wrongSettingsMs,
} from '../../domain/sending/duty-notice.js';
import { Clock } from '../../platform/clock.js';
import { JobRunner } from '../../platform/jobs/job-runner.js';
import { Settings } from '../../settings/settings.js';
import { CalendarRepository } from '../when/calendar.repository.js';
import { type CountedIssue, DutyNoticeRepository, type NoticeToTell } from './duty-notice.repository.js';

/** The robot takes 20 a minute; this is looked at every half a minute. */
const AT_ONCE = 5;

/** Tells the duty group in WeCom, through the group's robot, what somebody on duty wants to know without looking. */
@Injectable()
export class DutyNotices {
  private readonly log = new Logger(DutyNotices.name);

  constructor(
    runner: JobRunner,
    private readonly settings: Settings,
    private readonly notices: DutyNoticeRepository,
    private readonly calendar: CalendarRepository,
    private readonly clock: Clock,
  ) {
    runner.on('duty.tell', (_, signal) => this.tell(signal));
  }

  /** Harmless to repeat, and at once in several processes. */
  async tell(signal: AbortSignal): Promise<void> {
    if (!this.settings.wecomRobot) return;
    await this.notice();
    const now = this.clock.now();
    const due = await this.notices.claim(AT_ONCE, now, new Date(now.getTime() + silentMs));
    for (const notice of due) if (!signal.aborted) await this.say(notice);
  }

  private async notice(): Promise<void> {
    const now = this.clock.now();
    const ago = (ms: number) => new Date(now.getTime() - ms);
    await this.notices.forgetBefore(ago(keptMs));
    for (const { editionId, people, unreached, ...issue } of await this.notices.newlySent(ago(newsMs)))
      await this.notices.add(`sent ${editionId}`, { kind: 'sent', issue: nameOf(issue), people, unreached }, now);
    for (const { editionId, people, asksAcknowledgement, ...issue } of await this.notices.newlyRead())
      await this.notices.add(
        `allRead ${editionId}`,
        { kind: 'allRead', issue: nameOf(issue), people, acknowledged: asksAcknowledgement },
        now,
      );
    for (const { account, reason, since } of await this.notices.newlyStopped(ago(newsMs), quietMs))
      await this.notices.add(
        `stopped ${account} ${since.toISOString()}`,
        { kind: 'stopped', account: accountText(account), reason },
        now,
      );
    await this.noticeMissing(now);
  }

  private async noticeMissing(now: Date): Promise<void> {
    const today = beijingDate(now);
    const subject = `missing ${today}`;
    if (!isMissingTime(now, await this.calendar.calendar()) || (await this.notices.isKnown(subject))) return;
    const missing = await this.notices.missing(new Date(now.getTime() - missingForMs));
    if (missing.length === 0) return;
    const issues = missing.map(({ people, acknowledged, ...issue }) => ({
      ...{ issue: nameOf(issue), people, missing: people - acknowledged },
    }));
    await this.notices.add(subject, { kind: 'missing', day: today, issues }, now);
  }

  private async say({ id, notice, createdAt, mayHaveArrived }: NoticeToTell): Promise<void> {
    const { base, key, mention } = this.settings.wecomRobot!;
    const stale = this.clock.now().getTime() - createdAt.getTime() > staleMs;
    if (stale) return this.notices.settle(id, 'failed', '没有及时发出');
    const robot = { baseUrl: base, key, mention, timeoutMs: defaultVendorTimeoutMs };
    const outcome = await sayInGroup(robot, dutyText(notice, this.settings.officeName, mayHaveArrived));
    if (outcome.kind !== 'accepted') this.log.warn(`the duty group was not told of ${notice.kind}: ${outcome.code}`);
    await this.record(id, outcome);
  }

  private async record(id: string, outcome: SendOutcome): Promise<void> {
    const later = (ms: number) => new Date(this.clock.now().getTime() + ms);
    switch (outcome.kind) {
      case 'accepted':
        return this.notices.settle(id, 'sent', null);
      case 'unknown':
        return this.notices.putOff(id, later(silentMs), outcome.reason, true);
      case 'retry':
        return this.notices.putOff(id, later(Math.max(silentMs, outcome.afterMs ?? 0)), outcome.reason, false);
      case 'refused':
        // Somebody may put the settings right in time.
        return outcome.class === 'configuration'
          ? this.notices.putOff(id, later(wrongSettingsMs), outcome.reason, false)
          : this.notices.settle(id, 'failed', outcome.reason);
    }
  }
}

/** A group is no place for the name of what no card may name. */
function nameOf({ title, level }: Pick<CountedIssue, 'title' | 'level'>): string {
  const carry = mayCarryAtMost(level, 'wecom');
  return carry === 'nothing' || carry === 'neutralNotice' ? '一期不便写明名称的材料' : title;
}
