import { Injectable } from '@nestjs/common';
import type { ChannelKind } from '../domain/delivery.js';
import { Database } from '../platform/database.js';

export interface Gate {
  closedUntil: Date | null;
  circuitOpen: boolean;
  reason: string | null;
}

/** Channels that pause (throttled) or stop until a person mends their configuration. */
@Injectable()
export class GateRepository {
  constructor(private readonly database: Database) {}

  async of(channel: ChannelKind): Promise<Gate> {
    const row = await this.database.prisma.channelGate.findUnique({ where: { channel } });
    return row ?? { closedUntil: null, circuitOpen: false, reason: null };
  }

  async all(): Promise<Map<ChannelKind, Gate>> {
    const rows = await this.database.prisma.channelGate.findMany();
    return new Map(rows.map((row) => [row.channel as ChannelKind, row]));
  }

  async closeUntil(channel: ChannelKind, until: Date, reason: string, now: Date): Promise<void> {
    await this.database.prisma.$executeRaw`
      INSERT INTO channel_gate (channel, closed_until, reason, changed_at) VALUES (${channel}, ${until}::timestamptz, ${reason}, ${now}::timestamptz)
      ON CONFLICT (channel) DO UPDATE SET closed_until = GREATEST(channel_gate.closed_until, EXCLUDED.closed_until),
        reason = CASE WHEN channel_gate.circuit_open THEN channel_gate.reason ELSE EXCLUDED.reason END, changed_at = EXCLUDED.changed_at`;
  }

  async openCircuit(channel: ChannelKind, reason: string, now: Date): Promise<void> {
    const state = { circuitOpen: true, reason, changedAt: now };
    await this.database.prisma.channelGate.upsert({ where: { channel }, create: { channel, ...state }, update: state });
  }

  async reopen(channel: ChannelKind, now: Date): Promise<void> {
    await this.database.prisma.channelGate.updateMany({
      where: { channel },
      data: { circuitOpen: false, closedUntil: null, reason: null, changedAt: now },
    });
  }
}
