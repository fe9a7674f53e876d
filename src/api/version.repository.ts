import { Injectable } from '@nestjs/common';
import { Database } from '../platform/database.js';

/** What a program may change, as its path names it. */
export const versioned = ['units', 'posts', 'people', 'groups'] as const;
export type Versioned = (typeof versioned)[number];

@Injectable()
export class VersionRepository {
  constructor(private readonly database: Database) {}

  /** Null when there is none of that id. */
  async current(kind: Versioned, id: string): Promise<number | null> {
    const { unit, post, person, group } = this.database.prisma;
    const one = { where: { id }, select: { version: true } };
    const found = await {
      units: () => unit.findUnique(one),
      posts: () => post.findUnique(one),
      people: () => person.findUnique(one),
      groups: () => group.findUnique(one),
    }[kind]();
    return found?.version ?? null;
  }
}
