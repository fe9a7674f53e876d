import { Injectable } from '@nestjs/common';
import type { BulletinWarning } from '../domain/bulletin/bulletin.js';
import type { Look } from '../domain/bulletin/lines.js';
import type { Pin } from '../domain/bulletin/pins.js';
import { Database, jsonColumn } from '../platform/database.js';
import type { KeptReading } from './kept-reading.js';

/** What somebody said of a line or a fact; `was` is the kind or the value that it had before anybody said anything. */
export type StoredPin = Pin & { was: string | null };

export interface SourceAndReading {
  text: string;
  /** By the number of the line, from 1. */
  looks: ReadonlyMap<number, Look>;
  pins: StoredPin[];
  reading: KeptReading | null;
  warnings: BulletinWarning[];
}

/** The original of an issue, and how it was read. */
@Injectable()
export class ReadingRepository {
  constructor(private readonly database: Database) {}

  async sourceAndReading(issueId: string): Promise<SourceAndReading | null> {
    const row = await this.database.prisma.issue.findUnique({
      where: { id: issueId },
      select: { sourceText: true, sourceLooks: true, pins: true, reading: true, warnings: true },
    });
    return (
      row && {
        text: row.sourceText,
        looks: new Map((row.sourceLooks ?? []) as unknown as [number, Look][]),
        pins: row.pins as unknown as StoredPin[],
        reading: row.reading as unknown as KeptReading | null,
        warnings: row.warnings as unknown as BulletinWarning[],
      }
    );
  }

  /** Of an issue that is being imported. */
  async keepFirst(issueId: string, looks: ReadonlyMap<number, Look>, reading: KeptReading): Promise<void> {
    await this.database.prisma.issue.update({
      where: { id: issueId },
      data: { sourceLooks: jsonColumn([...looks]), reading: jsonColumn(reading) },
    });
  }

  /** @param publicationId of the name that the new reading has; null where that is as before */
  async keepNext(
    issueId: string,
    next: {
      reading: KeptReading;
      pins: readonly StoredPin[];
      warnings: readonly BulletinWarning[];
      publicationId: string | null;
    },
  ): Promise<void> {
    const { reading, pins, warnings, publicationId } = next;
    await this.database.prisma.issue.update({
      where: { id: issueId },
      data: {
        reading: jsonColumn(reading),
        pins: jsonColumn(pins),
        warnings: jsonColumn(warnings),
        ...(publicationId === null ? {} : { publicationId }),
      },
    });
  }
}

export const plain = (pin: StoredPin): Pin =>
  'kind' in pin ? { line: pin.line, kind: pin.kind } : { line: pin.line, fact: pin.fact, value: pin.value };

export function looksByLine({ looks }: Pick<SourceAndReading, 'looks'>): (Look | undefined)[] {
  const all: (Look | undefined)[] = [];
  for (const [line, look] of looks) all[line - 1] = look;
  return all;
}
