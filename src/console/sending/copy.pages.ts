import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { z } from 'zod';
import type { Actor } from '../../accounts/actor.js';
import { CurrentActor, Needs } from '../../accounts/needs.js';
import type { EditionContent } from '../../domain/issue/edition.js';
import { DomainError } from '../../domain/errors/errors.js';
import { mayDo } from '../../domain/roles.js';
import { attachment } from '../../platform/csv-file.js';
import { Asked, type FormFault, readForm, textField, fieldText } from '../../platform/http/form.js';
import {
  download,
  ownHtml,
  page,
  type PageReply,
  type RawReply,
  seeOther,
  type SeeOther,
} from '../../platform/http/page.js';
import { View } from '../../platform/view/view.js';
import { ReadingService } from '../../reading/reading.service.js';
import { EditionPrints, pdfName } from '../../rendering/print/edition-prints.js';
import { printPage } from '../../rendering/print-page.js';
import { copyNumberText } from '../../rendering/slots.js';
import { actNote } from '../act-note.js';
import { copyView, onBehalfForm, type OnBehalfDraft, waysOnBehalf } from './copy-view.js';
import { CopyRepository } from './copy.repository.js';
import { copyId } from '../ids.js';

const onBehalf = z.object({
  via: z.enum(waysOnBehalf, { error: '请选择方式。' }),
  by: textField(50, '请写明是谁签收或确认的。'),
  note: textField(500),
});

/** Everything that happened to one person's copy. */
@Needs('issue.read')
@Controller()
export class CopyPages {
  constructor(
    private readonly copies: CopyRepository,
    private readonly reading: ReadingService,
    private readonly prints: EditionPrints,
    private readonly view: View,
  ) {}

  @Get('copies/:id')
  show(
    @Param('id', copyId) id: string,
    @Asked('did') did: string | undefined,
    @CurrentActor() actor: Actor,
  ): Promise<PageReply> {
    return this.render(id, actor, { via: '', by: '', note: '' }, [], 200, actNote(did));
  }

  /** The issue on A4 with the number of this copy, to be brought to whoever gets paper. */
  @Get('copies/:id/print.html')
  async print(@Param('id', copyId) id: string): Promise<RawReply> {
    const { content, copyNumber } = await this.onPaper(id);
    return ownHtml(printPage(content, this.view.assets.url('print.css'), copyNumber));
  }

  /** The same as PDF. */
  @Get('copies/:id/print.pdf')
  async printPdf(@Param('id', copyId) id: string): Promise<RawReply> {
    const { content, copyNumber } = await this.onPaper(id);
    const pdf = await this.prints.once(content, { copyNumber });
    const name = pdfName(`${content.title}（${copyNumberText(copyNumber)}）`);
    return download(pdf, 'application/pdf', attachment(name));
  }

  /** Lists of failures know deliveries, not copies. */
  @Get('deliveries/:id')
  async ofDelivery(@Param('id', copyId) id: string): Promise<SeeOther> {
    const copy = await this.copies.idOfDelivery(id);
    if (copy === null) throw new DomainError('dispatch.notFound');
    return seeOther(`/copies/${copy}`);
  }

  @Needs('acknowledge.onBehalf')
  @Post('copies/:id/acknowledge-on-behalf')
  async acknowledge(
    @Param('id', copyId) id: string,
    @Body() body: Record<string, unknown>,
    @CurrentActor() actor: Actor,
  ): Promise<PageReply | SeeOther> {
    const reading = readForm(onBehalf, body);
    if (!reading.ok) {
      const draft = { via: fieldText(body.via), by: fieldText(body.by), note: fieldText(body.note) };
      return this.render(id, actor, draft, reading.faults, 422);
    }
    const { via, by, note } = reading.value;
    await this.reading.acknowledgeOnBehalf(id, via, by, note === '' ? null : note, actor);
    return seeOther(`/copies/${id}`);
  }

  private async onPaper(id: string): Promise<{ content: EditionContent; copyNumber: number }> {
    const copy = await this.copies.loadCopy(id);
    if (copy === null) throw new DomainError('http.notFound');
    const { content, withdrawnAt, voidedAt } = copy.edition;
    if (withdrawnAt !== null || voidedAt !== null) throw new DomainError('reading.paperWithdrawn');
    return { content: content as unknown as EditionContent, copyNumber: copy.copyNumber };
  }

  private async render(
    id: string,
    actor: Actor,
    draft: OnBehalfDraft,
    faults: readonly FormFault[],
    status: number,
    note: string | null = null,
  ): Promise<PageReply> {
    const copy = await this.copies.loadCopy(id);
    if (copy === null) throw new DomainError('http.notFound');
    const form =
      copy.subscriptionId === null && mayDo(actor.roles, 'acknowledge.onBehalf')
        ? onBehalfForm(id, draft, faults)
        : null;
    const live = copy.edition.withdrawnAt === null && copy.edition.voidedAt === null && copy.linkRevokedAt === null;
    const mayResend = live && mayDo(actor.roles, 'dispatch.control');
    return page('console/sending/copy', { id, note, mayResend, ...copyView(copy), onBehalf: form }, { status });
  }
}
