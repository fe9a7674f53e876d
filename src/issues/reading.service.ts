import { Injectable } from '@nestjs/common';
import type { Actor } from '../accounts/actor.js';
import type { BulletinWarning } from '../domain/bulletin/bulletin.js';
import { parseBulletinText } from '../domain/bulletin/parse.js';
import { DomainError } from '../domain/errors/errors.js';
import { Audit } from '../platform/audit.js';
import { sha256Hex } from '../platform/crypto.js';
import { carriedEdits, type CarriedEdits } from './carried-edits.js';
import type { ImportedContent } from './imported-content.js';
import type { StoredIssue } from './issue.repository.js';
import { IssueService } from './issue.service.js';
import { type KeptReading, keptReading } from './kept-reading.js';
import { LayoutService } from './layout.service.js';
import { PublicationService } from './publication.service.js';
import { looksByLine, plain, ReadingRepository, type SourceAndReading, type StoredPin } from './reading.repository.js';

/** The original of an issue with what it is read as. */
export interface CurrentReading extends SourceAndReading {
  reading: KeptReading;
}

/** Said of the file, not of its text: a new reading does not find it again. */
const OF_THE_FILE = 'page_without_text';

/** Reads the original of an issue once more, around what people say of its lines and facts. */
@Injectable()
export class ReadingService {
  constructor(
    private readonly readings: ReadingRepository,
    private readonly service: IssueService,
    private readonly publications: PublicationService,
    private readonly layouts: LayoutService,
    private readonly audit: Audit,
  ) {}

  /** Null where the text of an old issue is no bulletin to today's eyes. */
  async currentReading(issueId: string): Promise<CurrentReading | null> {
    const kept = await this.readings.sourceAndReading(issueId);
    if (kept === null) throw new DomainError('issue.notFound');
    if (kept.reading !== null) return { ...kept, reading: kept.reading };
    const result = parseBulletinText(kept.text, looksByLine(kept), { pins: kept.pins.map(plain) });
    return result.kind === 'bulletin' ? { ...kept, reading: keptReading(result.bulletin, result.original) } : null;
  }

  /**
   * What reading anew around these pins would make of the issue; nothing is stored.
   *
   * @throws DomainError issue.classifiedText, issue.rereadFails
   */
  async tryPins(
    issue: StoredIssue,
    current: CurrentReading,
    pins: readonly StoredPin[],
    actor: Actor,
  ): Promise<NextReading> {
    const own = pins.map(plain);
    const paper = await this.layouts.paperOf(issue, own);
    const result = parseBulletinText(current.text, looksByLine(current), { pins: own, paper });
    if (result.kind === 'classified') {
      await this.audit.record(actor.id, 'issue.refusedClassified', `issue:${issue.id}`, {
        sourceHash: sha256Hex(Buffer.from(current.text)),
      });
      throw new DomainError('issue.classifiedText');
    }
    if (result.kind === 'notBulletin') throw new DomainError('issue.rereadFails', { reason: result.reason });
    const { bulletin, original } = result;
    const reading = keptReading(bulletin, original);
    const edits = carriedEdits(current.reading.content, contentNow(issue), reading.content);
    const ofFile = current.warnings.filter(({ code }) => code === OF_THE_FILE);
    const warnings = [...bulletin.warnings, ...ofFile].sort((one, other) => one.line - other.line);
    // Whoever has a number has it in the paper it was signed off for.
    const isRenamed = reading.series !== current.reading.series && issue.number === null;
    return { reading, pins, warnings, edits, series: isRenamed ? reading.series : null };
  }

  /** Like any other edit: refused when somebody was faster, voids a sign-off, stands in the trail. */
  async takeReading(issue: StoredIssue, next: NextReading, actor: Actor): Promise<void> {
    const { reading, pins, warnings, edits, series } = next;
    await this.service.edit(issue.id, issue.revision, edits.content, actor, async () => {
      const publicationId =
        series === null ? null : (await this.publications.publicationNamed(series, edits.content.issuer, actor)).id;
      await this.readings.keepNext(issue.id, { reading, pins, warnings, publicationId });
    });
  }
}

export interface NextReading {
  reading: KeptReading;
  pins: readonly StoredPin[];
  warnings: BulletinWarning[];
  edits: CarriedEdits;
  /** The name of the paper, where the new reading has another one. */
  series: string | null;
}

function contentNow(issue: StoredIssue): ImportedContent {
  const { serialNumber, issuedOn, issuer, urgency, scope, editorName, reviewerName, approverName, sections } = issue;
  return {
    number: issue.number ?? issue.proposedNumber,
    level: issue.loweredTo ?? issue.markedLevel,
    addressing: issue.addressing ?? [],
    ...{ serialNumber, issuedOn, issuer, urgency, scope, editorName, reviewerName, approverName, sections },
  };
}
