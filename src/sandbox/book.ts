import { closeSync, fstatSync, ftruncateSync, mkdirSync, openSync, readFileSync, readSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { ChannelKind } from '../domain/delivery.js';
import type { CardButton } from './wecom-card.js';

export type SandboxProvider = 'smtp' | 'aliyun' | 'tencent' | 'yunmas' | 'cmpp' | 'wecom' | 'wechat';

/** The report a message will bring; times are ISO 8601. */
export interface ReportDue {
  status: 'delivered' | 'failed';
  code: string;
  dueAt: string;
}

/** One message a provider took. */
export interface BookMessage {
  /** Place in the book, from 1. */
  n: number;
  provider: SandboxProvider;
  kind: ChannelKind;
  /** The sender's own reference: the delivery's id. */
  reference: string;
  to: string;
  at: string;
  /** Queue id, BizId or msgid. */
  providerId: string;
  /** False: taken and answered, but no phone shows it, because a limit or the duplicate window dropped it. */
  shown: boolean;
  /** Subject, signature or card title. */
  title: string;
  /** What the phone shows; of a mail only the beginning. */
  text: string;
  link?: string;
  /** The code an SMS holds in place of a link. */
  code?: string;
  /** SMS parts billed. */
  parts?: number;
  templateCode?: string;
  /** Of an SMS: the digits it was sent with behind the number, or with CMPP the whole number. A phone answers there. */
  extension?: string;
  messageId?: string;
  /** Where a mail's bounce goes. */
  returnPath?: string;
  /** Equal for requests the provider cannot tell apart. */
  fingerprint?: string;
  report?: ReportDue;
  /** A card that can be pressed. */
  task?: { id: string; buttons: readonly CardButton[] };
  /** By which the sender may redraw it once. */
  responseCode?: string;
}

/** What became of a card on the phone. */
export interface CardChange {
  /** In place of its buttons. */
  drawn?: string;
  codeUsed?: true;
  recalled?: true;
}

/** What an answer to an SMS needs to know of it. */
export type AnsweredSms = Pick<BookMessage, 'provider' | 'to' | 'extension'>;

type Line =
  | { type: 'message'; message: BookMessage; html?: string }
  | { type: 'reported'; n: number; how: 'taken' | 'gaveUp'; at: string }
  | { type: 'changed'; n: number; change: CardChange; at: string };

export type NewMessage = Omit<BookMessage, 'n' | 'at'>;

/** What became of all mail, on disk before any provider answers: a killed process forgets nothing it has promised. */
export class Book {
  private readonly file: number;
  private size = 0;
  private readonly kept: BookMessage[] = [];
  private readonly places = new Map<number, { offset: number; length: number }>();
  private readonly reported = new Set<number>();
  private readonly changes = new Map<number, CardChange>();
  private readonly listeners = new Set<(message: BookMessage) => void>();

  constructor(dir: string) {
    mkdirSync(dir, { recursive: true });
    const path = join(dir, 'book.jsonl');
    this.file = openSync(path, 'a+');
    this.load(readFileSync(path));
  }

  add(message: NewMessage, html?: string): BookMessage {
    const kept: BookMessage = { ...message, n: this.kept.length + 1, at: new Date().toISOString() };
    this.write({ type: 'message', message: kept, html });
    this.kept.push(kept);
    for (const listener of this.listeners) listener(kept);
    return kept;
  }

  markReported(n: number, how: 'taken' | 'gaveUp'): void {
    this.write({ type: 'reported', n, how, at: new Date().toISOString() });
    this.reported.add(n);
  }

  change(n: number, change: CardChange): void {
    this.write({ type: 'changed', n, change, at: new Date().toISOString() });
    this.changes.set(n, { ...this.changes.get(n), ...change });
  }

  changesOf(n: number): CardChange {
    return this.changes.get(n) ?? {};
  }

  /** What phones show, in order. */
  messages(): readonly BookMessage[] {
    return this.kept.filter((message) => message.shown);
  }

  /** Everything taken, shown or not. */
  all(): readonly BookMessage[] {
    return this.kept;
  }

  /** Reports not yet handed over nor given up. */
  reportsDue(provider: SandboxProvider): readonly BookMessage[] {
    return this.kept.filter(
      (message) => message.provider === provider && message.report && !this.reported.has(message.n),
    );
  }

  /** Messages a recipient has on the phone a second time; mail under an equal Message-ID is in `repeats` instead. */
  duplicates(): readonly BookMessage[] {
    const repeats = new Set(this.repeats());
    const distinct = this.messages().filter((message) => !repeats.has(message));
    return secondOnes(distinct, (message) => `${message.provider} ${message.reference}`);
  }

  /** Mail taken again under the same Message-ID: the one repetition a mail program can tell and SMTP cannot rule out. */
  repeats(): readonly BookMessage[] {
    return secondOnes(this.messages(), (message) => message.messageId ?? `n ${message.n}`);
  }

  counts(): Record<SandboxProvider, { taken: number; shown: number }> {
    const none = () => ({ taken: 0, shown: 0 });
    const counts = {
      smtp: none(),
      aliyun: none(),
      tencent: none(),
      yunmas: none(),
      cmpp: none(),
      wecom: none(),
      wechat: none(),
    };
    for (const { provider, shown } of this.kept) {
      counts[provider].taken += 1;
      if (shown) counts[provider].shown += 1;
    }
    return counts;
  }

  /** The body of a mail, read back from disk so that thousands of them do not fill the memory. */
  htmlOf(n: number): string | undefined {
    const place = this.places.get(n);
    if (!place) return undefined;
    const bytes = Buffer.alloc(place.length);
    readSync(this.file, bytes, 0, place.length, place.offset);
    const line = JSON.parse(bytes.toString('utf8')) as Line;
    return line.type === 'message' ? line.html : undefined;
  }

  /** Calls for each message from now on; the answer ends it. */
  onMessage(listener: (message: BookMessage) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  close(): void {
    this.listeners.clear();
    closeSync(this.file);
  }

  private write(line: Line): void {
    const bytes = Buffer.from(`${JSON.stringify(line)}\n`);
    writeSync(this.file, bytes);
    if (line.type === 'message') this.places.set(line.message.n, { offset: this.size, length: bytes.length });
    this.size += bytes.length;
  }

  private load(bytes: Buffer): void {
    let start = 0;
    for (let end = bytes.indexOf(10); end !== -1; end = bytes.indexOf(10, start)) {
      const line = JSON.parse(bytes.subarray(start, end).toString('utf8')) as Line;
      if (line.type === 'reported') this.reported.add(line.n);
      else if (line.type === 'changed') this.changes.set(line.n, { ...this.changes.get(line.n), ...line.change });
      else {
        this.places.set(line.message.n, { offset: start, length: end - start });
        this.kept.push(line.message);
      }
      start = end + 1;
    }
    this.size = start;
    // A line torn by a kill was never answered for.
    if (fstatSync(this.file).size > start) ftruncateSync(this.file, start);
  }
}

function secondOnes(messages: readonly BookMessage[], keyOf: (message: BookMessage) => string): BookMessage[] {
  const seen = new Set<string>();
  return messages.filter((message) => {
    const key = keyOf(message);
    return seen.has(key) || !seen.add(key);
  });
}
