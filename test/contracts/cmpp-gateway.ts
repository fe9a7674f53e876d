import { Duplex } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import {
  connectAnswer,
  type GatewayPacket,
  judgeConnect,
  type Speaks,
  splitPackets,
} from '../../src/sandbox/cmpp-wire.js';

export const account = { spId: '900001', secret: 'testpwd', padsSpId: true };
export const submit = {
  ...{ serviceId: 'GOVBULL', spId: '900001', srcId: '1065000017', numbers: ['15400000001'] },
  ...{ parts: 1, part: 1, headed: false, content: Buffer.from('6c5b', 'hex') },
};
export const minute = 60_000;

/** The gateway's end of a line in memory. */
export class Gateway {
  readonly packets: GatewayPacket[] = [];
  closed = false;
  private rest: Buffer = Buffer.alloc(0);
  readonly line: Duplex;

  constructor() {
    this.line = new Duplex({
      read: () => undefined,
      write: (chunk: Buffer, _encoding, done) => {
        const split = splitPackets(Buffer.concat([this.rest, chunk]))!;
        this.packets.push(...split.packets);
        this.rest = split.rest;
        done();
      },
      destroy: (_error, done) => {
        this.closed = true;
        done(null);
      },
    });
  }

  async says(...bytes: Buffer[]): Promise<void> {
    for (const one of bytes) this.line.push(one);
    await settle();
  }

  signOn(speaks: Speaks, status = 0, secret = account.secret): Promise<void> {
    const [connect] = this.taken(1);
    const { proof } = judgeConnect({ ...account, secret }, connect!.body);
    return this.says(connectAnswer(speaks, connect!.sequence, status, proof, secret));
  }

  taken = (command: number) => this.packets.filter((packet) => packet.command === command);
  sequences = (command: number) => this.taken(command).map(({ sequence }) => sequence);
}

export const settle = async () => {
  for (let n = 0; n < 5; n++) await turn();
};
