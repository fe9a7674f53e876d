import { Controller, Get, Param, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Actor } from '../../accounts/actor.js';
import { CurrentActor, Needs } from '../../accounts/needs.js';
import { beijingDate } from '../../domain/calendar.js';
import { DomainError } from '../../domain/errors/errors.js';
import { mayDo } from '../../domain/roles.js';
import { EditionRepository, type StoredEdition } from '../../issues/edition.repository.js';
import { attachment } from '../../platform/csv-file.js';
import { Clock } from '../../platform/clock.js';
import { TakesFile } from '../../platform/http/access.js';
import { Asked, type FormFault, isoDay, readForm, textField, ticked } from '../../platform/http/form.js';
import { download, page, type PageReply, type RawReply, seeOther, type SeeOther } from '../../platform/http/page.js';
import { readUpload } from '../../platform/http/upload.js';
import { largestScan, type PaperList } from '../../domain/reading/paper.js';
import { PaperService } from '../../reading/paper.service.js';
import { EditionPrints, pdfName } from '../../rendering/print/edition-prints.js';
import { editionView } from '../../rendering/edition-view.js';
import { issueId } from '../ids.js';
import { address, paging, readPage } from '../paging.js';
import { linesAtOnce, PaperListRepository, type PaperRow } from './paper-list.repository.js';
import { paperListText, paperTabs, paperUnits, readPaperList, sheetUnits, sheetView } from './paper-view.js';

const signedForm = z.object({
  copy: ticked(z.uuid()).refine((some) => some.length > 0 && some.length <= linesAtOnce, '请勾选已经签字的人。'),
  signedOn: isoDay,
  note: textField(200),
});

export const scanTooLarge = '扫描件太大，上限为10 MB。请降低扫描的分辨率，或者分成几个文件。';

/** Where the entry form is, and which part of the list it shows. */
interface Place {
  id: string;
  list: PaperList;
  number: number;
}

interface Typed {
  ticked: ReadonlySet<string>;
  signedOn: string;
  note: string;
  faults: readonly FormFault[];
}

/** 签收单 for those who get the issue on paper, and the signatures that came back on it. */
@Needs('issue.read')
@Controller('issues/:id/paper')
export class PaperPages {
  constructor(
    private readonly editions: EditionRepository,
    private readonly rows: PaperListRepository,
    private readonly papers: PaperService,
    private readonly prints: EditionPrints,
    private readonly clock: Clock,
  ) {}

  @Get()
  async sheet(
    @Param('id', issueId) id: string,
    @Asked() query: Asked,
    @CurrentActor() actor: Actor,
  ): Promise<PageReply> {
    const edition = await this.edition(id);
    const place = placeOf(id, query);
    const path = `/issues/${id}/paper`;
    const { rows, pager } = await this.part(edition, place, path);
    const { marks, number, date, issuer } = editionView(edition.content);
    return page('console/sending/paper', {
      id,
      heading: edition.content.title,
      marks: marks.join('　'),
      about: [issuer, date].filter(Boolean).join('　'),
      number,
      printed: this.clock.now(),
      withdrawn: edition.withdrawnAt !== null,
      tabs: paperTabs(path, place.list),
      shown: paperListText(place.list),
      units: paperUnits(rows),
      paging: pager,
      entryHref: address(`${path}/signed`, { list: place.list === 'paper' ? '' : place.list }),
      sheetHref: address(`${path}/sheet.pdf`, { list: place.list === 'paper' ? '' : place.list }),
      mayEnter: mayDo(actor.roles, 'acknowledge.onBehalf'),
    });
  }

  /** Everybody of the list on one sheet, for the office's printer. */
  @Get('sheet.pdf')
  async sheetPdf(@Param('id', issueId) id: string, @Asked() query: Asked): Promise<RawReply> {
    const edition = await this.edition(id);
    const list = readPaperList(query.list);
    const total = await this.rows.count(edition.id, list);
    const rows: PaperRow[] = [];
    for (let from = 0; from < total; from += linesAtOnce) rows.push(...(await this.rows.lines(edition.id, list, from)));
    const pdf = await this.prints.sheet(edition.content, sheetUnits(paperUnits(rows)));
    return download(pdf, 'application/pdf', attachment(pdfName(`签收单：${edition.content.title}`)));
  }

  @Get('signed')
  async ask(@Param('id', issueId) id: string, @Asked() query: Asked, @CurrentActor() actor: Actor): Promise<PageReply> {
    const nothing = { ticked: new Set<string>(), signedOn: beijingDate(this.clock.now()), note: '', faults: [] };
    return this.entryPage(placeOf(id, query), nothing, actor, 200, query.sheet ?? null);
  }

  /** As many ticks as a page has lines, and a file. Sent twice it is one entry: see PaperService. */
  @Needs('acknowledge.onBehalf')
  @TakesFile()
  @Post('signed')
  async enter(
    @Param('id', issueId) id: string,
    @Asked() query: Asked,
    @Req() request: FastifyRequest,
    @CurrentActor() actor: Actor,
  ): Promise<PageReply | SeeOther> {
    const place = placeOf(id, query);
    const { file, fields, several } = await readUpload(request, largestScan, linesAtOnce + 10).catch(
      (error: unknown) => {
        if (!(error instanceof DomainError) || error.code !== 'http.tooLarge') throw error;
        return { file: null, fields: null, several: new Map<string, string[]>() };
      },
    );
    const typed = {
      ticked: new Set(several.get('copy') ?? []),
      signedOn: fields?.signedOn ?? beijingDate(this.clock.now()),
      note: fields?.note ?? '',
    };
    const again = (faults: readonly FormFault[], status: number) =>
      this.entryPage(place, { ...typed, faults }, actor, status, null);
    if (fields === null) return again([{ field: 'file', message: `${scanTooLarge}请重新勾选。` }], 413);
    const reading = readForm(signedForm, { ...typed, copy: several.get('copy') });
    if (!reading.ok) return again(reading.faults, 422);
    const { copy, signedOn, note } = reading.value;
    try {
      const edition = await this.edition(id);
      const sheet = await this.papers.enter(edition.id, { copyIds: copy, signedOn, note, scan: file }, actor);
      const list = place.list === 'paper' ? '' : place.list;
      return seeOther(`${address(`/issues/${id}/paper/signed`, { list, sheet })}#entered`);
    } catch (error) {
      const field = error instanceof DomainError ? fieldOf[error.code] : undefined;
      if (field === undefined) throw error;
      const { message, status } = error as DomainError;
      return again([{ field, message }], status);
    }
  }

  private async entryPage(
    place: Place,
    typed: Typed,
    actor: Actor,
    status: number,
    sheet: string | null,
  ): Promise<PageReply> {
    const edition = await this.edition(place.id);
    const path = `/issues/${place.id}/paper/signed`;
    const { rows, pager } = await this.part(edition, place, path);
    const units = paperUnits(rows, typed.ticked);
    const sheets = (await this.rows.sheets(edition.id)).map(sheetView);
    const { signedOn, note, faults } = typed;
    return page(
      'console/sending/paper-signed',
      {
        id: place.id,
        heading: edition.content.title,
        action: address(path, { list: place.list === 'paper' ? '' : place.list, page: String(place.number) }),
        tabs: paperTabs(path, place.list),
        shown: paperListText(place.list),
        units,
        open: units.some((unit) => unit.open),
        paging: pager,
        form: { signedOn, note, today: beijingDate(this.clock.now()) },
        faults,
        entered: sheets.find((one) => one.id === sheet) ?? null,
        sheets,
        mayEnter: mayDo(actor.roles, 'acknowledge.onBehalf'),
      },
      { status },
    );
  }

  private async part(edition: StoredEdition, { list, number }: Place, path: string) {
    const [rows, total] = await Promise.all([
      this.rows.lines(edition.id, list, (number - 1) * linesAtOnce),
      this.rows.count(edition.id, list),
    ]);
    return { rows, pager: paging(path, { list: list === 'paper' ? '' : list }, number, linesAtOnce, total) };
  }

  private async edition(id: string): Promise<StoredEdition> {
    const edition = await this.editions.validOf(id);
    if (edition?.plannedAt == null) throw new DomainError('dispatch.notSignedOff');
    return edition;
  }
}

/** Refusals that stand at a field of the form. */
const fieldOf: Readonly<Record<string, string>> = {
  'reading.signedOnWrong': 'signedOn',
  'reading.allSigned': '',
  'reading.scanUnreadable': 'file',
};

const placeOf = (id: string, query: Asked): Place => ({
  id,
  list: readPaperList(query.list),
  number: readPage(query.page),
});
