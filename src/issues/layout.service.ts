import { Injectable } from '@nestjs/common';
import type { Actor } from '../accounts/actor.js';
import { learnLayout } from '../domain/bulletin/learn-layout.js';
import { LIST_TRAITS, NOTHING_KNOWN, type PaperLayout, TEXT_TRAITS } from '../domain/bulletin/paper-layout.js';
import type { IssueFacts } from '../domain/bulletin/placed-facts.js';
import { parseBulletinText } from '../domain/bulletin/parse.js';
import type { Pin } from '../domain/bulletin/pins.js';
import { DomainError } from '../domain/errors/errors.js';
import { Audit } from '../platform/audit.js';
import { sha256Hex } from '../platform/crypto.js';
import { Database } from '../platform/database.js';
import { IssueRepository, type StoredIssue } from './issue.repository.js';
import { LayoutRepository } from './layout.repository.js';
import { PublicationRepository } from './publication.repository.js';
import { looksByLine, plain, ReadingRepository } from './reading.repository.js';

/** What is known of how publications are set: learned from what people leave of an issue, or written by them. */
@Injectable()
export class LayoutService {
  constructor(
    private readonly database: Database,
    private readonly layouts: LayoutRepository,
    private readonly publications: PublicationRepository,
    private readonly issues: IssueRepository,
    private readonly readings: ReadingRepository,
    private readonly audit: Audit,
  ) {}

  /** Of all publications, for a file of which nobody knows yet what it is. */
  known(): Promise<PaperLayout[]> {
    return this.layouts.listLayouts();
  }

  /** With the version that a form carries. */
  async current(publicationId: string): Promise<{ layout: PaperLayout | null; seen: string }> {
    const { layout } = await this.layouts.layoutOf(publicationId);
    return { layout, seen: versionOf(layout) };
  }

  /** What other issues show of the paper of this one. */
  async paperOf(issue: Pick<StoredIssue, 'id' | 'publicationId'>, pins: readonly Pin[]): Promise<PaperLayout | null> {
    const named = pins.find((pin) => 'fact' in pin && pin.fact === 'series');
    if (named && 'fact' in named && named.value !== null) return this.layouts.layoutNamed(named.value);
    const { layout, before, issueId } = await this.layouts.layoutOf(issue.publicationId);
    return issueId === issue.id ? before : layout;
  }

  /** Takes an issue as it stands now for what its paper is like; an issue that is changed again teaches anew. */
  async learnFrom(issueId: string): Promise<void> {
    const issue = await this.issues.loadIssue(issueId);
    const source = await this.readings.sourceAndReading(issueId);
    if (!issue || !source) return;
    const stored = await this.layouts.layoutOf(issue.publicationId);
    const before = stored.issueId === issueId ? stored.before : stored.layout;
    const result = parseBulletinText(source.text, looksByLine(source), { pins: source.pins.map(plain), paper: before });
    if (result.kind !== 'bulletin') return;
    const layout = learnLayout(factsOf(issue), result.lines, before);
    await this.layouts.forgetElsewhere(issueId, issue.publicationId);
    await this.layouts.saveLayout(issue.publicationId, { layout, before, issueId });
  }

  /** @throws DomainError publication.layoutChanged where it is no more as the person saw it */
  async setLayout(publicationId: string, seen: string, layout: PaperLayout, actor: Pick<Actor, 'id'>): Promise<void> {
    await this.write(publicationId, seen, layout, 'publication.layoutSet', actor);
  }

  async resetLayout(publicationId: string, seen: string, actor: Pick<Actor, 'id'>): Promise<void> {
    await this.write(publicationId, seen, null, 'publication.layoutReset', actor);
  }

  private async write(
    publicationId: string,
    seen: string,
    layout: PaperLayout | null,
    action: string,
    actor: Pick<Actor, 'id'>,
  ): Promise<void> {
    await this.database.transaction(async () => {
      if (!(await this.publications.loadPublication(publicationId))) throw new DomainError('issue.unknownPublication');
      const { layout: before } = await this.layouts.layoutOf(publicationId);
      if (versionOf(before) !== seen) throw new DomainError('publication.layoutChanged');
      await this.layouts.saveLayout(publicationId, { layout, before: null, issueId: null });
      await this.audit.record(actor.id, action, `publication:${publicationId}`, changesOf(before, layout));
    });
  }
}

const versionOf = (layout: PaperLayout | null): string =>
  layout === null ? '' : sha256Hex(Buffer.from(JSON.stringify(layout))).slice(0, 16);

/** By the names of what has changed, as it was and as it is. */
function changesOf(before: PaperLayout | null, after: PaperLayout | null): Record<string, unknown> {
  const [one, other] = [before ?? NOTHING_KNOWN, after ?? NOTHING_KNOWN];
  const changed = [...TEXT_TRAITS, ...LIST_TRAITS].filter(
    (trait) => JSON.stringify(one[trait]) !== JSON.stringify(other[trait]),
  );
  return Object.fromEntries(changed.map((trait) => [trait, { before: one[trait], after: other[trait] }]));
}

/** What the issue says as people left it. */
function factsOf(issue: StoredIssue): IssueFacts {
  return {
    series: issue.publicationName,
    issueNumber: issue.number ?? issue.proposedNumber,
    totalNumber: issue.serialNumber,
    date: issue.issuedOn,
    issuer: issue.issuer,
    sections: issue.sections.map(({ name, items }) => ({
      name,
      items: items.map(({ headline, body, unitName }) => ({ headline, body, unit: unitName })),
    })),
    distribution: issue.scope,
    editor: issue.editorName,
    reviewer: issue.reviewerName,
    approver: issue.approverName,
  };
}
