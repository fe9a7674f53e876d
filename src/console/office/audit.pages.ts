import { Controller, Get } from '@nestjs/common';
import { z } from 'zod';
import { AccountRepository } from '../../accounts/account.repository.js';
import type { Actor } from '../../accounts/actor.js';
import { ApiKeyService } from '../../accounts/api-key.service.js';
import { type AuditFilter, type AuditRow, AuditTrail } from '../../accounts/audit-trail.repository.js';
import { detailText } from '../../accounts/audit-detail.js';
import { actionText, actorText } from '../../accounts/audit-words.js';
import { CurrentActor, Needs } from '../../accounts/needs.js';
import { beijingDate, chineseDateTime } from '../../domain/calendar.js';
import { Audit } from '../../platform/audit.js';
import { Clock } from '../../platform/clock.js';
import { attachment, csvFile } from '../../platform/csv-file.js';
import { Search } from '../../platform/http/form.js';
import { download, page, type PageReply, type RawReply } from '../../platform/http/page.js';
import { address } from '../paging.js';

const pageSize = 200;
const exportSize = 20_000;

const search = z.object({
  subject: z.string().trim().max(100).default(''),
  actor: z.string().trim().max(100).default(''),
  before: z
    .string()
    .regex(/^\d{1,18}$/)
    .optional()
    .catch(undefined),
  verify: z.literal('1').optional().catch(undefined),
});
type Search = z.infer<typeof search>;

const filterOf = ({ subject, actor, before }: Search): AuditFilter => ({
  subject,
  actor,
  before: before === undefined ? null : BigInt(before),
});

@Needs('audit.read')
@Controller('audit')
export class AuditPages {
  constructor(
    private readonly trail: AuditTrail,
    private readonly accounts: AccountRepository,
    private readonly keys: ApiKeyService,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  @Get()
  async list(@Search(search) asked: Search): Promise<PageReply> {
    const { subject, actor, before, verify } = asked;
    const names = await this.names();
    const rows = await this.trail.newest(filterOf(asked), pageSize + 1);
    const shown = rows.slice(0, pageSize);
    const last = rows.length > pageSize ? shown.at(-1) : undefined;
    const kept = { subject, actor };
    return page('accounts/audit', {
      entries: shown.map((row) => auditLine(row, names)),
      subject,
      actor,
      actors: [...names, ['system', '系统'], ['cli', '命令行']].map(([id, name]) => ({ id, name })),
      newest: before === undefined ? null : address('/audit', kept),
      older: last ? address('/audit', { ...kept, before: String(last.id) }) : null,
      verifyLink: address('/audit', { ...kept, verify: '1' }),
      exportLink: address('/audit/export.csv', kept),
      chain: verify === undefined ? null : await this.verifyChain(),
    });
  }

  @Get('export.csv')
  async export(@Search(search) asked: Search, @CurrentActor() actor: Actor): Promise<RawReply> {
    const names = await this.names();
    const rows = await this.trail.newest(filterOf(asked), exportSize);
    await this.audit.recordExport(actor.id, 'audit.exported', 'audit', {}, { rows: rows.length });
    const lines = rows.map((row) => {
      const { at, who, action } = auditLine(row, names);
      return [String(row.id), chineseDateTime(at), who, action, row.action, row.subject, JSON.stringify(row.detail)];
    });
    const head = ['序号', '时间（北京）', '操作人', '操作', '操作代码', '对象', '详情'];
    const name = `留痕-${beijingDate(this.clock.now())}.csv`;
    return download(csvFile([head, ...lines]), 'text/csv; charset=utf-8', attachment(name));
  }

  private async names(): Promise<Map<string, string>> {
    const [accounts, keys] = await Promise.all([this.accounts.listAccounts(), this.keys.listKeys()]);
    return new Map([
      ...accounts.map(({ id, name, login }): [string, string] => [id, `${name}（${login}）`]),
      ...keys.map(({ id, name }): [string, string] => [`apiKey:${id}`, `接口：${name}`]),
    ]);
  }

  private async verifyChain(): Promise<{ rows: number; brokenAt: string | null }> {
    const { rows, brokenAt } = await this.audit.verify();
    return { rows, brokenAt: brokenAt === null ? null : String(brokenAt) };
  }
}

function auditLine(row: AuditRow, names: ReadonlyMap<string, string>) {
  return {
    id: String(row.id),
    at: row.at,
    who: actorText(row.actor, names),
    action: actionText(row.action),
    subject: row.subject,
    detail: detailText(row.detail),
  };
}
