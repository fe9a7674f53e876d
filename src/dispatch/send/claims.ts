import { Injectable } from '@nestjs/common';
import type { Channel } from '../../channels/channel.js';
import { beijingDate } from '../../domain/calendar.js';
import { nextDay, overDailyCap } from '../../domain/sending/daily-cap.js';
import type { ChannelKind } from '../../domain/delivery.js';
import { type BucketState, nextToken, type Rate, rateOf, share, take, tokensAt } from '../../domain/rate.js';
import { rampAt } from '../../domain/sending/ramp.js';
import { ClassGate } from '../../issues/class-gate.js';
import { Clock } from '../../platform/clock.js';
import { Database } from '../../platform/database.js';
import { Settings } from '../../settings/settings.js';
import { AllowanceRepository, type PutBack } from '../rows/allowance.repository.js';
import { type ClaimedDelivery, type ClaimedMessage, ClaimRepository } from '../rows/claim.repository.js';

export interface Claim {
  claimed: ClaimedMessage[];
  /** Rows that were due but may not leave yet; they have a later time now. */
  putBack: number;
  /** When the account may be used again, if that is what stands in the way. */
  wakeAt: Date | null;
}

const limitReason: Record<ChannelKind, string> = {
  email: '收件邮箱系统限制发送频率，按限额排队发送',
  sms: '同一号码短时间内的短信有限额，稍后自动发送',
  wecom: '同一成员短时间内的消息有限额，稍后自动发送',
  wechat: '同一微信短时间内的消息有限额，稍后自动发送',
};

/** Takes due rows for a worker, as many as providers and the daily cap allow. What may not leave goes back with its time. */
@Injectable()
export class Claims {
  constructor(
    private readonly database: Database,
    private readonly rows: ClaimRepository,
    private readonly allowances: AllowanceRepository,
    private readonly clock: Clock,
    private readonly gate: ClassGate,
    private readonly settings: Settings,
  ) {}

  /** @param pinnedOnly only what this account may have taken already and no other may send */
  async take(channel: Channel, most: number, owner: string, leaseUntil: Date, pinnedOnly: boolean): Promise<Claim> {
    const account = this.settings.limits.accounts[channel.account] ?? [];
    const now = this.clock.now();
    const claim = async (limit: number) => {
      const of = { name: channel.account, pinnedOnly };
      const rows = await this.readdressed(await this.rows.claim(channel.kind, limit, owner, of, now, leaseUntil));
      return this.withCarried(rows, async (leads) =>
        this.readdressed(await this.rows.gather(leads, owner, channel.account, now, leaseUntil)),
      );
    };
    return this.database.transaction(async () => {
      const key = `account ${channel.account}`;
      const states: Map<string, BucketState> = account.length
        ? await this.allowances.lockBuckets([key], now)
        : new Map<string, BucketState>();
      const state = states.get(key) ?? [];
      const free = account.length ? tokensAt(account, state, now.getTime()) : most;
      if (free === 0)
        return { claimed: [], putBack: 0, wakeAt: new Date(nextToken(account, state, now.getTime()).atMs) };
      const rows = await claim(Math.min(most, free));
      const capped = await this.overCap(rows, now);
      const limited = await this.overLimits(channel.kind, without(rows, capped), now);
      const putBack = withCompany(rows, [...capped, ...limited]);
      if (putBack.length) await this.allowances.putBack(putBack);
      const claimed = without(rows, putBack);
      if (account.length && claimed.length)
        await this.allowances.saveBuckets(new Map([[key, take(account, state, claimed.length, now.getTime())]]));
      return { claimed, putBack: putBack.length, wakeAt: null };
    });
  }

  /** What was planned for an address that was replaced since goes to the new one, with what may be carried there. */
  private async readdressed<T extends ClaimedDelivery>(rows: readonly T[]): Promise<T[]> {
    const now = rows.map((row) => {
      if (row.moved === null) return row;
      const { address, mailDomain, destination } = row.moved;
      const allowed = this.gate.carry(row.level, row.channel, mailDomain);
      // Where nothing may be carried the gate refuses the message.
      return { ...row, address, mailDomain, destination, carry: allowed === 'nothing' ? row.carry : allowed };
    });
    const moved = now.filter((row) => row.moved !== null);
    if (moved.length > 0) await this.rows.readdress(moved);
    return now;
  }

  /** What waits for a digest takes along what leaves with it. */
  private async withCarried(
    rows: readonly ClaimedDelivery[],
    gather: (leads: string[]) => Promise<(ClaimedDelivery & { lead: string })[]>,
  ): Promise<ClaimedMessage[]> {
    const leads = rows.filter(({ digest }) => digest).map(({ id }) => id);
    const carried = leads.length ? await gather(leads) : [];
    return rows.map((row) => ({ ...row, carries: carried.filter(({ lead }) => lead === row.id) }));
  }

  /** Two workers that claim for one person in the same moment may exceed the cap by one; nobody is harmed. */
  private async overCap(rows: readonly ClaimedDelivery[], now: Date): Promise<PutBack[]> {
    const cap = this.settings.limits.dailyCap;
    if (cap === 0 || rows.length === 0) return [];
    const day = beijingDate(now);
    const notices = new Map(
      rows.map(({ editionId, purpose, round }) => [`${editionId} ${purpose} ${round}`, { editionId, purpose, round }]),
    );
    if ((await this.allowances.noteNotices(day, [...notices.values()])) <= cap) return [];
    const people = [...new Set(rows.map(({ personId }) => personId))];
    const ids = rows.map(({ id }) => id);
    const today = await this.allowances.noticesOf(people, day, ids);
    const reason = `本人当日通知已达${cap}条，为免打扰改在次日发送`;
    return overDailyCap(rows, today, cap).map(({ id }) => ({ id, at: nextDay(now), code: 'DAILY_CAP', reason }));
  }

  private async overLimits(kind: ChannelKind, rows: readonly ClaimedDelivery[], now: Date): Promise<PutBack[]> {
    const ramp = this.rampRates(kind, now);
    const ratesOf = (destination: string) => this.ratesOf(kind, destination, ramp);
    const limited = rows.filter(({ destination }) => destination !== null && ratesOf(destination).length);
    if (limited.length === 0) return [];
    const bucketOf = (row: ClaimedDelivery) => `${kind} ${row.destination}`;
    const states = await this.allowances.lockBuckets(limited.map(bucketOf), now);
    const rates = (bucket: string) => ratesOf(bucket.slice(kind.length + 1));
    const wanting = limited.map((row) => ({ id: row.id, bucket: bucketOf(row), row }));
    const { waiting, state, dry } = share(wanting, rates, states, now.getTime());
    await this.allowances.saveBuckets(state);
    const reason = limitReason[kind];
    if (kind === 'email') {
      const late = new Set(waiting.map(({ id }) => id));
      await this.queueUp(
        limited.filter(({ id }) => late.has(id)),
        (row) => dry.get(bucketOf(row))!,
        now,
      );
    }
    return waiting.map(({ id, atMs }) => ({ id, at: new Date(atMs), code: 'LIMIT', reason }));
  }

  private async queueUp(
    late: readonly ClaimedDelivery[],
    dry: (row: ClaimedDelivery) => { atMs: number; everyMs: number },
    now: Date,
  ): Promise<void> {
    const lanes = new Map(late.map((row) => [`${row.editionId} ${row.priority} ${row.destination}`, row]));
    for (const row of lanes.values()) {
      const { editionId, priority, destination } = row;
      const lane = { editionId, priority, destination: destination!, ...dry(row) };
      await this.allowances.queueUp(lane, 'LIMIT', limitReason.email, now);
    }
  }

  /** Of a sending domain that others do not know yet. */
  private rampRates(kind: ChannelKind, now: Date): readonly Rate[] {
    const ramp = kind === 'email' ? rampAt(this.settings.limits.rampFrom, now) : null;
    return ramp ? [rateOf({ count: ramp.mails, perMs: 86_400_000 })] : [];
  }

  private ratesOf(kind: ChannelKind, destination: string, ramp: readonly Rate[]): readonly Rate[] {
    const { mailDomains, number, member, follower } = this.settings.limits;
    if (kind === 'sms') return number;
    if (kind === 'wecom') return member;
    if (kind === 'wechat') return follower;
    if (this.gate.isOwn(destination)) return [];
    return [...(mailDomains.get(destination) ?? mailDomains.get('*') ?? []), ...ramp];
  }
}

function without<T extends { id: string }>(rows: readonly T[], gone: readonly { id: string }[]): T[] {
  const ids = new Set(gone.map(({ id }) => id));
  return rows.filter(({ id }) => !ids.has(id));
}

/** Who travels in a message that is put back goes back with it, to the same time. */
function withCompany(messages: readonly ClaimedMessage[], putBack: readonly PutBack[]): PutBack[] {
  const carries = new Map(messages.map((message) => [message.id, message.carries]));
  return putBack.flatMap((lead) => [lead, ...(carries.get(lead.id) ?? []).map(({ id }) => ({ ...lead, id }))]);
}
