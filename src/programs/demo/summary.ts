import { ProgressRepository } from '../../dispatch/after/progress.repository.js';
import { byChannel, channelFacts } from '../../domain/channel-facts.js';
import { type ChannelKind, channelKinds } from '../../domain/delivery.js';
import { channelText } from '../../domain/sending/channel-text.js';
import type { DeliveryState } from '../../domain/sending/delivery-state.js';
import type { Sandbox } from '../../sandbox/sandbox.js';
import type { Service } from '../service.js';

export interface ChannelSummary {
  planned: number;
  /** Taken by the provider, whether or not it has reported since. */
  sent: number;
  delivered: number;
  failed: number;
  held: number;
}

export interface DemoSummary {
  issue: string;
  copies: number;
  /** First messages; reminders are counted under `reminded`. */
  deliveries: Record<ChannelKind, ChannelSummary>;
  opened: number;
  acknowledged: number;
  /** By the evidence: on the reading page, on a WeCom card, by SMS reply, through the liaison officer, on paper. */
  acknowledgedBy: Record<'page' | 'card' | 'sms' | 'liaison' | 'paper', number>;
  reminded: number;
  /** People for whom no channel's provider took anything. */
  unreached: string[];
  provider: { messages: number; duplicates: number };
  seconds: number;
}

/** Counts what the database holds and what the providers' own books hold; assumes nothing. */
export async function summarise(
  service: Service,
  sandbox: Sandbox,
  edition: { id: string; title: string },
  seconds: number,
): Promise<DemoSummary> {
  const rows = service.get(ProgressRepository);
  const [counts, reminders, copies, via, unreached] = await Promise.all([
    rows.counts(edition.id, 'initial'),
    rows.counts(edition.id, 'reminder'),
    rows.copies(edition.id),
    rows.acknowledgedVia(edition.id),
    rows.unreached(edition.id),
  ]);
  const sum = (list: typeof counts, channel: ChannelKind | null, ...states: DeliveryState[]) =>
    list
      .filter(
        (row) => (channel === null || row.channel === channel) && (states.length === 0 || states.includes(row.state)),
      )
      .reduce((all, row) => all + row.count, 0);
  const channel = (kind: ChannelKind): ChannelSummary => ({
    planned: sum(counts, kind),
    sent: sum(counts, kind, 'sent', 'delivered'),
    delivered: sum(counts, kind, 'delivered'),
    failed: sum(counts, kind, 'failed'),
    held: sum(counts, kind, 'held'),
  });
  return {
    issue: edition.title,
    copies: copies.copies,
    deliveries: byChannel(channel),
    opened: copies.opened,
    acknowledged: copies.acknowledged,
    acknowledgedBy: {
      page: via.get('page') ?? 0,
      card: via.get('card') ?? 0,
      sms: via.get('smsReply') ?? 0,
      liaison: via.get('liaison') ?? 0,
      paper: via.get('paper') ?? 0,
    },
    reminded: sum(reminders, null, 'sent', 'delivered'),
    unreached,
    provider: {
      messages: sandbox.book.messages().filter(({ shown }) => shown).length,
      duplicates: sandbox.book.duplicates().length + sandbox.book.repeats().length,
    },
    seconds: Math.round(seconds * 10) / 10,
  };
}

/** The same numbers for a person. */
export function table(summary: DemoSummary): string {
  const wide = (text: string, width: number) =>
    text + ' '.repeat(Math.max(0, width - [...text].reduce((n, c) => n + (c > '\u2e80' ? 2 : 1), 0)));
  const { page, card, sms, liaison, paper } = summary.acknowledgedBy;
  const heads = ['计划', '已提交', '已送达', '失败', '待人工'];
  const shown = channelKinds.filter((kind) => !channelFacts[kind].optional || summary.deliveries[kind].planned > 0);
  const lines = shown.map((kind) => {
    const { planned, sent, delivered, failed, held } = summary.deliveries[kind];
    return (
      wide(channelText[kind], 12) +
      [planned, sent, channelFacts[kind].reportsArrival ? delivered : '—', failed, held]
        .map((n) => wide(String(n), 8))
        .join('')
    );
  });
  return [
    '',
    `${summary.issue}：${summary.copies} 份`,
    wide('', 12) + heads.map((head) => wide(head, 8)).join(''),
    ...lines,
    `已打开 ${summary.opened} 人，已签收 ${summary.acknowledged} 人，催阅 ${summary.reminded} 人，没有送到 ${summary.unreached.length} 人`,
    `签收方式：阅读页 ${page}，企业微信卡片 ${card}，短信回复 ${sms}，联络员代签收 ${liaison}，纸质签收 ${paper}`,
    `通道自己的账：共 ${summary.provider.messages} 条，重复 ${summary.provider.duplicates} 条；用时 ${summary.seconds} 秒`,
    '（企业微信不提供送达回执，只以打开和签收为据。）',
    '',
  ].join('\n');
}
