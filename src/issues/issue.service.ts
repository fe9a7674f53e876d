import { Injectable } from '@nestjs/common';
import type { Actor } from '../accounts/actor.js';
import type { GatedText } from '../domain/bulletin/classification.js';
import { beijingDate } from '../domain/calendar.js';
import { DomainError } from '../domain/errors/errors.js';
import { mayAct, mayEdit, type PersonsAct, readyForReview, stateAfter } from '../domain/issue/issue-state.js';
import { afterChoice, wantsReason } from '../domain/issue/secrecy.js';
import { MessageRows } from '../organisation/message-rows.js';
import { Audit } from '../platform/audit.js';
import { Clock } from '../platform/clock.js';
import { sha256Hex } from '../platform/crypto.js';
import { Database } from '../platform/database.js';
import { SecrecyGate } from '../platform/secrecy-gate.js';
import { readBulletinFile } from './bulletin-file.js';
import { EditionRepository } from './edition.repository.js';
import { type IssueChanges, IssueRepository, type StoredIssue } from './issue.repository.js';
import { withDefaults } from './imported-content.js';
import { keptReading } from './kept-reading.js';
import { LayoutService } from './layout.service.js';
import { PublicationService } from './publication.service.js';
import { ReadingRepository } from './reading.repository.js';
import { SendBackRepository } from './send-back.repository.js';

/** Acts in the audit trail that make somebody an editor of the issue, whoever is named as its editor now. */
export const EDITING = ['issue.imported', 'issue.edited'] as const;

/** Import, editing and the way of an issue up to sign-off. */
@Injectable()
export class IssueService {
  constructor(
    private readonly database: Database,
    private readonly issues: IssueRepository,
    private readonly editions: EditionRepository,
    private readonly sendBacks: SendBackRepository,
    private readonly readings: ReadingRepository,
    private readonly publications: PublicationService,
    private readonly layouts: LayoutService,
    private readonly gate: SecrecyGate,
    private readonly messages: MessageRows,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError issue.notBulletin, issue.classified (nothing of it is stored but hash and time), issue.alreadyImported */
  async importBulletin(input: { fileName: string; bytes: Uint8Array }, actor: Actor): Promise<{ issueId: string }> {
    const sourceHash = sha256Hex(input.bytes);
    const result = await readBulletinFile(input.bytes, await this.layouts.known());
    if (result.kind === 'classified') {
      await this.audit.record(actor.id, 'issue.refusedClassified', `file:${sourceHash}`);
      throw new DomainError('issue.classified');
    }
    if (result.kind === 'notBulletin') throw new DomainError('issue.notBulletin', { reason: result.reason });
    const { bulletin, text, original, looks } = result;
    return this.database.transaction(async () => {
      const known = await this.issues.findBySource(sourceHash);
      if (known) throw new DomainError('issue.alreadyImported', { issueId: known });
      const publication = await this.publications.publicationNamed(
        bulletin.series ?? '未命名简报',
        bulletin.issuer,
        actor,
      );
      const issueId = await this.issues.create({
        ...withDefaults(bulletin, publication),
        scopeLabel: bulletin.extra.distributionLabel,
        year: bulletin.extra.year ?? Number((bulletin.date ?? beijingDate(this.clock.now())).slice(0, 4)),
        publicationId: publication.id,
        sourceName: input.fileName.slice(0, 200),
        sourceHash,
        sourceText: text,
        editorId: actor.id,
      });
      await this.readings.keepFirst(issueId, looks, keptReading(bulletin, original));
      await this.audit.record(actor.id, 'issue.imported', `issue:${issueId}`, {
        sourceHash,
        warnings: bulletin.warnings.length,
      });
      return { issueId };
    });
  }

  /**
   * A change after sign-off voids it: the edition keeps existing, but is no longer valid, and the chain starts again.
   *
   * @param also what is stored with it or not at all
   */
  async edit(
    issueId: string,
    revision: number,
    changes: IssueChanges,
    actor: Actor,
    also: () => Promise<void> = () => Promise.resolve(),
  ): Promise<void> {
    const levelReason = changes.levelReason?.trim().slice(0, 500) ?? '';
    await this.gate.pass(actor.id, `issue:${issueId}`, gatedText(changes));
    await this.database.transaction(async () => {
      const issue = await this.get(issueId, revision);
      const refusal = mayEdit(actor, issue, false); // voiding looks at the plan, under its lock
      if (refusal) throw new DomainError(refusal.code, refusal.details);
      const marked = { ...issue, level: issue.markedLevel };
      if (wantsReason(marked, changes.level) && levelReason === '') throw new DomainError('issue.levelNeedsReason');
      if (issue.state === 'signedOff') {
        if (!(await this.editions.void(issueId, this.clock.now()))) throw new DomainError('issue.frozen');
        if (!(await this.issues.move(issueId, revision, stateAfter(issue.state, 'reopen'))))
          throw new DomainError('issue.changedMeanwhile');
        await this.audit.record(actor.id, 'issue.signOffVoided', `issue:${issueId}`);
      }
      const current = issue.state === 'signedOff' ? revision + 1 : revision;
      if (
        !(await this.issues.change(
          issueId,
          current,
          { ...changes, ...afterChoice(marked, changes.level, levelReason) },
          actor.id,
        ))
      )
        throw new DomainError('issue.changedMeanwhile');
      await also();
      await this.layouts.learnFrom(issueId);
      await this.audit.record(actor.id, 'issue.edited', `issue:${issueId}`, {
        revision: current + 1,
        ...((issue.loweredTo ?? issue.markedLevel) !== changes.level
          ? { level: { from: issue.markedLevel, to: changes.level, reason: levelReason === '' ? null : levelReason } }
          : {}),
      });
    });
  }

  async act(
    issueId: string,
    revision: number,
    act: Exclude<PersonsAct, 'signOff' | 'giveUpCorrection'>,
    actor: Actor,
    note?: string,
  ): Promise<void> {
    await this.gate.passNote(actor.id, `issue:${issueId}`, note);
    await this.database.transaction(async () => {
      const issue = await this.get(issueId, revision);
      const refusal = mayAct(act, actor, issue);
      if (refusal) throw new DomainError(refusal.code, refusal.details);
      if (act === 'review' && (await this.audit.hasActed(actor.id, `issue:${issueId}`, EDITING)))
        throw new DomainError('issue.sameEditorAndReviewer');
      if (act === 'submitForReview') {
        const missing = readyForReview({ ...issue, series: issue.publicationName, date: issue.issuedOn });
        if (missing.length) throw new DomainError('issue.notReady', { missing });
      }
      const now = this.clock.now();
      if (act === 'reopen' && !(await this.editions.void(issueId, now))) throw new DomainError('issue.frozen');
      if (act === 'withdraw') {
        await this.editions.withdraw(issueId, now, actor.id, note?.slice(0, 500) ?? null);
        await this.messages.takeBack(issueId, now);
      }
      if (act === 'correct' && !(note && (await this.editions.markCorrected(issueId, now))))
        throw new DomainError('issue.reasonNeeded');
      const people = {
        submitForReview: issue.editorId === null ? { editorId: actor.id } : {},
        review: { reviewerId: actor.id },
        sendBack: { reviewerId: null },
        correct: { reviewerId: null, correction: issue.correction + 1, correctionNote: note?.slice(0, 500) },
      };
      const moved = await this.issues.move(
        issueId,
        revision,
        stateAfter(issue.state, act),
        act in people ? people[act as keyof typeof people] : {},
      );
      if (!moved) throw new DomainError('issue.changedMeanwhile');
      if (act === 'sendBack') await this.sendBacks.addSendBack(issueId, now, actor.name, note?.slice(0, 500) ?? '');
      if (act === 'submitForReview') await this.sendBacks.answer(issueId, now);
      await this.audit.record(actor.id, `issue.${act}`, `issue:${issueId}`, note ? { note: note.slice(0, 500) } : {});
    });
  }

  /** A correction that was begun is not made: the issue is withdrawn as before, with the text that was withdrawn. */
  async giveUpCorrection(issueId: string, revision: number, note: string, actor: Actor): Promise<void> {
    await this.gate.passNote(actor.id, `issue:${issueId}`, note);
    await this.database.transaction(async () => {
      const issue = await this.get(issueId, revision);
      const refusal = mayAct('giveUpCorrection', actor, issue);
      if (refusal) throw new DomainError(refusal.code, refusal.details);
      const edition = await this.editions.unmarkCorrected(issueId);
      if (!edition) throw new DomainError('issue.changedMeanwhile');
      const { content } = edition;
      const restored = await this.issues.change(
        issueId,
        revision,
        {
          ...content,
          issuedOn: content.date,
          level: edition.loweredFrom ?? edition.level,
          loweredTo: edition.loweredFrom === null ? null : edition.level,
          levelReason: edition.loweredFor,
          urgency: edition.urgency,
        },
        issue.editorId ?? actor.id,
      );
      const moved = await this.issues.move(issueId, revision + 1, stateAfter(issue.state, 'giveUpCorrection'), {
        correction: issue.correction - 1,
        correctionNote: content.correction?.note ?? null,
      });
      if (!restored || !moved) throw new DomainError('issue.changedMeanwhile');
      await this.audit.record(actor.id, 'issue.correctionGivenUp', `issue:${issueId}`, {
        editionId: edition.id,
        note: note.slice(0, 500),
      });
    });
  }

  private async get(issueId: string, revision: number): Promise<StoredIssue> {
    const issue = await this.issues.loadIssue(issueId);
    if (!issue) throw new DomainError('issue.notFound');
    if (issue.revision !== revision) throw new DomainError('issue.changedMeanwhile');
    return issue;
  }
}

/** Everything of an issue that somebody types, as the gate would find it in the file of that issue. */
function gatedText(issue: IssueChanges): GatedText {
  const { issuer, editorName, reviewerName, approverName, scope, sections, levelReason } = issue;
  const typed = (texts: readonly (string | null | undefined)[]) => texts.filter((text) => typeof text === 'string');
  return {
    head: typed([issuer]),
    edge: typed([sections[0]?.name]),
    body: typed([
      ...[levelReason, editorName, reviewerName, approverName, ...scope],
      ...sections.flatMap(({ name, items }) => [
        name,
        ...items.flatMap(({ headline, body, unitName, author }) => [headline, body, unitName, author]),
      ]),
    ]),
  };
}
