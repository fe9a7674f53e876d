import { codeInText } from './bounce-code.js';
import { delayed, delivered, failed, pending, type BounceVerdict } from './bounce-verdict.js';

type Fields = Readonly<Record<string, string>>;

/**
 * Reads a `message/delivery-status` part (RFC 3464), or its international form (RFC 6533): blocks of fields between blank lines,
 * the first about the message, each other about one recipient. We send one recipient per message, so the weightiest block is
 * the answer. A block without an action is read by its status, one without either by its diagnostic code. Null when no block
 * says any of this in a way that is known.
 */
export function readDeliveryStatus(part: string): BounceVerdict | null {
  const blocks = part
    .slice(0, mostCharacters)
    .replace(/\r\n?/g, '\n')
    .trim()
    .split(/\n(?:[ \t]*\n)+/)
    .map(readFields);
  const byAction = new Map<Action, Fields>();
  for (const fields of blocks) {
    const action = actionOf(fields);
    if (action && !byAction.has(action)) byAction.set(action, fields);
  }
  for (const action of byWeight) {
    const block = byAction.get(action);
    if (block) return verdicts[action](block);
  }
  return null;
}

const mostCharacters = 50_000;

const byWeight = ['failed', 'delivered', 'relayed', 'expanded', 'delayed'] as const;
type Action = (typeof byWeight)[number];

/** RFC 3464 2.3.3, and what is written instead. */
const actionWords: readonly (readonly [RegExp, Action])[] = [
  [/^(?:fail|undeliver|bounce|error|rejected|permanent)/, 'failed'],
  [/^(?:deliver|success)/, 'delivered'],
  [/^relay/, 'relayed'],
  [/^expand/, 'expanded'],
  [/^(?:delay|transient|deferred)/, 'delayed'],
];

const byClass: Readonly<Record<string, Action>> = { 5: 'failed', 4: 'delayed', 2: 'delivered' };

function actionOf(block: Fields): Action | undefined {
  if (block.action) {
    const word = block.action.toLowerCase();
    return actionWords.find(([pattern]) => pattern.test(word))?.[1];
  }
  const said = statusIn(block.status) ?? diagnosticCode(block);
  return said === undefined ? undefined : byClass[said[0]!];
}

const verdicts: Readonly<Record<Action, (block: Fields) => BounceVerdict>> = {
  failed: (block) => failed(statusIn(block.status), block['diagnostic-code']),
  delivered: (block) => delivered(statusIn(block.status) ?? '2.0.0'),
  relayed: (block) => pending(statusIn(block.status) ?? '2.0.0', '已转交下一级邮件系统，对方不提供送达回执。'),
  expanded: (block) => pending(statusIn(block.status) ?? '2.0.0', '已展开到邮件列表，不再提供送达回执。'),
  delayed: (block) => delayed(statusIn(block.status) ?? diagnosticCode(block) ?? '4.0.0'),
};

function diagnosticCode(block: Fields): string | undefined {
  const found = codeInText(block['diagnostic-code'] ?? '');
  return found?.status ?? found?.basic;
}

/** At the head of the field; a comment may follow. */
function statusIn(field: string | undefined): string | undefined {
  return /^[^\d]{0,20}([245]\.\d{1,3}\.\d{1,3})(?![\d.])/.exec(field ?? '')?.[1];
}

/** One block of `Name: value` lines, names in lower case, folded lines joined; the first of a repeated field counts. */
function readFields(block: string): Fields {
  const fields: Record<string, string> = {};
  for (const line of block.replace(/\n[ \t]+/g, ' ').split('\n')) {
    const [, name, value] = /^\s{0,4}([A-Za-z-]{1,40})[ \t]{0,4}:[ \t]*(.*)$/.exec(line) ?? [];
    if (name && value !== undefined) fields[name.toLowerCase()] ??= value.trim().slice(0, 2000);
  }
  return fields;
}
