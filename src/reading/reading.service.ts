import { Injectable } from '@nestjs/common';
import type { Actor } from '../accounts/actor.js';
import { linkSecrets } from '../dispatch/plan/link.js';
import { ResendService } from '../dispatch/acts/resend.service.js';
import type { EditionContent } from '../domain/issue/edition.js';
import { DomainError } from '../domain/errors/errors.js';
import type { PressProof } from '../domain/reading/press.js';
import { type AcknowledgeVia, acknowledgeViaText, type ReadingState } from '../domain/reading/reading.js';
import { mayDo } from '../domain/roles.js';
import { readingPageNeedsIdentity, type SecrecyLevel } from '../domain/issue/secrecy.js';
import { Audit } from '../platform/audit.js';
import { Clock } from '../platform/clock.js';
import { sameText, sha256Hex, Vault } from '../platform/crypto.js';
import { Database } from '../platform/database.js';
import { Gathered } from '../platform/gathered.js';
import { SecrecyGate } from '../platform/secrecy-gate.js';
import { type Acknowledgement, type ReadableCopy, ReadingRepository } from './reading.repository.js';

/** What the reading page shows beside the text. */
export interface ReaderView {
  copyId: string;
  personId: string;
  /** By voluntary subscription, not by a post. */
  subscriber: boolean;
  copyNumber: number;
  personName: string;
  postTitle: string;
  unitName: string;
  liaison: string | null;
  acting: boolean;
  level: SecrecyLevel;
  asksAcknowledgement: boolean;
  reading: ReadingState;
  openedAt: Date | null;
  acknowledgedAt: Date | null;
  acknowledgedVia: AcknowledgeVia | null;
  onBehalfBy: string | null;
  editionId: string;
  /** The link alone does not open this class. */
  needsIdentity: boolean;
  /** The person's stored wish; a choice made on the device goes before it. */
  largeType: boolean;
  token: string;
}

/** Copies looked at or moved in one statement. */
const AT_ONCE = 200;

/** Opening and acknowledging by personal link. Looking changes nothing; only acts of a person do. */
@Injectable()
export class ReadingService {
  // In the first minutes after an issue goes out everybody comes at once.
  private readonly links = new Gathered((hashes: readonly string[]) => this.copies.behind(hashes), AT_ONCE);
  private readonly openings = new Gathered(async (pressed: readonly { copyId: string; at: Date }[]) => {
    await this.copies.markOpened(pressed);
    return pressed;
  }, AT_ONCE);
  private readonly presses = new Gathered(async (pressed: readonly Acknowledgement[]) => {
    await this.copies.acknowledge(pressed);
    return pressed;
  }, AT_ONCE);

  constructor(
    private readonly database: Database,
    private readonly copies: ReadingRepository,
    private readonly resends: ResendService,
    private readonly vault: Vault,
    private readonly gate: SecrecyGate,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError reading.linkInvalid, reading.linkExpired, reading.withdrawn */
  async byToken(token: string): Promise<ReaderView> {
    const copy = await this.live(token);
    return {
      copyId: copy.copyId,
      personId: copy.personId,
      subscriber: copy.subscriptionId !== null,
      copyNumber: copy.copyNumber,
      personName: copy.personName,
      postTitle: copy.postTitle,
      unitName: copy.unitName,
      liaison: copy.liaison,
      acting: copy.acting,
      level: copy.level,
      asksAcknowledgement: copy.asksAcknowledgement,
      reading: copy.reading,
      openedAt: copy.openedAt,
      acknowledgedAt: copy.acknowledgedAt,
      acknowledgedVia: copy.acknowledgedVia,
      onBehalfBy: copy.onBehalfBy,
      editionId: copy.editionId,
      needsIdentity: readingPageNeedsIdentity(copy.level),
      largeType: copy.largeType,
      token,
    };
  }

  /** The text of a copy that may be shown. */
  async textOf({ editionId }: Pick<ReaderView, 'editionId'>): Promise<EditionContent> {
    return this.copies.content(editionId);
  }

  /** A machine may have fetched it: kept as a hint, never shown as opened. */
  async recordFetched({ copyId, reading }: Pick<ReaderView, 'copyId' | 'reading'>): Promise<void> {
    if (reading !== 'unread') return;
    await this.copies.keepTrace(copyId, 'fetched', this.clock.now());
  }

  /** The page was visible to a person. @throws DomainError reading.needsIdentity, or what is wrong with the link */
  async recordOpened(token: string, proof?: string): Promise<void> {
    const { copyId, reading } = await this.proven(token, proof);
    if (reading === 'unread') await this.openings.ask({ copyId, at: this.clock.now() });
  }

  /**
   * @param pressed on what the press is believed
   * @throws DomainError reading.needsIdentity, or what is wrong with the link
   */
  async acknowledge(token: string, proof?: string, pressed: PressProof | null = null): Promise<void> {
    const { copyId } = await this.proven(token, proof);
    const at = this.clock.now();
    await this.presses.ask({ copyId, at, via: 'page', onBehalfBy: null, note: null, proof: pressed });
  }

  /** A programme used what no person sees. @throws DomainError as acknowledge */
  async recordMachine(token: string, proof?: string): Promise<void> {
    const { copyId } = await this.proven(token, proof);
    await this.copies.keepTrace(copyId, 'machine', this.clock.now());
  }

  /** WeCom says that whoever opened the link is not the person it is for. */
  async recordOtherMember(copyId: string): Promise<void> {
    await this.copies.keepTrace(copyId, 'otherMember', this.clock.now());
  }

  /** 代签收: recorded by the office with who did it and how; never shown as the recipient's own act. */
  async acknowledgeOnBehalf(
    copyId: string,
    via: 'paper' | 'phone' | 'liaison',
    by: string,
    note: string | null,
    actor: Actor,
  ): Promise<void> {
    if (!mayDo(actor.roles, 'acknowledge.onBehalf')) throw new DomainError('reading.mayNotActOnBehalf');
    await this.gate.passNote(actor.id, `copy:${copyId}`, by, note);
    const copy = await this.copies.find({ id: copyId });
    if (!copy) throw new DomainError('dispatch.notFound');
    await this.database.transaction(async () => {
      // A press that says nothing new, such as the second of two, is none.
      if (await this.copies.saidOnBehalf(copyId, { via, by, note })) return;
      await this.copies.acknowledge([{ copyId, at: this.clock.now(), via, onBehalfBy: by, note }]);
      await this.audit.record(actor.id, 'reading.acknowledgedOnBehalf', `copy:${copyId}`, {
        how: acknowledgeViaText[via],
        note,
      });
    });
  }

  /** Sends the code to the person's mobile once more; the answer names the masked number. */
  async requestIdentityCode(token: string): Promise<{ sentTo: string }> {
    const copy = await this.live(token);
    return { sentTo: await this.resends.resendBySms(copy.copyId) };
  }

  identityProven(token: string, proof: string): boolean {
    return sameText(proof, this.proofFor(token));
  }

  /** For whoever came by the SMS code: typing it was the proof. */
  proofFor(token: string): string {
    return this.vault.deriveToken('identity', sha256Hex(token));
  }

  private async proven(token: string, proof: string | undefined): Promise<ReadableCopy> {
    const copy = await this.live(token);
    if (readingPageNeedsIdentity(copy.level) && !(proof && this.identityProven(token, proof)))
      throw new DomainError('reading.needsIdentity');
    return copy;
  }

  /** Withdrawn for good, or corrected: then the old link leads on, for the same person and as long as it would have worked. */
  private async gone(copy: ReadableCopy): Promise<DomainError> {
    const correction = await this.copies.correctionOf(copy);
    // What a class lets no message name is not named to whoever holds an old link.
    const issue = copy.level === 'workSecret' ? null : (await this.textOf(copy)).title;
    if (!correction) return new DomainError('reading.withdrawn', { issue });
    const { copyId, linkNonce } = correction;
    const expired = copy.linkExpiresAt <= this.clock.now();
    const href = copyId && linkNonce && !expired ? `/r/${linkSecrets(this.vault, copyId, linkNonce).token}` : null;
    return new DomainError('reading.corrected', { href, issue });
  }

  /** The copy behind a link that works. @throws DomainError what is wrong with the link */
  async live(token: string): Promise<ReadableCopy> {
    const copy = /^[\w-]{22}$/.test(token) ? await this.links.ask(sha256Hex(token)) : null;
    if (!copy) throw new DomainError('reading.linkInvalid');
    if (copy.withdrawnAt || copy.linkRevokedAt) throw await this.gone(copy);
    if (copy.linkExpiresAt <= this.clock.now()) throw new DomainError('reading.linkExpired');
    return copy;
  }
}
