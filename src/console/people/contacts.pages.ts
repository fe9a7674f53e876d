import { Controller, Get, Post } from '@nestjs/common';
import { z } from 'zod';
import type { Actor } from '../../accounts/actor.js';
import { CurrentActor, Needs } from '../../accounts/needs.js';
import { contactTroubles, silentDays, troubleText } from '../../domain/people/contact-health.js';
import { mayDo } from '../../domain/roles.js';
import { ContactRepository } from '../../organisation/contact.repository.js';
import { ContactWipeService } from '../../organisation/contact-wipe.service.js';
import { Audit } from '../../platform/audit.js';
import { Clock } from '../../platform/clock.js';
import { attachment, csvFile } from '../../platform/csv-file.js';
import { Search } from '../../platform/http/form.js';
import { download, page, type PageReply, type RawReply, seeOther, type SeeOther } from '../../platform/http/page.js';
import { troubledRow } from './contact-view.js';
import { ListStateRepository } from '../list-state.repository.js';
import { paging, readPage } from '../paging.js';

const perPage = 50;
const mostExported = 20_000;

const search = z.object({
  trouble: z.enum(contactTroubles).catch('bad'),
  page: z.string().optional(),
  done: z.string().max(6).optional(),
});

/** Addresses to look at, by reason; and those that the rule is about to remove. */
@Needs('list.read')
@Controller('contacts')
export class ContactsPages {
  constructor(
    private readonly contacts: ContactRepository,
    private readonly wiping: ContactWipeService,
    private readonly list: ListStateRepository,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  @Get()
  async show(@Search(search) asked: z.infer<typeof search>, @CurrentActor() actor: Actor): Promise<PageReply> {
    const now = this.clock.now();
    const { trouble } = asked;
    const number = readPage(asked.page);
    const [counts, rows, listEmpty] = await Promise.all([
      this.contacts.countTroubled(now),
      this.contacts.listTroubled(trouble, now, perPage, (number - 1) * perPage),
      this.list.isEmpty(),
    ]);
    return page('console/people/contacts', {
      tabs: contactTroubles.map((key) => ({
        key,
        text: troubleText[key],
        count: counts[key],
        current: key === trouble,
      })),
      trouble,
      listEmpty,
      title: troubleText[trouble],
      explanation: explanations[trouble],
      rows: rows.map((row) => troubledRow(row, now)),
      paging: paging('/contacts', { trouble }, number, perPage, counts[trouble]),
      mayEdit: mayDo(actor.roles, 'contact.edit'),
    });
  }

  @Get('export.csv')
  async export(@Search(search) { trouble }: z.infer<typeof search>, @CurrentActor() actor: Actor): Promise<RawReply> {
    const now = this.clock.now();
    const rows = (await this.contacts.listTroubled(trouble, now, mostExported, 0)).map((row) => troubledRow(row, now));
    await this.audit.recordExport(actor.id, 'contact.exported', 'list', { trouble }, { rows: rows.length });
    const lines = rows.map((row) => [
      ...[row.post, row.name, row.label, row.masked],
      row.tags.map(({ text, note }) => `${text}（${note}）`).join('；'),
    ]);
    const file = csvFile([['单位、职务', '姓名', '类别', '联系方式（已隐去一部分）', '原因'], ...lines]);
    return download(file, 'text/csv; charset=utf-8', attachment(`待整理联系方式_${troubleText[trouble]}.csv`));
  }

  @Get('wiping')
  async preview(@Search(search) asked: z.infer<typeof search>, @CurrentActor() actor: Actor): Promise<PageReply> {
    const number = readPage(asked.page);
    const { total, leavers, days } = await this.wiping.preview(perPage, (number - 1) * perPage);
    return page('console/people/contacts-wiping', {
      days,
      leavers,
      done: /^\d{1,6}$/.test(asked.done ?? '') ? asked.done : null,
      mayWipe: mayDo(actor.roles, 'contact.wipe'),
      paging: paging('/contacts/wiping', {}, number, perPage, total),
    });
  }

  @Needs('contact.wipe')
  @Post('wiping')
  async wipe(@CurrentActor() actor: Actor): Promise<SeeOther> {
    return seeOther(`/contacts/wiping?done=${await this.wiping.run(actor.id)}`);
  }
}

const explanations = {
  bad: '服务商说这些地址收不到。系统已停止向它们发送，请联系本人更正；确认地址没有错时可以恢复。',
  silent: `向这些地址发送已超过${silentDays}天，一直没有送达证明。请发验证码核对。`,
  unverified: '这些地址没有验证过，也还没有送达证明。',
};
