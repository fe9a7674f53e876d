import { accountText } from '../../channels/account-text.js';
import { channelText } from '../../domain/sending/channel-text.js';
import { chineseDate, chineseDateTime } from '../../domain/calendar.js';
import { digestReason } from '../../domain/sending/daily-digest.js';
import type { ChannelKind, DeliveryPurpose } from '../../domain/delivery.js';
import { type PressProof, pressProofText } from '../../domain/reading/press.js';
import { acknowledgeViaText, type AcknowledgeVia, evidenceText, type TraceKind } from '../../domain/reading/reading.js';
import { signedOnPaper } from './evidence.js';
import type { LoadedCopy } from './copy.repository.js';
import type { Tone } from '../tags.js';

export interface TimelineEntry {
  at: Date;
  time: string;
  title: string;
  detail: string;
  tone: Tone;
}

const purposeText: Record<DeliveryPurpose, string> = {
  initial: '',
  reminder: '催阅',
  resend: '补发',
  withdrawal: '撤回通知',
};

/** Everything that happened to one copy, oldest first. */
export function copyTimeline(copy: LoadedCopy): TimelineEntry[] {
  const entries: TimelineEntry[] = [];
  const add = (at: Date, title: string, detail: string, tone: Tone = 'neutral'): void => {
    entries.push({ at, time: chineseDateTime(at), title, detail, tone });
  };

  if (copy.edition.plannedAt !== null) {
    const [at, title] =
      copy.lateAt === null ? [copy.edition.plannedAt, '列入发送计划'] : [copy.lateAt, '补发，列入发送计划'];
    add(at, title, [copy.lateReason, copy.unreachable ?? channelsOf(copy)].filter(Boolean).join('；'));
  }
  for (const delivery of copy.deliveries) {
    const name = deliveryName(delivery);
    const together = ({ attemptNo }: AttemptRow) =>
      delivery.carriedBy && attemptNo === delivery.attemptNo ? '（每日汇总）' : '';
    if (delivery.purpose !== 'initial') add(delivery.createdAt, `${name}：已安排`, `发往${delivery.addressMasked}`);
    for (const attempt of delivery.attemptRows) {
      add(
        attempt.startedAt,
        `${name}：第${attempt.attemptNo}次发送${together(attempt)}`,
        attemptDetail(attempt),
        attemptTone(attempt.outcome),
      );
    }
    if (delivery.recall?.answeredAt) add(delivery.recall.answeredAt, ...recallEntry(name, delivery.recall));
    for (const report of copy.reports.filter((one) => isOf(delivery, one))) {
      const { title, tone } = reportWords(report.status);
      const said = words(report.reason, report.code);
      add(
        report.reportedAt,
        `${name}：${title}`,
        [`由${accountText(report.provider)}报告`, said].filter(Boolean).join('；'),
        tone,
      );
    }
  }
  for (const { deferred, nextAttemptAt, addressMasked, ...delivery } of copy.deliveries)
    if (deferred === digestReason && delivery.state === 'planned')
      add(nextAttemptAt, `${deliveryName(delivery)}：${digestReason}`, `届时发往${addressMasked}，现在尚未发出。`);
  const sheet = sheetOf(copy);
  for (const row of copy.evidence) {
    // The sheet's own evidence; a second record on paper is one of its own.
    const isOfSheet = sheet !== null && row.via === 'paper' && row.at.getTime() === copy.acknowledgedAt?.getTime();
    if (!isOfSheet) add(row.at, ...evidenceEntry(row));
    else entries.push({ at: row.at, time: chineseDate(sheet.signedOn), ...paperEntry(sheet, row.note) });
  }
  if (copy.linkRevokedAt !== null) add(copy.linkRevokedAt, '链接已停用', '本期已撤回。', 'bad');
  // Providers tell whole seconds: within one, the order in which things can have happened holds.
  const second = ({ at }: TimelineEntry): number => Math.floor(at.getTime() / 1000);
  return entries.sort((a, b) => second(a) - second(b));
}

/** A message that brought several issues is reported once, for the one that led it. */
function isOf(
  { id, carriedBy, attemptRows }: LoadedCopy['deliveries'][number],
  { deliveryId, reportedAt }: LoadedCopy['reports'][number],
): boolean {
  if (deliveryId === id) return true;
  // Providers tell whole seconds.
  const since = (attemptRows.at(-1)?.startedAt.getTime() ?? Infinity) - 1000;
  return carriedBy !== null && deliveryId === carriedBy && reportedAt.getTime() >= since;
}

function channelsOf(copy: LoadedCopy): string {
  const initial = copy.deliveries.filter(({ purpose }) => purpose === 'initial');
  return initial.map(({ channel, addressMasked }) => `${channelName(channel)} ${addressMasked}`).join('；');
}

function deliveryName({ channel, purpose, round }: { channel: string; purpose: string; round: number }): string {
  const again = purposeText[purpose as DeliveryPurpose] ?? purpose;
  return again === '' ? channelName(channel) : `${channelName(channel)}（${again}${round > 1 ? `第${round}次` : ''}）`;
}

const channelName = (channel: string): string => channelText[channel as ChannelKind] ?? channel;

type AttemptRow = LoadedCopy['deliveries'][number]['attemptRows'][number];

const outcomeText: Record<string, string> = {
  accepted: '通道已接收',
  retry: '暂未发出，将重试',
  refused: '被拒绝',
  unknown: '结果不明',
  settled: '经核实',
};

function attemptDetail(attempt: AttemptRow): string {
  const through = `经${accountText(attempt.provider)}`;
  if (attempt.outcome === null) return `${through}发送中。`;
  const said = words(attempt.reason ?? '', attempt.code ?? '');
  const reference = attempt.reference === null ? '' : `通道编号：${attempt.reference}`;
  const outcome = outcomeText[attempt.outcome] ?? attempt.outcome;
  return [through, outcome, said, reference].filter((part) => part !== '').join('；');
}

/** The provider's own word follows the Chinese sentence, for whoever has to ask the provider. */
function words(reason: string, code: string): string {
  return code === '' ? reason : reason === '' ? `服务商代码：${code}` : `${reason}（${code}）`;
}

function attemptTone(outcome: string | null): Tone {
  if (outcome === 'refused') return 'bad';
  if (outcome === 'retry' || outcome === 'unknown') return 'warn';
  return outcome === 'accepted' ? 'info' : 'neutral';
}

function reportWords(status: string): { title: string; tone: Tone } {
  if (status === 'delivered') return { title: '送达回执', tone: 'good' };
  return status === 'failed' ? { title: '退回', tone: 'bad' } : { title: '通道仍在投递', tone: 'neutral' };
}

/** The sheet by which the copy counts as acknowledged. */
export function sheetOf(copy: LoadedCopy): { enteredBy: string; enteredAt: Date; signedOn: string } | null {
  const sheet = copy.signatures[0]?.sheet;
  if (sheet === undefined) return null;
  return { ...sheet, signedOn: sheet.signedOn.toISOString().slice(0, 10) };
}

function paperEntry(
  { enteredBy, enteredAt, signedOn }: NonNullable<ReturnType<typeof sheetOf>>,
  note: string | null,
): Pick<TimelineEntry, 'title' | 'detail' | 'tone'> {
  const entered = `${chineseDateTime(enteredAt)}登记`;
  return {
    title: '纸质签收',
    detail: [signedOnPaper(enteredBy, signedOn), entered, note].filter(Boolean).join('；'),
    tone: 'good',
  };
}

function recallEntry(
  name: string,
  { code, reason }: { code: string | null; reason: string | null },
): [title: string, detail: string, tone: Tone] {
  return code === null
    ? [`${name}：已从对方的企业微信撤回`, '在微信插件中显示过的仍在那里。', 'neutral']
    : [`${name}：未能从对方的企业微信撤回`, words(reason ?? '', code), 'warn'];
}

function evidenceEntry(row: LoadedCopy['evidence'][number]): [title: string, detail: string, tone: Tone] {
  const title = evidenceText[row.kind as TraceKind] ?? row.kind;
  const note = row.note ?? '';
  if (row.kind === 'fetched') return [title, '可能是本人，也可能是邮件网关或链接预览，不算已打开。', 'neutral'];
  if (row.kind === 'machine') return [title, '用了页面上人看不见的栏目或按钮，不算签收。', 'warn'];
  if (row.kind === 'otherMember')
    return [title, '企业微信确认打开链接的不是收件人本人：没有显示内容，不算已打开。', 'warn'];
  if (row.kind !== 'acknowledged') return [title, note, 'info'];
  const via = acknowledgeViaText[row.via as AcknowledgeVia] ?? row.via;
  const proof = row.proof === null ? '' : pressProofText(row.proof as unknown as PressProof);
  if (row.by === null) return [title, [via, proof, note].filter((part) => part !== '').join('；'), 'good'];
  return ['代签收', [`由${row.by}办理`, via, note].filter((part) => part !== '').join('；'), 'good'];
}
