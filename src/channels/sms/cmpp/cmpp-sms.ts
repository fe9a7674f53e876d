import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import type { SendOutcome } from '../../../domain/delivery.js';
import type { SmsContent } from '../../../rendering/message.js';
import type { DoubtfulDelivery, Incoming, ReconcileAnswer } from '../../channel.js';
import { domesticNumber } from '../domestic-number.js';
import { serialOf } from '../serial.js';
import type { SmsVendor } from '../sms-channel.js';
import type { Timers } from '../timers.js';
import { contentsOf } from './cmpp-content.js';
import type { Deliver } from './cmpp-deliver.js';
import { CmppDoubts } from './cmpp-doubts.js';
import { refusalOutcome, submitOutcome } from './cmpp-errors.js';
import { CmppInbox, type Received } from './cmpp-inbox.js';
import { CmppLink, type SubmitFate } from './cmpp-link.js';
import { CmppLinks } from './cmpp-links.js';
import type { CmppAccount, OfferedVersion } from './cmpp-packet.js';
import { partReportOf } from './cmpp-report.js';

export interface CmppSmsOptions extends CmppAccount {
  host: string;
  port: number;
  serviceId: string;
  /** Access number, 接入号. */
  srcId: string;
  /** Digits of each message's own behind the access number; 0 for none. */
  serialDigits: number;
  offered: OfferedVersion;
  links: number;
  window: number;
  idleMs: number;
  answerMs: number;
  tries: number;
  timers: Timers;
  /** Where a gateway is reached; for tests. */
  openSocket?: () => Duplex;
  backOff?: { firstMs: number; longestMs: number };
  warn(what: string): void;
}

/** With fewer, another message to the same phone too often has the same: its report would settle a doubt it knows nothing of. */
const provingDigits = 4;
const usualBackOff = { firstMs: 1000, longestMs: 60_000 };
const flowControl = 8;
const repeatedSequence = 3;
/** How long, and how often, a further part waits for a gateway that limits the flow: the first has left. */
const [flowPauseMs, flowTries] = [1000, 10];

/**
 * A carrier's gateway over CMPP 2.0 or 3.0. The gateway numbers each part, reports on each, and cannot be asked about a message. A
 * lost link leaves doubts, which are settled by the report where messages have digits of their own.
 */
export class CmppSms implements SmsVendor {
  readonly name = 'cmpp';
  readonly findsOwnOnly = true;
  readonly badNumber = submitOutcome(13);
  private readonly links: CmppLinks;
  private readonly doubts: CmppDoubts;
  private readonly inbox: CmppInbox;
  private incoming: Incoming | null = null;
  private reference = 0;

  constructor(private readonly options: CmppSmsOptions) {
    const { timers } = options;
    this.doubts = new CmppDoubts(() => timers.now());
    const received = ({ messageId, from, to, text }: Received): Promise<void> => {
      const mobile = domesticNumber(from);
      if (mobile === null) return Promise.resolve();
      const sentTo = to === options.srcId ? '' : to;
      const reply = { provider: this.name, sequenceId: messageId, mobile, content: text, sentTo, writtenAt: null };
      return this.listener().replies([reply]);
    };
    this.inbox = new CmppInbox(timers, received, (what) => options.warn(what));
    this.links = new CmppLinks({
      count: options.links,
      offered: options.offered,
      timers,
      backOff: options.backOff ?? usualBackOff,
      open: (offered) =>
        new CmppLink(options.openSocket?.() ?? connect({ host: options.host, port: options.port, noDelay: true }), {
          ...options,
          account: options,
          offered,
          onDeliver: (deliver) => this.take(deliver),
        }),
    });
  }

  /** Without a listener nothing that comes in is answered for: the gateway keeps it. */
  listen(incoming: Incoming): void {
    this.incoming = incoming;
    this.links.start();
  }

  async submit(content: SmsContent, number: string, deliveryId: string): Promise<SendOutcome> {
    const link = await this.links.pick();
    if (!(link instanceof CmppLink)) return refusalOutcome(link);
    this.reference = (this.reference + 1) % 256;
    const { headed, contents } = contentsOf(content.text, this.reference);
    const srcId = this.srcIdOf(deliveryId);
    const known: string[] = [];
    for (const [at, bytes] of contents.entries()) {
      const fate = await this.submitPart(link, at > 0, {
        ...{ serviceId: this.options.serviceId, spId: this.options.spId, srcId, numbers: [number] },
        ...{ parts: contents.length, part: at + 1, headed, content: bytes },
      });
      const messageId = takenAs(fate);
      if (messageId !== null) {
        this.doubts.claim(messageId);
        known.push(messageId);
      } else {
        const outcome = outcomeOf(fate, at > 0);
        if (outcome.kind === 'unknown') this.doubts.doubt(deliveryId, { srcId, number, parts: contents.length, known });
        return outcome;
      }
    }
    return { kind: 'accepted', reference: known[0]!, parts: known };
  }

  find({ deliveryId, startedAt }: DoubtfulDelivery): Promise<ReconcileAnswer> {
    const parts = this.options.serialDigits >= provingDigits ? this.doubts.settled(deliveryId, startedAt) : null;
    return Promise.resolve(
      parts
        ? { kind: 'taken', reference: parts[0]!, parts }
        : { kind: 'noAnswer', reason: '短信网关不能查询，尚未收到该条的状态报告。' },
    );
  }

  async check(): Promise<string | null> {
    const link = await this.links.pick();
    if (link instanceof CmppLink) return null;
    const outcome = refusalOutcome(link);
    return 'reason' in outcome ? outcome.reason : null;
  }

  close(): Promise<void> {
    this.links.close();
    return Promise.resolve();
  }

  private async submitPart(
    link: CmppLink,
    isFurther: boolean,
    submit: Parameters<CmppLink['submit']>[0],
  ): Promise<SubmitFate> {
    for (let tries = 1; ; tries++) {
      const fate = await link.submit(submit);
      const waits = isFurther && fate.kind === 'answer' && fate.result === flowControl && tries < flowTries;
      if (!waits) return fate;
      await new Promise<void>((resolve) => void this.options.timers.after(flowPauseMs, resolve));
    }
  }

  private async take(deliver: Deliver): Promise<void> {
    const { report } = deliver;
    if (!report) return this.inbox.take(deliver);
    const number = domesticNumber(report.number);
    if (number !== null) this.doubts.noteReport(deliver.to, number, report.messageId);
    const row = partReportOf(report, this.options.timers.now());
    if (row) await this.listener().reports([row]);
  }

  private listener(): Incoming {
    if (!this.incoming) throw new Error('nobody listens yet');
    return this.incoming;
  }

  /** Reports and replies come back to it. */
  private srcIdOf(deliveryId: string): string {
    const { srcId, serialDigits } = this.options;
    return srcId + serialOf(deliveryId, serialDigits);
  }
}

/** The gateway's number of what it took. To a repeated packet it may say that it has the sequence already. */
function takenAs(fate: SubmitFate): string | null {
  if (fate.kind !== 'answer') return null;
  if (fate.result === 0) return fate.messageId;
  return fate.result === repeatedSequence && fate.repeated && fate.messageId !== '0' ? fate.messageId : null;
}

/** Of a message whose first parts have left nobody knows what the phone shows, whatever became of the others. */
function outcomeOf(fate: SubmitFate, isFurther: boolean): SendOutcome {
  if (fate.kind === 'unknown') {
    const reason = fate.code === 'TIMEOUT' ? '短信网关没有应答，可能已受理。' : '与短信网关的连接断开，可能已受理。';
    return { kind: 'unknown', code: fate.code, reason };
  }
  const outcome =
    fate.kind === 'answer' ? submitOutcome(fate.result) : refusalOutcome({ kind: 'network', code: 'LINK_LOST' });
  if (outcome.kind === 'accepted') return outcome;
  if (isFurther) return { kind: 'unknown', code: outcome.code, reason: '长短信只发出了一部分，收件人可能看不完整。' };
  if (fate.kind === 'answer' && fate.result === repeatedSequence && fate.repeated)
    return { kind: 'unknown', code: outcome.code, reason: '短信网关称已收到同一报文，但没有给出编号。' };
  return outcome;
}
