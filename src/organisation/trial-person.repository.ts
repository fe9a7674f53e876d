import { Injectable } from '@nestjs/common';
import { Database } from '../platform/database.js';

/** Somebody of the list, as he is told from others of his name. */
export interface TrialCandidate {
  personId: string;
  name: string;
  /** 县财政局局长; empty for who has no post now. */
  post: string;
}

export interface TrialPerson extends TrialCandidate {
  addedAt: Date;
  addedBy: string;
}

/** Test persons: who is sent to while the system is on trial. */
@Injectable()
export class TrialPersonRepository {
  constructor(private readonly database: Database) {}

  async ids(): Promise<ReadonlySet<string>> {
    const rows = await this.database.prisma.trialPerson.findMany({ select: { personId: true } });
    return new Set(rows.map(({ personId }) => personId));
  }

  async list(): Promise<TrialPerson[]> {
    return this.database.prisma.$queryRaw<TrialPerson[]>`
      SELECT t.person_id AS "personId", p.name, COALESCE(held.post, '') AS post, t.added_at AS "addedAt", t.added_by AS "addedBy"
      FROM trial_person t JOIN person p ON p.id = t.person_id
      LEFT JOIN LATERAL (
        SELECT u.name || o.title AS post FROM tenure n JOIN post o ON o.id = n.post_id JOIN unit u ON u.id = o.unit_id
        WHERE n.person_id = p.id AND n.ends_on IS NULL ORDER BY o.protocol_order LIMIT 1) held ON true
      ORDER BY t.added_at, p.name`;
  }

  /** People of these very names who are no test persons yet, in protocol order. */
  async called(names: readonly string[], most: number): Promise<TrialCandidate[]> {
    return this.database.prisma.$queryRaw<TrialCandidate[]>`
      SELECT p.id AS "personId", p.name, u.name || o.title AS post
      FROM person p
      JOIN LATERAL (SELECT post_id FROM tenure n JOIN post x ON x.id = n.post_id
                    WHERE n.person_id = p.id AND n.ends_on IS NULL ORDER BY x.protocol_order LIMIT 1) held ON true
      JOIN post o ON o.id = held.post_id JOIN unit u ON u.id = o.unit_id
      WHERE p.name = ANY(${[...names]}::text[]) AND p.wiped_at IS NULL
        AND NOT EXISTS (SELECT 1 FROM trial_person t WHERE t.person_id = p.id)
      ORDER BY o.protocol_order LIMIT ${most}::int`;
  }

  /** False for nobody of the list. */
  async add(personId: string, by: string, now: Date): Promise<boolean> {
    if ((await this.database.prisma.person.count({ where: { id: personId, wipedAt: null } })) === 0) return false;
    await this.database.prisma.trialPerson.createMany({
      data: [{ personId, addedAt: now, addedBy: by }],
      skipDuplicates: true,
    });
    return true;
  }

  async remove(personId: string): Promise<void> {
    await this.database.prisma.trialPerson.deleteMany({ where: { personId } });
  }
}
