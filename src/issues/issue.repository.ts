import { Injectable } from '@nestjs/common';
import type { BulletinWarning } from '../domain/bulletin/bulletin.js';
import { isSignedOff, type IssueState, signedOffStates } from '../domain/issue/issue-state.js';
import type { Addressing } from '../domain/scope/scope-text.js';
import { levelInForce, type MarkedLevel, type SecrecyLevel } from '../domain/issue/secrecy.js';
import type { Urgency } from '../domain/urgency.js';
import { Prisma } from '../generated/prisma/client.js';
import { Database, jsonColumn } from '../platform/database.js';

export interface IssueItem {
  headline: string | null;
  body: string;
  unitName: string | null;
  author: string | null;
}

export interface IssueSection {
  name: string | null;
  items: IssueItem[];
}

/** Everything of an issue that an editor may change. */
export interface IssueChanges {
  number: number | null;
  serialNumber: number | null;
  /** `yyyy-mm-dd` */
  issuedOn: string | null;
  issuer: string | null;
  level: SecrecyLevel;
  urgency: Urgency;
  scope: string[];
  /** One for each label of the scope. */
  addressing?: (Addressing | null)[];
  editorName: string | null;
  reviewerName: string | null;
  approverName: string | null;
  sections: IssueSection[];
  /** Why the level was lowered. */
  levelReason?: string;
}

export interface StoredIssue extends Omit<IssueChanges, 'number' | 'levelReason'> {
  /** In force: a lower one only from sign-off on. */
  level: SecrecyLevel;
  /** Without anybody's agreement to a lower one. */
  markedLevel: SecrecyLevel;
  /** The lower level that the editor proposes; not null after the approver has agreed either. */
  loweredTo: SecrecyLevel | null;
  levelReason: string | null;
  /** How often it was withdrawn and corrected; 0 for the first text. */
  correction: number;
  correctionNote: string | null;
  id: string;
  publicationId: string;
  publicationName: string;
  kind: string;
  year: number;
  proposedNumber: number | null;
  number: number | null;
  /** What it was last signed off for was a drill; its number is free. */
  trial: boolean;
  state: IssueState;
  revision: number;
  scopeLabel: string | null;
  editorId: string | null;
  reviewerId: string | null;
  warnings: BulletinWarning[];
}

export interface NewIssue extends Omit<IssueChanges, 'levelReason'> {
  publicationId: string;
  year: number;
  scopeLabel: string | null;
  sourceName: string;
  sourceHash: string;
  sourceText: string;
  warnings: BulletinWarning[];
  editorId: string;
}

const addressings: readonly Addressing[] = ['up', 'across', 'down'];

const addressingColumn = (addressing: readonly (Addressing | null)[] = []): string[] =>
  addressing.every((how) => how === null) ? [] : addressing.map((how) => how ?? '');

const day = (iso: string | null) => (iso ? new Date(iso) : null);

/** 密级 in force of a row of `issue`, as `levelInForce` has it. */
export const levelInForceOf = (alias: string): Prisma.Sql => {
  const column = (name: string) => Prisma.raw(`${alias}.${name}`);
  return Prisma.sql`CASE WHEN ${column('state')} = ANY(${[...signedOffStates]}::text[])
    THEN COALESCE(${column('lowered_to')}, ${column('level')}) ELSE ${column('level')} END`;
};

@Injectable()
export class IssueRepository {
  constructor(private readonly database: Database) {}

  async findBySource(sourceHash: string): Promise<string | null> {
    const row = await this.database.prisma.issue.findFirst({
      // What was tried with it on trial is sent in earnest later, from the same file.
      where: { sourceHash, state: { not: 'withdrawn' }, trial: false },
      select: { id: true },
    });
    return row?.id ?? null;
  }

  async create(issue: NewIssue): Promise<string> {
    const { sections, number, issuedOn, warnings, addressing, ...rest } = issue;
    const row = await this.database.prisma.issue.create({
      data: {
        ...rest,
        addressing: addressingColumn(addressing),
        proposedNumber: number,
        issuedOn: day(issuedOn),
        warnings: jsonColumn(warnings),
      },
      select: { id: true },
    });
    await this.writeSections(row.id, sections);
    return row.id;
  }

  async loadIssue(issueId: string): Promise<StoredIssue | null> {
    const row = await this.database.prisma.issue.findUnique({
      where: { id: issueId },
      omit: { sourceText: true, sourceLooks: true, pins: true, reading: true },
      include: {
        publication: { select: { name: true } },
        sections: { orderBy: { position: 'asc' }, include: { items: { orderBy: { position: 'asc' } } } },
      },
    });
    if (!row) return null;
    const { publication, sections, issuedOn, warnings, addressing, ...rest } = row;
    const [state, markedLevel] = [row.state as IssueState, row.level as SecrecyLevel];
    const loweredTo = row.loweredTo as SecrecyLevel | null;
    return {
      ...rest,
      publicationName: publication.name,
      addressing: rest.scope.map((_, at) => addressings.find((one) => one === addressing[at]) ?? null),
      state,
      level: levelInForce({ level: markedLevel, loweredTo, levelReason: row.levelReason }, isSignedOff(state)),
      markedLevel,
      loweredTo,
      urgency: row.urgency as Urgency,
      issuedOn: issuedOn?.toISOString().slice(0, 10) ?? null,
      warnings: warnings as unknown as BulletinWarning[],
      sections: sections.map(({ name, items }) => ({
        name,
        items: items.map(({ headline, body, unitName, author }) => ({ headline, body, unitName, author })),
      })),
    };
  }

  /** Compare-and-set on the revision the page was made from. False when somebody was faster. */
  async move(
    issueId: string,
    revision: number,
    to: IssueState,
    more: {
      number?: number;
      trial?: boolean;
      editorId?: string;
      reviewerId?: string | null;
      correction?: number;
      correctionNote?: string | null;
    } = {},
  ): Promise<boolean> {
    const { count } = await this.database.prisma.issue.updateMany({
      where: { id: issueId, revision },
      data: { state: to, revision: { increment: 1 }, ...more },
    });
    return count === 1;
  }

  async change(
    issueId: string,
    revision: number,
    changes: Omit<IssueChanges, 'level' | 'levelReason'> & MarkedLevel,
    editorId: string,
  ): Promise<boolean> {
    const {
      sections,
      number,
      issuedOn,
      serialNumber,
      issuer,
      level,
      loweredTo,
      levelReason,
      urgency,
      scope,
      addressing,
      editorName,
      reviewerName,
      approverName,
    } = changes;
    const { count } = await this.database.prisma.issue.updateMany({
      where: { id: issueId, revision },
      data: {
        serialNumber,
        issuer,
        level,
        loweredTo,
        levelReason,
        urgency,
        scope,
        addressing: addressingColumn(addressing),
        editorName,
        reviewerName,
        approverName,
        proposedNumber: number,
        issuedOn: day(issuedOn),
        year: issuedOn ? Number(issuedOn.slice(0, 4)) : undefined,
        revision: { increment: 1 },
        editorId,
        reviewerId: null,
      },
    });
    if (count === 0) return false;
    await this.database.prisma.section.deleteMany({ where: { issueId } });
    await this.writeSections(issueId, sections);
    return true;
  }

  private async writeSections(issueId: string, sections: readonly IssueSection[]): Promise<void> {
    for (const [position, { name, items }] of sections.entries()) {
      await this.database.prisma.section.create({
        data: {
          issueId,
          position,
          name,
          items: { create: items.map((item, place) => ({ ...item, position: place })) },
        },
      });
    }
  }

  /** Serialises sign-offs of one publication while a number is taken. */
  async takenNumbers(publicationId: string, year: number, kind: string): Promise<number[]> {
    await this.database.prisma.$queryRaw`SELECT id FROM publication WHERE id = ${publicationId}::uuid FOR UPDATE`;
    return this.numbersOf(publicationId, year, kind);
  }

  async numbersOf(publicationId: string, year: number, kind: string): Promise<number[]> {
    const rows = await this.database.prisma.issue.findMany({
      where: { publicationId, year, kind, number: { not: null }, trial: false },
      select: { number: true },
    });
    return rows.map((row) => row.number!);
  }
}
