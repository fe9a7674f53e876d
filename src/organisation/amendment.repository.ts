import { Injectable } from '@nestjs/common';
import { Vault } from '../platform/crypto.js';
import { Database } from '../platform/database.js';

export type AmendmentState = 'open' | 'done' | 'declined';

export interface Amendment {
  id: string;
  personId: string;
  personName: string;
  text: string;
  state: AmendmentState;
  createdAt: Date;
  answeredAt: Date | null;
  answer: string | null;
}

/** What people ask the office to put right about them. Request and answer are sealed: they quote numbers and addresses. */
@Injectable()
export class AmendmentRepository {
  constructor(
    private readonly database: Database,
    private readonly vault: Vault,
  ) {}

  async addAmendment(personId: string, text: string, at: Date): Promise<string> {
    const data = { personId, sealedText: this.vault.seal(text), createdAt: at };
    return (await this.database.prisma.amendmentRequest.create({ data, select: { id: true } })).id;
  }

  async countOpen(personId?: string): Promise<number> {
    return this.database.prisma.amendmentRequest.count({ where: { state: 'open', personId } });
  }

  async listAmendments(
    which: { personId: string } | { open: boolean },
    take: number,
    skip: number,
  ): Promise<Amendment[]> {
    const where = 'personId' in which ? which : { state: which.open ? 'open' : { not: 'open' } };
    const rows = await this.database.prisma.amendmentRequest.findMany({
      where,
      include: { person: { select: { name: true } } },
      orderBy: [{ createdAt: 'desc' }, { id: 'asc' }],
      take,
      skip,
    });
    return rows.map(({ person, sealedText, sealedAnswer, ...row }) => ({
      ...row,
      text: this.vault.open(sealedText),
      answer: sealedAnswer === null ? null : this.vault.open(sealedAnswer),
      state: row.state as AmendmentState,
      personName: person.name,
    }));
  }

  async countAnswered(): Promise<number> {
    return this.database.prisma.amendmentRequest.count({ where: { state: { not: 'open' } } });
  }

  async find(id: string): Promise<{ personId: string; state: string } | null> {
    return this.database.prisma.amendmentRequest.findUnique({
      where: { id },
      select: { personId: true, state: true },
    });
  }

  /** False when somebody has answered meanwhile. */
  async answer(id: string, state: 'done' | 'declined', answer: string, by: string, at: Date): Promise<boolean> {
    const { count } = await this.database.prisma.amendmentRequest.updateMany({
      where: { id, state: 'open' },
      data: { state, sealedAnswer: this.vault.seal(answer), answeredBy: by, answeredAt: at },
    });
    return count === 1;
  }
}
