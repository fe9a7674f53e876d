import { Injectable } from '@nestjs/common';
import { TrialRepository } from '../../accounts/trial.repository.js';
import { ChannelRegistry } from '../../channels/channel-registry.js';
import { smsProviders } from '../../channels/sms/sms-providers.js';
import { isSentTo, notSentInTrial, trialMark } from '../../domain/sending/trial.js';
import { channelText } from '../../domain/sending/channel-text.js';
import { channelFacts } from '../../domain/channel-facts.js';
import { type ChannelKind, channelKinds } from '../../domain/delivery.js';
import { chineseDateTime } from '../../domain/calendar.js';
import { bringsPdf, type PublicationPolicy } from '../../domain/sending/channel-policy.js';
import { rampAt } from '../../domain/sending/ramp.js';
import { DomainError } from '../../domain/errors/errors.js';
import { readyForReview } from '../../domain/issue/issue-state.js';
import type { ScopeEntry } from '../../domain/scope/scope.js';
import { mayCarryAtMost, secrecyText } from '../../domain/issue/secrecy.js';
import { TrialPersonRepository } from '../../organisation/trial-person.repository.js';
import { contentOf } from '../../issues/content-of.js';
import { IssueRepository, type StoredIssue } from '../../issues/issue.repository.js';
import { PublicationRepository } from '../../issues/publication.repository.js';
import { type Recipients, RecipientsService } from '../../issues/recipients.service.js';
import { Clock } from '../../platform/clock.js';
import { Settings } from '../../settings/settings.js';
import { EditionPrints } from '../../rendering/print/edition-prints.js';
import { Renderer } from '../../rendering/renderer.js';
import { CalendarService } from '../when/calendar.service.js';
import { Deferral, type Wait } from '../when/deferral.js';
import { FiledTexts } from './filed-texts.js';
import { PlanService } from './plan.service.js';

/** One line of the check before sign-off: what is the matter, and how to mend it. */
export interface PreflightLine {
  severity: 'block' | 'warn' | 'ok';
  text: string;
  fix: string | null;
  /** Page where it is mended. */
  href: string | null;
  /** Whom or what the line is about, where it is about several. */
  about?: { names: readonly string[]; more: number };
}

export interface PreflightResult {
  lines: PreflightLine[];
  blocked: boolean;
  /** Who would get it, as the check saw them. */
  recipients: Recipients;
  /** First messages by channel. */
  planned: Record<ChannelKind, number>;
  policy: PublicationPolicy;
  /** When what is signed now would leave, and what it waits for; null when it leaves at once. */
  wait: Wait | null;
}

/** The settings that open a channel, as the README's table lists them. */
const opening: Readonly<Record<ChannelKind, string>> = {
  email: 'SMTP_HOST',
  sms: smsProviders.map(({ opens }) => opens).join(' 或 '),
  wecom: 'WECOM_CORP_ID',
  wechat: 'WECHAT_APP_ID',
};
export const howToOpen = (kind: ChannelKind): string => `${channelText[kind]}（${opening[kind]}）`;

/** Says before sign-off what would go wrong after it. */
@Injectable()
export class Preflight {
  constructor(
    private readonly issues: IssueRepository,
    private readonly recipients: RecipientsService,
    private readonly channels: ChannelRegistry,
    private readonly renderer: Renderer,
    private readonly prints: EditionPrints,
    private readonly calendar: CalendarService,
    private readonly deferral: Deferral,
    private readonly publications: PublicationRepository,
    private readonly planner: PlanService,
    private readonly filed: FiledTexts,
    private readonly clock: Clock,
    private readonly settings: Settings,
    private readonly trials: TrialRepository,
    private readonly testers: TrialPersonRepository,
  ) {}

  async check(issueId: string): Promise<PreflightResult> {
    const issue = await this.issues.loadIssue(issueId);
    if (!issue) throw new DomainError('issue.notFound');
    const now = this.clock.now();
    const scope = await this.recipients.recipientsOf(issue, now);
    const { id: publicationId, policy } = await this.publications.ofIssue(issueId);
    const { planned, unreachable } = await this.planner.outlook(scope.entries, issue.level, policy);
    const start = new Date(now.getTime() + this.settings.delivery.undoSeconds * 1000);
    const wait = await this.deferral.firstMessages({ urgency: issue.urgency, urgentReason: null, policy }, start);
    const edit = `/issues/${issueId}/edit`;
    const lines: PreflightLine[] = [
      ...(await this.trialLines(scope)),
      ...readyForReview({ ...issue, series: issue.publicationName, date: issue.issuedOn }).map((text) =>
        block(text, '请补充。', edit),
      ),
      ...(await this.numberLines(issue, edit)),
      ...scopeLines(scope, `/issues/${issueId}`),
      ...this.channelLines(issue),
      ...(planned.sms > 0 ? await this.filed.lines(issue.level) : []),
      ...unreachableLines(unreachable),
      ...this.textLines(issue, scope),
      ...(planned.email > 0 ? await this.pdfLines(issue, policy, `/publications/${publicationId}`) : []),
      ...rampLines(rampAt(this.settings.limits.rampFrom, start), planned.email),
      ...(await this.calendarLines()),
      ...waitLines(issue, wait, `/publications/${publicationId}`),
    ];
    if (issue.loweredTo !== null) {
      const text = `责任编辑拟将密级由“${secrecyText[issue.markedLevel]}”降为“${secrecyText[issue.loweredTo]}”，理由：${issue.levelReason ?? ''}`;
      const until = `签发人同意后才生效，以上检查仍按“${secrecyText[issue.level]}”；不同意请退回。`;
      lines.push(warn(text, until, edit));
    }
    const blocked = lines.some(({ severity }) => severity === 'block');
    if (lines.length === 0) lines.push({ severity: 'ok', text: '检查通过，没有发现问题。', fix: null, href: null });
    return { lines, blocked, recipients: scope, planned, policy, wait };
  }

  private async trialLines(scope: Recipients): Promise<PreflightLine[]> {
    if (!(await this.trials.isActive())) return [];
    const testers = await this.testers.ids();
    const meant = scope.entries.filter(({ personId }) => isSentTo(true, personId, testers)).length;
    const text = `系统正在试运行：本期是演练，只发给发送范围内的试运行人员${meant}人，其余${scope.entries.length - meant}人“${notSentInTrial}”，每条消息标明${trialMark}。`;
    const fix =
      meant === 0 ? '发送范围内没有试运行人员，谁也不会收到；请先加入试运行人员。' : '试运行结束后签发的才正式发送。';
    return [warn(text, fix, '/trial')];
  }

  private async numberLines(issue: StoredIssue, href: string): Promise<PreflightLine[]> {
    if (issue.number !== null || (await this.trials.isActive())) return [];
    const taken = await this.issues.numbersOf(issue.publicationId, issue.year, issue.kind);
    const next = Math.max(0, ...taken) + 1;
    const wanted = issue.proposedNumber;
    if (wanted === null) return [warn(`没有期号，签发时将取第${next}期。`, null, href)];
    if (taken.includes(wanted)) return [block(`第${wanted}期的期号已被使用。`, `请改为第${next}期。`, href)];
    if (taken.length > 0 && wanted !== next)
      return [warn(`期号不连续：上一期是第${next - 1}期，本期是第${wanted}期。`, '请核对。', href)];
    return [];
  }

  private async calendarLines(): Promise<PreflightLine[]> {
    const years = await this.calendar.missingYears();
    if (years.length === 0) return [];
    const text = `工作日历中没有${years.join('、')}年的节假日和调休，只能按周末推算。`;
    return [warn(text, '请系统管理员按国务院办公厅的通知登记。', '/calendar')];
  }

  private channelLines(issue: StoredIssue): PreflightLine[] {
    const configured = this.channels.kinds();
    if (configured.length === 0)
      return [
        block('没有配置任何发送通道。', `请维护服务器的人员设置：${channelKinds.map(howToOpen).join('；')}。`, null),
      ];
    return channelKinds.flatMap((kind) => {
      if (!configured.includes(kind))
        return channelFacts[kind].optional
          ? []
          : [
              warn(
                `${channelText[kind]}通道没有配置，本期不会通过它发送。`,
                `如需使用，请维护服务器的人员设置${howToOpen(kind)}，然后重新启动。`,
                null,
              ),
            ];
      const open = mayCarryAtMost(issue.level, kind) !== 'nothing';
      return open
        ? []
        : [warn(`按密级“${secrecyText[issue.level]}”，本期不通过${channelText[kind]}发送。`, null, null)];
    });
  }

  /** What cannot be attached as the publication says must not be found out by the first mail. */
  private async pdfLines(issue: StoredIssue, policy: PublicationPolicy, settings: string): Promise<PreflightLine[]> {
    const carry = mayCarryAtMost(issue.level, 'email');
    if (!bringsPdf(policy, { carry, purpose: 'initial' })) return [];
    const reason = await this.prints.whyNotAttached(contentOf(issue));
    if (reason === null) return [];
    return [block(`邮件不能附上PDF：${reason}`, '如不需要附件，请在刊物设置中取消“邮件附上本期的PDF文件”。', settings)];
  }

  private textLines(issue: StoredIssue, scope: Recipients): PreflightLine[] {
    const person = scope.entries[0];
    if (!person || !this.channels.kinds().includes('sms')) return [];
    const preview = this.renderer.previewMessage(contentOf(issue), 'sms', person);
    if ('gateClosed' in preview || !preview.smsParts || preview.smsParts.length <= 2) return [];
    return [warn(`短信有${preview.smsParts.length}条那么长。`, '请缩短第一条稿件的标题。', null)];
  }
}

function rampLines(ramp: { day: number; mails: number } | null, mails: number): PreflightLine[] {
  if (ramp === null || mails <= ramp.mails) return [];
  const text = `发信域名启用第${ramp.day}天，尚在试发：本单位以外的每个邮件域名一天最多收到${ramp.mails}封，超出的自动推迟到以后几天发出。`;
  return [warn(text, '急件请同时使用短信或企业微信。', null)];
}

function waitLines(issue: StoredIssue, wait: PreflightResult['wait'], settings: string): PreflightLine[] {
  if (wait === null) return [];
  const text = `签发后消息不会立即发出，要等到${chineseDateTime(wait.until)}：现在是${wait.reason}，不打扰收件人。`;
  return issue.urgency === 'extraUrgent'
    ? [warn(text, '特急件可以在签发时写明理由，立即发送。', null)]
    : [warn(text, '安静时段按刊物设置执行。', settings)];
}

function scopeLines(scope: Recipients, href: string): PreflightLine[] {
  return [
    ...scope.unknown
      .filter(({ suggestions }) => suggestions.length > 0)
      .map(({ label, suggestions }) =>
        block(
          `发送范围中的“${label}”没有对应的分组。`,
          `是否指“${suggestions.map(({ name }) => name).join('”“')}”？请在发送范围中对应。`,
          `${href}#scope`,
        ),
      ),
    ...grouped(
      scope.unknown
        .filter(({ suggestions }) => suggestions.length === 0)
        .map(({ label }) => ({ reason: '', name: label })),
      {
        one: (_, label) => `发送范围中的“${label}”没有对应的分组。`,
        several: (_, count) => `发送范围中有${count}个名称没有对应的分组。`,
        fix: '请在发送范围中对应到分组，或修改发送范围。',
        at: `${href}#scope`,
        severity: 'block',
      },
    ),
    ...scope.groups
      .filter(({ people }) => people === 0)
      .map(({ groupName }) => warn(`分组“${groupName}”现在没有人。`, '请在发送名单中核对。', '/list')),
    ...grouped(
      scope.groups.flatMap(({ groupName, vacantPosts }) =>
        vacantPosts.map((post) => ({ reason: groupName, name: post })),
      ),
      {
        one: (group, post) => `岗位“${post}”（${group}）空缺，无人接收。`,
        several: (group, count) => `分组“${group}”有${count}个岗位空缺，无人接收。`,
        fix: '请在发送名单中登记任职人。',
      },
    ),
    ...(scope.people === 0 && scope.unknown.length === 0
      ? [block('发送范围没有对应到任何人。', '请先导入发送名单。', '/list/import')]
      : []),
  ];
}

function unreachableLines(unreachable: readonly { entry: ScopeEntry; reason: string }[]): PreflightLine[] {
  return grouped(
    unreachable.map(({ entry, reason }) => ({ reason, name: `${entry.unitName} ${entry.name}` })),
    {
      one: (reason, name) => `${name}：${reason}`,
      several: (reason, count) => `有${count}人：${reason}`,
      fix: '请在发送名单中核对联系方式。',
    },
  );
}

/** A list that nobody has kept up to date must not make a page of 100,000 names. */
const namesOfAKind = 300;

/** One line for each reason, with all whom it concerns; the most frequent first. */
function grouped(
  found: readonly { reason: string; name: string }[],
  words: {
    one: (reason: string, name: string) => string;
    several: (reason: string, count: number) => string;
    fix: string;
    at?: string;
    severity?: 'block' | 'warn';
  },
): PreflightLine[] {
  const { fix, at = '/list', severity = 'warn' } = words;
  const line = (text: string): PreflightLine => ({ severity, text, fix, href: at });
  const byReason = new Map<string, string[]>();
  for (const { reason, name } of found) {
    const names = byReason.get(reason);
    if (names === undefined) byReason.set(reason, [name]);
    else names.push(name);
  }
  return [...byReason]
    .sort(([, a], [, b]) => b.length - a.length)
    .map(([reason, names]) => {
      if (names.length === 1) return line(words.one(reason, names[0]!));
      const about = { names: names.slice(0, namesOfAKind), more: Math.max(names.length - namesOfAKind, 0) };
      return { ...line(words.several(reason, names.length)), about };
    });
}

const block = (text: string, fix: string | null, href: string | null): PreflightLine => ({
  severity: 'block',
  text,
  fix,
  href,
});
const warn = (text: string, fix: string | null, href: string | null): PreflightLine => ({
  severity: 'warn',
  text,
  fix,
  href,
});
