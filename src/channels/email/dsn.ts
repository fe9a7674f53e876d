import type { DeliveryReport } from '../../domain/delivery.js';
import { readBounce } from './smtp-outcome.js';

/** What a delivery status notification says of one recipient; `code` is the RFC 3463 status. */
export type BounceVerdict = Pick<DeliveryReport, 'status' | 'code' | 'reason' | 'addressDead'>;

type Fields = Readonly<Record<string, string>>;

/**
 * Reads a `message/delivery-status` part (RFC 3464): blocks of fields between blank lines, the first about the message,
 * each other about one recipient. We send one recipient per message, so the weightiest block is the answer.
 * Null when no block names an action this system knows.
 */
export function readDeliveryStatus(part: string): BounceVerdict | null {
  const blocks = part
    .replace(/\r\n?/g, '\n')
    .trim()
    .split(/\n[ \t]*\n/)
    .map(readFields);
  for (const action of byWeight) {
    const block = blocks.find((fields) => fields.action?.toLowerCase().split(/[\s(;]/)[0] === action);
    if (block) return verdicts[action](block);
  }
  return null;
}

/**
 * Reads a bounce in a form of the provider's own, as several Chinese providers send: the address tells who, the first
 * permanent code in the text tells what. Null when the text holds none.
 */
export function readBounceText(text: string): BounceVerdict | null {
  const enhanced = /\b5\.\d{1,3}\.\d{1,3}\b/.exec(text)?.[0];
  const code = enhanced ?? /\b5[0-5]\d(?=[\s-])/.exec(text)?.[0];
  return code === undefined ? null : failed(code.includes('.') ? code : '5.0.0', text);
}

const byWeight = ['failed', 'delivered', 'relayed', 'expanded', 'delayed'] as const;

const verdicts: Readonly<Record<(typeof byWeight)[number], (block: Fields) => BounceVerdict>> = {
  failed: (block) => failed(statusOf(block, '5.0.0'), block['diagnostic-code']),
  delivered: (block) => ({ status: 'delivered', code: statusOf(block, '2.0.0'), reason: '' }),
  relayed: (block) => ({
    status: 'pending',
    code: statusOf(block, '2.0.0'),
    reason: '已转交下一级邮件系统，对方不提供送达回执。',
  }),
  expanded: (block) => ({
    status: 'pending',
    code: statusOf(block, '2.0.0'),
    reason: '已展开到邮件列表，不再提供送达回执。',
  }),
  delayed: (block) => ({
    status: 'pending',
    code: statusOf(block, '4.0.0'),
    reason: '对方邮件系统暂未收下，仍在自动重试。',
  }),
};

function statusOf(block: Fields, otherwise: string): string {
  return /[245]\.\d{1,3}\.\d{1,3}/.exec(block.status ?? '')?.[0] ?? otherwise;
}

function failed(status: string, diagnostic?: string): BounceVerdict {
  return { status: 'failed', ...readBounce(status, diagnostic) };
}

/** One block of `Name: value` lines, names in lower case, folded lines joined; the first of a repeated field counts. */
function readFields(block: string): Fields {
  const fields: Record<string, string> = {};
  for (const line of block.replace(/\n[ \t]+/g, ' ').split('\n')) {
    const [, name, value] = /^([A-Za-z-]{1,40}):[ \t]*(.*)$/.exec(line) ?? [];
    if (name && value !== undefined) fields[name.toLowerCase()] ??= value.trim();
  }
  return fields;
}
