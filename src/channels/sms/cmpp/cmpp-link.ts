import type { Duplex } from 'node:stream';
import { type Deliver, readDeliver } from './cmpp-deliver.js';
import { FrameReader } from './cmpp-frames.js';
import {
  answerTo,
  authenticatorIsmg,
  authenticatorSource,
  type CmppAccount,
  type CmppVersion,
  command,
  connectPacket,
  deliverAnswer,
  type Frame,
  idAt,
  isAnswer,
  type OfferedVersion,
  packet,
  readConnectAnswer,
  readSubmitAnswer,
  type Submit,
  submitPacket,
} from './cmpp-packet.js';
import type { Timers } from '../timers.js';

export interface LinkOptions {
  account: CmppAccount;
  offered: OfferedVersion;
  /** Submits without an answer at once. */
  window: number;
  /** Without traffic for so long the link is tested. */
  idleMs: number;
  /** For each answer; then the same packet is sent again, `tries` times in all. */
  answerMs: number;
  tries: number;
  timers: Timers;
  /** Whatever this keeps is answered for; when it fails, the gateway is left to deliver again. */
  onDeliver(deliver: Deliver): Promise<void>;
  /** Something odd that needs no act, in English for the log. */
  warn(what: string): void;
}

/** Why a link did not open. */
export type LinkRefusal = { kind: 'network'; code: string } | { kind: 'status'; status: number };

/** What became of a SUBMIT. */
export type SubmitFate =
  /** @property repeated it was sent more than once before it was answered */
  | { kind: 'answer'; result: number; messageId: string; repeated: boolean }
  /** Sent, and no answer came in time, or the link was lost. */
  | { kind: 'unknown'; code: 'TIMEOUT' | 'LINK_LOST' }
  /** It never left. */
  | { kind: 'notSent' };

interface Pending {
  bytes: Buffer;
  tries: number;
  stopWaiting: () => void;
  resolve: (fate: SubmitFate) => void;
}

/** One connection: signs on, keeps the window, tests and is tested, and answers whatever the gateway delivers. */
export class CmppLink {
  /** Null once it is open. */
  readonly opened: Promise<LinkRefusal | null>;
  readonly ended: Promise<void>;
  private readonly reader = new FrameReader();
  private readonly pending = new Map<number, Pending>();
  private readonly waiting: { submit: Submit; resolve: (fate: SubmitFate) => void }[] = [];
  private readonly source: Buffer;
  private version: CmppVersion | null = null;
  private sequence = 0;
  private tests = 0;
  private over = false;
  private settleOpened!: (refusal: LinkRefusal | null) => void;
  private settleEnded!: () => void;
  private stopTimer: () => void = () => undefined;

  constructor(
    private readonly socket: Duplex,
    private readonly options: LinkOptions,
  ) {
    this.opened = new Promise((resolve) => (this.settleOpened = resolve));
    this.ended = new Promise((resolve) => (this.settleEnded = resolve));
    const stamp = stampOf(options.timers.now());
    this.source = authenticatorSource(options.account, stamp);
    this.stopTimer = options.timers.after(options.answerMs, () => this.end('TIMEOUT'));
    socket.on('data', (chunk: Buffer) => this.receive(chunk));
    socket.on('error', (error: NodeJS.ErrnoException) => this.end(error.code ?? 'CONNECTION_LOST'));
    socket.on('close', () => this.end('CONNECTION_LOST'));
    socket.on('end', () => this.end('CONNECTION_LOST'));
    // What is written before the connection is there is kept until it is.
    socket.write(connectPacket(options.account, stamp, options.offered, this.nextSequence()));
  }

  isOpen(): boolean {
    return this.version !== null && !this.over;
  }

  /** Submits on their way or waiting for the window. */
  load(): number {
    return this.pending.size + this.waiting.length;
  }

  submit(submit: Submit): Promise<SubmitFate> {
    return new Promise((resolve) => {
      if (!this.isOpen()) return resolve({ kind: 'notSent' });
      this.waiting.push({ submit, resolve });
      this.fillWindow();
    });
  }

  /** Signs off: what is on its way is waited for no longer. */
  close(): void {
    if (this.isOpen()) this.socket.write(packet(command.terminate, this.nextSequence()));
    this.end('CLOSED', true);
  }

  private receive(chunk: Buffer): void {
    if (this.over) return;
    try {
      for (const frame of this.reader.read(chunk)) {
        this.take(frame);
        if (this.over) return;
      }
    } catch (error) {
      this.options.warn(`link closed over ${(error as Error).message}`);
      this.end('BAD_FRAME');
    }
  }

  private take(frame: Frame): void {
    if (this.version === null) {
      if (frame.command === answerTo(command.connect)) this.takeConnectAnswer(frame.body);
      return;
    }
    this.tests = 0;
    this.waitForSilence();
    if (isAnswer(frame.command)) {
      if (frame.command === answerTo(command.submit)) this.takeSubmitAnswer(this.version, frame);
    } else if (frame.command === command.deliver) this.takeDeliver(this.version, frame);
    else if (frame.command === command.activeTest)
      this.socket.write(packet(answerTo(command.activeTest), frame.sequence, Buffer.from([0])));
    else if (frame.command === command.terminate) {
      this.socket.write(packet(answerTo(command.terminate), frame.sequence));
      this.end('TERMINATED', true);
    }
  }

  private takeConnectAnswer(body: Buffer): void {
    const answer = readConnectAnswer(body);
    if (!answer) {
      this.options.warn(`an answer to CONNECT of ${body.length} bytes`);
      return this.end('BAD_FRAME');
    }
    if (answer.status !== 0) return this.end('REFUSED', false, { kind: 'status', status: answer.status });
    const expected = authenticatorIsmg(answer.version, answer.status, this.source, this.options.account.secret);
    // Gateways get it wrong, and nothing else of them is secret: a warning, no refusal.
    if (!expected.equals(answer.authenticator)) this.options.warn('the gateway did not prove that it knows the secret');
    this.version = answer.version;
    this.waitForSilence();
    this.settleOpened(null);
    this.fillWindow();
  }

  private takeSubmitAnswer(version: CmppVersion, { sequence, body }: Frame): void {
    const own = this.pending.get(sequence);
    const answer = readSubmitAnswer(version, body);
    if (!answer) this.options.warn(`an answer to SUBMIT of ${body.length} bytes`);
    if (!own || !answer) return;
    this.pending.delete(sequence);
    own.stopWaiting();
    own.resolve({ kind: 'answer', ...answer, repeated: own.tries > 1 });
    this.fillWindow();
  }

  private takeDeliver(version: CmppVersion, { sequence, body }: Frame): void {
    const deliver = readDeliver(version, body);
    const answer = (messageId: string) => {
      if (!this.over) this.socket.write(deliverAnswer(version, sequence, messageId));
    };
    if (deliver) {
      this.options.onDeliver(deliver).then(
        () => answer(deliver.messageId),
        (error: Error) => this.options.warn(`not kept, to be delivered again: ${error.message}`),
      );
      return;
    }
    // A no would bring it again and again.
    this.options.warn(`a DELIVER of ${body.length} bytes that cannot be read`);
    if (body.length >= 8) answer(idAt(body, 0));
  }

  private fillWindow(): void {
    while (this.version !== null && !this.over && this.pending.size < this.options.window) {
      const next = this.waiting.shift();
      if (!next) return;
      const sequence = this.nextSequence();
      const bytes = submitPacket(this.version, sequence, next.submit);
      const own: Pending = { bytes, tries: 0, stopWaiting: () => undefined, resolve: next.resolve };
      this.pending.set(sequence, own);
      this.transmit(sequence, own);
    }
  }

  /** The same bytes again on the same link are the same message: the gateway knows it by the sequence. */
  private transmit(sequence: number, own: Pending): void {
    own.tries += 1;
    this.socket.write(own.bytes);
    own.stopWaiting = this.options.timers.after(this.options.answerMs, () => {
      if (own.tries < this.options.tries) return this.transmit(sequence, own);
      this.pending.delete(sequence);
      own.resolve({ kind: 'unknown', code: 'TIMEOUT' });
      this.fillWindow();
    });
  }

  private waitForSilence(): void {
    this.stopTimer();
    if (!this.over) this.stopTimer = this.options.timers.after(this.options.idleMs, () => this.test());
  }

  private test(): void {
    if (this.tests >= this.options.tries) return this.end('SILENT');
    this.tests += 1;
    this.socket.write(packet(command.activeTest, this.nextSequence()));
    this.stopTimer = this.options.timers.after(this.options.answerMs, () => this.test());
  }

  private end(code: string, gently = false, refusal: LinkRefusal = { kind: 'network', code }): void {
    if (this.over) return;
    this.over = true;
    this.stopTimer();
    for (const own of this.pending.values()) {
      own.stopWaiting();
      own.resolve({ kind: 'unknown', code: 'LINK_LOST' });
    }
    this.pending.clear();
    for (const { resolve } of this.waiting.splice(0)) resolve({ kind: 'notSent' });
    if (gently) this.socket.end(() => this.socket.destroy());
    else this.socket.destroy();
    this.settleOpened(refusal);
    this.settleEnded();
  }

  private nextSequence(): number {
    this.sequence = (this.sequence % 0xffff_ffff) + 1;
    return this.sequence;
  }
}

/** Month to second in Beijing, ten digits. */
function stampOf(at: Date): string {
  return new Date(at.getTime() + 8 * 3_600_000).toISOString().replace(/\D/g, '').slice(4, 14);
}
