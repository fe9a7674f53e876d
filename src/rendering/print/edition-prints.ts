import { Injectable } from '@nestjs/common';
import { beijingDate, chineseDateTime } from '../../domain/calendar.js';
import { DomainError } from '../../domain/errors/errors.js';
import type { EditionContent } from '../../domain/issue/edition.js';
import { canonicalPieces } from '../../domain/text/canonical-json.js';
import { EditionRepository } from '../../issues/edition.repository.js';
import { Clock } from '../../platform/clock.js';
import { sha256Hex, sha256HexOf } from '../../platform/crypto.js';
import { Settings } from '../../settings/settings.js';
import { editionView } from '../edition-view.js';
import type { Attachment } from '../message.js';
import { Recent } from '../recent.js';
import { EditionPrintRepository, type StoredPrint } from './edition-print.repository.js';
import { dayOf } from './print-data.js';
import { printIssue } from './print-issue.js';
import { printSheet, type SheetData } from './print-sheet.js';
import { printTemplates } from './typeset.js';

/** 延津政务快报第14期.pdf, without what a file may not be called on any system. */
export const pdfName = (title: string): string => `${title.replace(/[\\/:*?"<>|\p{Cc}]+/gu, ' ').trim() || '简报'}.pdf`;

const attachmentOf = ({ title }: EditionContent, bytes: Uint8Array): Attachment => ({
  name: pdfName(title),
  type: 'application/pdf',
  bytes,
});

/** Bytes. Base64 makes a third more of it; many offices' servers take 10 MB and less. */
export const largestAttachment = 5 * 1024 * 1024;

function tooLarge(bytes: number): string | null {
  const mb = (bytes / 1024 / 1024).toFixed(1);
  return bytes <= largestAttachment ? null : `PDF有${mb} MB，超过邮件附件的上限${largestAttachment / 1024 / 1024} MB。`;
}

/** Those that are on their way; each has some 150 KB. */
const printsKept = 8;

/** Issues as PDF. Of an edition there is one file, made when it is asked for first and kept ever after. */
@Injectable()
export class EditionPrints {
  private readonly recent = new Recent<StoredPrint>(printsKept);
  private readonly attachments = new Recent<Attachment>(printsKept);
  private readonly tried = new Recent<string | null>(printsKept);
  private readonly underWay = new Map<string, Promise<StoredPrint>>();

  constructor(
    private readonly prints: EditionPrintRepository,
    private readonly editions: EditionRepository,
    private readonly clock: Clock,
    private readonly settings: Settings,
  ) {}

  /**
   * The edition's one file.
   *
   * @throws DomainError rendering.printUnavailable and its neighbours where it is not kept yet and cannot be made
   * @throws Error for an unknown edition
   */
  async printOf(editionId: string): Promise<StoredPrint> {
    const known = this.recent.get(editionId);
    if (known) return known;
    const print = this.underWay.get(editionId) ?? this.loadOrMake(editionId);
    this.underWay.set(editionId, print);
    try {
      const made = await print;
      this.recent.set(editionId, made);
      return made;
    } finally {
      this.underWay.delete(editionId);
    }
  }

  /** The same, for its mails: one object, so that what is made of it is made once. @throws DomainError as printOf */
  async attachmentOf(editionId: string): Promise<Attachment> {
    const known = this.attachments.get(editionId);
    if (known) return known;
    const [edition, { pdf }] = await Promise.all([this.editions.loadEdition(editionId), this.printOf(editionId)]);
    const made = this.attachments.get(editionId) ?? attachmentOf(edition!.content, pdf);
    this.attachments.set(editionId, made);
    return made;
  }

  /**
   * Whether mails could bring this content as it stands.
   *
   * @returns null, or a Chinese sentence why not
   */
  async whyNotAttached(content: EditionContent): Promise<string | null> {
    const key = sha256HexOf(canonicalPieces(content));
    const known = this.tried.get(key);
    if (known !== undefined) return known;
    const today = beijingDate(this.clock.now());
    try {
      const { pdf } = await printIssue(content, { today }, this.settings.fontDir);
      const reason = tooLarge(pdf.length);
      this.tried.set(key, reason);
      return reason;
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      return error.message;
    }
  }

  /** What is not signed off, marked 草稿; or with the number of one copy. Kept nowhere. @throws DomainError as printOf */
  async once(content: EditionContent, options: { draft?: boolean; copyNumber?: number }): Promise<Buffer> {
    const { pdf } = await printIssue(
      content,
      { ...options, today: beijingDate(this.clock.now()) },
      this.settings.fontDir,
    );
    return pdf;
  }

  /** 签收单 of the edition, for these units. @throws DomainError as printOf */
  async sheet(content: EditionContent, units: SheetData['units']): Promise<Buffer> {
    const now = this.clock.now();
    const { marks, issuer, date } = editionView(content);
    const sheet: SheetData = {
      ...{ title: content.title, issuer, marks, units, draft: false },
      day: dayOf(beijingDate(now)),
      about: [issuer, date].filter(Boolean).join('　'),
      printed: `${chineseDateTime(now)}打印`,
    };
    return (await printSheet(sheet, this.settings.fontDir)).pdf;
  }

  private async loadOrMake(editionId: string): Promise<StoredPrint> {
    const stored = await this.prints.loadPrint(editionId);
    if (stored) return stored;
    const edition = await this.editions.loadEdition(editionId);
    if (!edition) throw new Error(`no edition ${editionId}`);
    const today = beijingDate(edition.signedAt);
    const { pdf, pages } = await printIssue(edition.content, { today }, this.settings.fontDir);
    const [sha256, template] = [sha256Hex(pdf), printTemplates()];
    await this.prints.keep(editionId, { pdf, sha256, pages, template, madeAt: this.clock.now() });
    return (await this.prints.loadPrint(editionId))!;
  }
}
