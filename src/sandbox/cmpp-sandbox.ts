import { createServer, type Socket } from 'node:net';
import type { Book } from './book.js';
import { cmppFaultOf, type CmppFault, cmppResults } from './cmpp-faults.js';
import { CmppReports } from './cmpp-reports.js';
import {
  connectAnswer,
  type CmppFiled,
  type GatewayLink,
  type GatewayPacket,
  judgeConnect,
  messageIdAt,
  readPart,
  readSubmit,
  splitPackets,
  submitAnswer,
  type Submitted,
  writePacket,
} from './cmpp-wire.js';
import { pause, pick, type Pace } from './pace.js';
import type { RandomFaults } from './random-faults.js';
import { rollingCount } from './rolling-count.js';

export interface CmppSandboxOptions extends CmppFiled {
  book: Book;
  pace: Pace;
  faults?: RandomFaults;
}

export interface CmppSandbox {
  port: number;
  /** Somebody answers an SMS; true when it was taken. */
  reply(from: string, content: string, to?: string): Promise<boolean>;
  /** The gateway signs all links off, or cuts them. */
  drop(how: 'terminate' | 'cut'): void;
  links(): number;
  stop(): Promise<void>;
}

const longestContent = 140;
/** Results above 99 are a maker's own. */
const unsigned = 101;
const flowControl = 8;
const gatewayNumber = 900_001;
/** What goes wrong at random, as what a number of its own does. */
const moods: Readonly<Record<string, CmppFault>> = { silentAfter: 'answerLost', errorAfter: 'reportFirst' };

/** A carrier's gateway (ISMG) on a port of its own. */
export async function startCmppSandbox(options: CmppSandboxOptions, host: string, port = 0): Promise<CmppSandbox> {
  const { book, pace } = options;
  const links = new Set<GatewayLink>();
  const sockets = new Set<Socket>();
  const reports = new CmppReports({ book, pace, links, filed: options, faults: options.faults });
  const calls = rollingCount(1000);
  const tried = new Set<string>();
  const begun = new Map<string, { ids: bigint[]; texts: string[] }>();
  let ids = book.all().length;

  const server = createServer((socket) => {
    let link: GatewayLink | null = null;
    let rest: Buffer = Buffer.alloc(0);
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => {
      sockets.delete(socket);
      if (link) links.delete(link);
    });
    socket.on('data', (chunk: Buffer) => {
      const split = splitPackets(Buffer.concat([rest, chunk]));
      if (!split) return void socket.destroy();
      rest = Buffer.from(split.rest);
      for (const packet of split.packets) {
        if (link) void take(link, { ...packet, body: Buffer.from(packet.body) });
        else link = signOn(socket, packet);
      }
    });
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, () => resolve()));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('gateway has no port');

  return {
    port: address.port,
    reply: (from, content, to = options.srcId) => reports.reply(from, content, to),
    drop(how) {
      for (const { socket, nextSequence } of links) {
        if (how === 'terminate') socket.write(writePacket(2, nextSequence()));
        else socket.destroy();
      }
    },
    links: () => links.size,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };

  function signOn(socket: Socket, { command, sequence, body }: GatewayPacket): GatewayLink | null {
    const { speaks: rule = 'offered' } = options;
    const judged = judgeConnect(options, body);
    const speaks = rule === 'offered' ? (judged.offered >= 0x30 ? 3 : 2) : rule === 'only2' ? 2 : rule;
    let { status } = judged;
    if (command !== 1) return (void socket.destroy(), null);
    if (rule === 'only2' && judged.offered >= 0x30) status = 4;
    if (links.size >= (options.mostLinks ?? Infinity)) status = 5;
    socket.write(connectAnswer(speaks, sequence, status, judged.proof, options.secret));
    if (status !== 0) return (void socket.end(), null);
    let own = 0;
    const link: GatewayLink = { socket, speaks, nextSequence: () => ++own, answered: new Map() };
    links.add(link);
    void heartbeats(link);
    return link;
  }

  async function heartbeats({ socket, nextSequence }: GatewayLink): Promise<void> {
    while (options.heartbeatMs && (await pause(options.heartbeatMs, pace.stopped)) && !socket.destroyed)
      socket.write(writePacket(8, nextSequence()));
  }

  async function take(link: GatewayLink, { command, sequence, body }: GatewayPacket): Promise<void> {
    const { socket } = link;
    if (command === 4) return takeSubmit(link, sequence, body);
    if (command === 0x80000005) return reports.answered(link, sequence);
    if (command === 8) socket.write(writePacket(0x80000008, sequence, [0]));
    else if (command === 2) socket.end(writePacket(0x80000002, sequence));
    // It counts a day's messages, and can neither find nor take back one.
    else if (command === 6) socket.write(writePacket(0x80000006, sequence, body.subarray(0, 19), Buffer.alloc(32)));
    else if (command === 7) socket.write(writePacket(0x80000007, sequence, link.speaks === 3 ? [0, 0, 0, 1] : [1]));
  }

  async function takeSubmit(link: GatewayLink, sequence: number, body: Buffer): Promise<void> {
    const { socket, speaks } = link;
    const before = link.answered.get(sequence);
    if (before) return void socket.write(before);
    const submit = readSubmit(speaks, body);
    const number = (submit?.numbers[0] ?? '').replace(/^\+?86(?=1)/, '');
    const moody = submit ? options.faults?.call('cmpp', `${number} ${submit.part}`, submit.srcId) : null;
    if (moody === 'cutBefore') return void socket.destroy();
    // The packet was lost: the sender sends the same again.
    if (moody === 'silentBefore') return;
    const fault = moods[moody ?? ''] ?? cmppFaultOf(number);
    const isBusy = moody === 'busy' || moody === 'throttled' || moody === 'errorBefore';
    const refused = isBusy ? flowControl : submit ? resultFor(submit, number) : 1;
    const result = refused ?? faultResult(submit!, number, fault);
    if (fault === 'silent' && result === 0) return;
    const half = moody === 'slowAnswer' ? options.faults!.silenceMs / 4 : pick(pace.latencyMs) / 2;
    if (half > 0 && !(await pause(half, pace.stopped))) return void socket.destroy();
    const id = result === 0 ? messageIdAt(new Date(), gatewayNumber, ++ids) : 0n;
    const answer = submitAnswer(speaks, sequence, id, result);
    if (result === 0) link.answered.set(sequence, answer);
    const whole = result === 0 ? assemble(submit!, number, id, fault) : null;
    const isCut = moody === 'cutAfter' || (fault === 'cutAfterTaking' && whole !== null && isFirst(`cut ${number}`));
    if (isCut && result === 0) {
      if (whole) reports.add(whole);
      return void socket.destroy();
    }
    if (fault === 'answerLost' && isFirst(`lost ${number}`)) return;
    if (fault === 'reportFirst' && whole) await reports.deliver(whole);
    if (half > 0 && !(await pause(half, pace.stopped))) return void socket.destroy();
    socket.write(answer);
    if (fault === 'cutInMiddle' && submit?.part === 1 && isFirst(`middle ${number}`)) socket.destroySoon();
    if (whole && fault !== 'reportFirst') reports.add(whole);
  }

  /** The first rule that a packet breaks; null where it keeps all. */
  function resultFor(submit: Submitted, number: string): number | null {
    if (submit.spId !== options.spId) return 11;
    if (!submit.srcId.startsWith(options.srcId)) return 10;
    if (submit.serviceId !== options.serviceId) return 7;
    if (submit.content.length === 0 || submit.content.length > longestContent) return 4;
    if (submit.numbers.length !== 1 || !/^1[3-9]\d{9}$/.test(number)) return 13;
    // The signature stands in the text, at its beginning.
    if (submit.part === 1 && !readPart(submit).text.startsWith(`【${options.signName}】`)) return unsigned;
    if (calls.count('', Date.now()) >= (options.perSecond ?? Infinity)) return 8;
    calls.add('', Date.now());
    return null;
  }

  function faultResult(submit: Submitted, number: string, fault: CmppFault | null): number {
    if (fault === 'busyOnce' && isFirst(`busy ${number}`)) return 8;
    if (fault === 'throttledInMiddle' && submit.part === 2 && isFirst(`middle ${number}`)) return 8;
    return cmppResults[number.slice(-4)] ?? 0;
  }

  function isFirst(key: string): boolean {
    return !tried.has(key) && !!tried.add(key);
  }

  /** The message in the book once all of it is there. */
  function assemble(submit: Submitted, number: string, id: bigint, fault: CmppFault | null) {
    const part = readPart(submit);
    const key = [number, submit.srcId, part.reference, part.total].join(' ');
    const own = begun.get(key) ?? { ids: [], texts: [] };
    begun.set(key, own);
    own.ids[part.number - 1] = id;
    own.texts[part.number - 1] = part.text;
    if (own.ids.filter((known) => known !== undefined).length < part.total) return null;
    begun.delete(key);
    const text = own.texts.join('');
    return book.add({
      provider: 'cmpp',
      kind: 'sms',
      reference: `${submit.srcId} ${own.ids[0]}`,
      to: number,
      providerId: own.ids.join(' '),
      shown: fault !== 'undelivered' && fault !== 'oneUndelivered',
      title: submit.srcId,
      extension: submit.srcId,
      text,
      code: /码[：:]?\s*([0-9A-Za-z]{4,10})/.exec(text)?.[1],
      parts: part.total,
      report: submit.wantsReport && options.faults?.report(submit.srcId) !== 'never' ? reports.due(fault) : undefined,
    });
  }
}
