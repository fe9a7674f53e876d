import { Controller, Get, Param } from '@nestjs/common';
import { Needs } from '../../accounts/needs.js';
import { CalendarRepository } from '../../dispatch/when/calendar.repository.js';
import { chineseDateTime } from '../../domain/calendar.js';
import { silentSinceOf } from '../../domain/sending/call-list.js';
import { readPolicy } from '../../domain/sending/channel-policy.js';
import { DomainError } from '../../domain/errors/errors.js';
import { EditionRepository, type StoredEdition } from '../../issues/edition.repository.js';
import { Clock } from '../../platform/clock.js';
import { attachment, csvFile } from '../../platform/csv-file.js';
import { download, page, type PageReply, type RawReply } from '../../platform/http/page.js';
import { callLine, callTable } from './call-list-view.js';
import { CallListRepository, type CallRow, callsAtOnce } from './call-list.repository.js';
import { issueId } from '../ids.js';

/** The last rung: whom the office has to phone, on screen, on paper and for Excel. */
@Needs('issue.read')
@Controller('issues/:id')
export class CallListPages {
  constructor(
    private readonly editions: EditionRepository,
    private readonly calls: CallListRepository,
    private readonly calendar: CalendarRepository,
    private readonly clock: Clock,
  ) {}

  @Get('calls')
  async show(@Param('id', issueId) id: string): Promise<PageReply> {
    const edition = await this.edition(id);
    const { days, silentSince } = await this.waiting(edition);
    const rows = await this.calls.calls(edition.id, silentSince, 0);
    return page('console/sending/calls', {
      id,
      heading: edition.content.title,
      days,
      asks: silentSince !== null,
      now: this.clock.now(),
      lines: rows.map((row) => callLine(row, days)),
      cut: rows.length === callsAtOnce,
    });
  }

  @Get('calls.csv')
  async table(@Param('id', issueId) id: string): Promise<RawReply> {
    const edition = await this.edition(id);
    const { days, silentSince } = await this.waiting(edition);
    const rows: CallRow[] = [];
    for (;;) {
      const some = await this.calls.calls(edition.id, silentSince, rows.at(-1)?.copyNumber ?? 0);
      rows.push(...some);
      if (some.length < callsAtOnce) break;
    }
    const made = `${edition.content.title}电话名单（${chineseDateTime(this.clock.now()).replace(':', '点')}）.csv`;
    return download(csvFile(callTable(rows, days)), 'text/csv; charset=utf-8', attachment(made));
  }

  /** The policy the edition was planned with says how long one waits, and whether anybody is waited for. */
  private async waiting({ policy }: StoredEdition): Promise<{ days: number; silentSince: Date | null }> {
    const frozen = readPolicy(policy);
    const silentSince = silentSinceOf(frozen, this.clock.now(), await this.calendar.calendar());
    return { days: frozen.remindAfterDays, silentSince };
  }

  private async edition(id: string): Promise<StoredEdition> {
    const edition = await this.editions.validOf(id);
    if (edition === null) throw new DomainError('dispatch.notSignedOff');
    return edition;
  }
}
