import { Injectable } from '@nestjs/common';
import type { Actor } from '../accounts/actor.js';
import { DomainError } from '../domain/errors/errors.js';
import { largestScan, mostScans, scanKindOf, signedAt, signedOnFault } from '../domain/reading/paper.js';
import { acknowledgeViaText } from '../domain/reading/reading.js';
import { mayDo } from '../domain/roles.js';
import { canonicalJson } from '../domain/text/canonical-json.js';
import { EditionRepository } from '../issues/edition.repository.js';
import { Audit } from '../platform/audit.js';
import { Clock } from '../platform/clock.js';
import { sha256Hex, Vault } from '../platform/crypto.js';
import { Database } from '../platform/database.js';
import { SecrecyGate } from '../platform/secrecy-gate.js';
import { type NewScan, PaperRepository, type StoredScan } from './paper.repository.js';
import { ReadingRepository } from './reading.repository.js';

export interface PaperFile {
  name: string;
  bytes: Uint8Array;
}

export interface PaperEntry {
  /** Copies whose signature is on the sheet. */
  copyIds: readonly string[];
  /** `yyyy-mm-dd` */
  signedOn: string;
  note: string;
  scan: PaperFile | null;
}

/** Names in one sentence. */
const namesShown = 10;

/** 纸质签收: signatures that came back on paper, entered by the office for many at once. */
@Injectable()
export class PaperService {
  constructor(
    private readonly database: Database,
    private readonly papers: PaperRepository,
    private readonly copies: ReadingRepository,
    private readonly editions: EditionRepository,
    private readonly vault: Vault,
    private readonly gate: SecrecyGate,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /**
   * Acknowledges all of them that had not; the others are kept on the sheet as passed over. The same entry once more is the first one.
   *
   * @returns the sheet
   * @throws DomainError reading.mayNotActOnBehalf, reading.signedOnWrong, reading.allSigned, what is wrong with the scan
   */
  async enter(editionId: string, entry: PaperEntry, actor: Actor): Promise<string> {
    const edition = await this.editions.loadEdition(editionId);
    if (!edition?.plannedAt || edition.voidedAt) throw new DomainError('dispatch.notSignedOff');
    const subject = `issue:${edition.issueId}`;
    const scan = await this.ready(entry.scan, subject, actor, entry.note);
    const copyIds = [...new Set(entry.copyIds)].sort();
    const { signedOn, note } = entry;
    const said = { editionId, by: actor.id, copyIds, signedOn, note, scan: scan?.hash ?? null };
    const entryHash = sha256Hex(canonicalJson(said));
    return this.database.transaction(async () => {
      await this.papers.takeTurn(editionId);
      const known = await this.papers.entered(entryHash);
      if (known !== null) return known;
      const now = this.clock.now();
      const chosen = await this.papers.copies(editionId, copyIds);
      if (chosen.length < copyIds.length) throw new DomainError('dispatch.notFound');
      const reason = signedOnFault(signedOn, { copies: chosen, now, withdrawnAt: edition.withdrawnAt });
      if (reason !== null) throw new DomainError('reading.signedOnWrong', { reason });
      const open = chosen.filter(({ reading }) => reading !== 'acknowledged');
      if (open.length === 0) {
        const names = chosen.slice(0, namesShown).map(({ personName }) => personName);
        throw new DomainError('reading.allSigned', { names: names.join('、'), more: chosen.length > namesShown });
      }
      const at = signedAt(signedOn, now);
      await this.copies.acknowledge(
        open.map(({ copyId }) => ({
          ...{ copyId, at, via: 'paper', onBehalfBy: actor.name },
          note: note === '' ? null : note,
        })),
      );
      const who = { enteredById: actor.id, enteredBy: actor.name, enteredAt: now };
      const sheet = await this.papers.keepSheet({ editionId, entryHash, signedOn, note, ...who }, copyIds, at);
      if (scan !== null) await this.papers.keepScan(sheet, scan);
      await this.audit.record(actor.id, 'reading.paperEntered', subject, {
        how: acknowledgeViaText.paper,
        copies: open.length,
        numbers: open.map(({ copyNumber }) => copyNumber).join('、'),
        on: signedOn,
        note,
        sheet,
        scan: scan?.name ?? null,
      });
      return sheet;
    });
  }

  /** A further page, or one that was scanned later. @returns the issue @throws DomainError what is wrong with the file */
  async addScan(sheetId: string, file: PaperFile, actor: Actor): Promise<string> {
    const sheet = await this.papers.sheet(sheetId);
    if (sheet === null) throw new DomainError('http.notFound');
    const subject = `issue:${sheet.issueId}`;
    const scan = await this.ready(file, subject, actor);
    await this.database.transaction(async () => {
      await this.papers.takeTurn(sheet.editionId);
      const { scans } = (await this.papers.sheet(sheetId))!;
      if (scans >= mostScans) throw new DomainError('reading.tooManyScans', { most: mostScans });
      if (await this.papers.keepScan(sheetId, scan!))
        await this.audit.record(actor.id, 'reading.scanAdded', subject, { sheet: sheetId, scan: scan!.name });
    });
    return sheet.issueId;
  }

  /** @throws DomainError http.notFound */
  async scan(id: string): Promise<StoredScan & { bytes: Buffer }> {
    const scan = await this.known(id);
    return { ...scan, bytes: this.vault.openBytes(scan.sealed) };
  }

  /** One that belongs elsewhere. The signatures stay. @returns the issue */
  async removeScan(id: string, actor: Actor): Promise<string> {
    if (!mayDo(actor.roles, 'acknowledge.onBehalf')) throw new DomainError('reading.mayNotActOnBehalf');
    const { sheetId, issueId, name, hash } = await this.known(id);
    await this.database.transaction(async () => {
      await this.papers.removeScan(id);
      await this.audit.record(actor.id, 'reading.scanRemoved', `issue:${issueId}`, {
        sheet: sheetId,
        scan: name,
        hash,
      });
    });
    return issueId;
  }

  private async known(id: string): Promise<StoredScan> {
    const scan = await this.papers.scan(id);
    if (scan === null) throw new DomainError('http.notFound');
    return scan;
  }

  /** The file sealed, if it is one that is kept. */
  private async ready(file: PaperFile | null, subject: string, actor: Actor, note = ''): Promise<NewScan | null> {
    if (!mayDo(actor.roles, 'acknowledge.onBehalf')) throw new DomainError('reading.mayNotActOnBehalf');
    await this.gate.passNote(actor.id, subject, note, file?.name);
    if (file === null) return null;
    if (file.bytes.length > largestScan) throw new DomainError('http.tooLarge');
    const kind = scanKindOf(file.bytes);
    if (kind === null) throw new DomainError('reading.scanUnreadable');
    return {
      ...{ name: file.name, kind, size: file.bytes.length, hash: sha256Hex(file.bytes) },
      ...{ sealed: this.vault.sealBytes(file.bytes), addedBy: actor.name, addedAt: this.clock.now() },
    };
  }
}
