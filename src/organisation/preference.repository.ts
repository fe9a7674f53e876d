import { Injectable } from '@nestjs/common';
import { type ChannelKind, channelKinds } from '../domain/delivery.js';
import { noPreference, type PreferenceChoice } from '../domain/sending/preference.js';
import { Database } from '../platform/database.js';

@Injectable()
export class PreferenceRepository {
  constructor(private readonly database: Database) {}

  async preferencesOf(personId: string): Promise<PreferenceChoice> {
    const row = await this.database.prisma.preference.findUnique({ where: { personId } });
    if (!row) return noPreference;
    const { quietFrom, quietUntil, dailyDigest, largeType, onPaper } = row;
    return {
      channelOrder: row.channelOrder.filter((kind): kind is ChannelKind => channelKinds.some((one) => one === kind)),
      quiet: quietFrom === null || quietUntil === null ? null : { from: quietFrom, until: quietUntil },
      dailyDigest,
      largeType,
      onPaper,
    };
  }

  async put(personId: string, choice: PreferenceChoice, at: Date): Promise<void> {
    const { channelOrder, quiet, dailyDigest, largeType, onPaper } = choice;
    const row = {
      channelOrder,
      quietFrom: quiet?.from ?? null,
      quietUntil: quiet?.until ?? null,
      ...{ dailyDigest, largeType, onPaper, updatedAt: at },
    };
    await this.database.prisma.preference.upsert({
      where: { personId },
      create: { personId, ...row },
      update: row,
    });
  }
}
