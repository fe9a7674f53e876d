import { Injectable } from '@nestjs/common';
import { isId } from '../platform/new-id.js';
import { Database } from '../platform/database.js';

/** Which publication a request is about, by the id in its address; for accounts whose roles hold for chosen ones only. */
@Injectable()
export class PublicationOfRepository {
  constructor(private readonly database: Database) {}

  /**
   * @param route its pattern, `/issues/:id/edit`
   * @returns an empty text where there is no such thing, so that it is nobody's
   */
  async publicationOf(route: string, params: unknown): Promise<string> {
    const id = (params as { id?: string }).id ?? '';
    const find = finders.find(({ prefix }) => route.startsWith(prefix))?.find;
    return find === undefined || !isId(id) ? '' : ((await find(this.database, id)) ?? '');
  }
}

const finders: readonly { prefix: string; find: (database: Database, id: string) => Promise<string | null> }[] = [
  { prefix: '/publications/:id', find: (_, id) => Promise.resolve(id) },
  {
    prefix: '/issues/:id',
    find: async ({ prisma }, id) =>
      (await prisma.issue.findUnique({ where: { id }, select: { publicationId: true } }))?.publicationId ?? null,
  },
  {
    prefix: '/copies/:id',
    find: async ({ prisma }, id) => {
      const copy = await prisma.copy.findUnique({
        where: { id },
        select: { edition: { select: { issue: { select: { publicationId: true } } } } },
      });
      return copy?.edition.issue.publicationId ?? null;
    },
  },
];
