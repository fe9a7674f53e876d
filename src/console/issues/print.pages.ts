import { Controller, Get, Param } from '@nestjs/common';
import { Needs } from '../../accounts/needs.js';
import { DomainError } from '../../domain/errors/errors.js';
import { contentOf } from '../../issues/content-of.js';
import { EditionRepository } from '../../issues/edition.repository.js';
import { IssueRepository } from '../../issues/issue.repository.js';
import { attachment } from '../../platform/csv-file.js';
import { download, type RawReply } from '../../platform/http/page.js';
import { EditionPrints, pdfName } from '../../rendering/print/edition-prints.js';
import { issueId } from '../ids.js';

const pdfFile = (pdf: Uint8Array, title: string): RawReply =>
  download(pdf, 'application/pdf', attachment(pdfName(title)));

/** The issue as a file for paper: the one file of what is signed off, before that a draft. */
@Needs('issue.read')
@Controller('issues/:id')
export class PrintPages {
  constructor(
    private readonly issues: IssueRepository,
    private readonly editions: EditionRepository,
    private readonly prints: EditionPrints,
  ) {}

  @Get('print.pdf')
  async print(@Param('id', issueId) id: string): Promise<RawReply> {
    const [issue, edition] = await Promise.all([this.issues.loadIssue(id), this.editions.validOf(id)]);
    if (issue === null) throw new DomainError('issue.notFound');
    if (edition !== null) {
      const { pdf } = await this.prints.printOf(edition.id);
      return pdfFile(pdf, edition.content.title);
    }
    const content = contentOf(issue);
    return pdfFile(await this.prints.once(content, { draft: true }), `${content.title}（草稿）`);
  }
}
