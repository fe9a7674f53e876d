import { Controller, Param, ParseUUIDPipe } from '@nestjs/common';
import { z } from 'zod';
import { beijingDate } from '../domain/calendar.js';
import { Clock } from '../platform/clock.js';
import { isoDay } from '../platform/http/form.js';
import { found } from './found.js';
import { OrganisationApiRepository } from './organisation.repository.js';
import { type PersonRow, personRow, type PostRow, postRow, type UnitRow, unitRow } from './organisation.schema.js';
import { onePage, type Page, pageOf, pageQuery, readCursor } from './paging.js';
import { ApiQuery, ApiRoute } from './route.js';

const orderKey = z.tuple([z.int32(), z.uuid()]);
const idKey = z.tuple([z.uuid()]);

const onDay = z.object({ at: isoDay.optional().describe('看哪一天的任职，默认今天，如 2026-11-23') });
const postsQuery = pageQuery.extend({ ...onDay.shape, unitId: z.uuid().optional() });

/** Units, posts and people for reading. */
@Controller()
export class OrganisationApi {
  constructor(
    private readonly rows: OrganisationApiRepository,
    private readonly clock: Clock,
  ) {}

  @ApiRoute({
    method: 'get',
    path: 'units',
    scope: 'organisation.read',
    summary: '列出单位，按礼宾次序',
    query: pageQuery,
    answer: pageOf(unitRow),
  })
  async listUnits(@ApiQuery() { limit, cursor }: z.infer<typeof pageQuery>): Promise<Page<UnitRow>> {
    const rows = await this.rows.units(readCursor(cursor, orderKey), limit + 1);
    return onePage(rows, limit, ({ order, id }) => [order, id]);
  }

  @ApiRoute({ method: 'get', path: 'units/:id', scope: 'organisation.read', summary: '一个单位', answer: unitRow })
  async getUnit(@Param('id', ParseUUIDPipe) id: string): Promise<UnitRow> {
    return found(await this.rows.unit(id));
  }

  @ApiRoute({
    method: 'get',
    path: 'posts',
    scope: 'organisation.read',
    summary: '列出岗位及当日任职人，按礼宾次序',
    query: postsQuery,
    answer: pageOf(postRow),
  })
  async listPosts(@ApiQuery() { limit, cursor, at, unitId }: z.infer<typeof postsQuery>): Promise<Page<PostRow>> {
    const asked = { day: at ?? this.today(), unitId: unitId ?? null };
    const rows = await this.rows.posts(readCursor(cursor, orderKey), limit + 1, asked);
    return onePage(rows, limit, ({ order, id }) => [order, id]);
  }

  @ApiRoute({
    method: 'get',
    path: 'posts/:id',
    scope: 'organisation.read',
    summary: '一个岗位及当日任职人',
    query: onDay,
    answer: postRow,
  })
  async getPost(@Param('id', ParseUUIDPipe) id: string, @ApiQuery() { at }: z.infer<typeof onDay>): Promise<PostRow> {
    return found(await this.rows.post(id, at ?? this.today()));
  }

  @ApiRoute({
    method: 'get',
    path: 'people',
    scope: 'organisation.read',
    summary: '列出人员、任职经历和打码的联系方式',
    query: pageQuery,
    answer: pageOf(personRow),
  })
  async listPeople(@ApiQuery() { limit, cursor }: z.infer<typeof pageQuery>): Promise<Page<PersonRow>> {
    const rows = await this.rows.people(readCursor(cursor, idKey)?.[0] ?? null, limit + 1);
    return onePage(rows, limit, ({ id }) => [id]);
  }

  @ApiRoute({
    method: 'get',
    path: 'people/:id',
    scope: 'organisation.read',
    summary: '一个人的任职经历和打码的联系方式',
    answer: personRow,
  })
  async getPerson(@Param('id', ParseUUIDPipe) id: string): Promise<PersonRow> {
    return found(await this.rows.person(id));
  }

  private today(): string {
    return beijingDate(this.clock.now());
  }
}
