import { Injectable } from '@nestjs/common';
import { Database } from '../platform/database.js';
import type { Role } from '../domain/roles.js';

/** Once this many sign-ins in a row failed, the account is locked. */
const failuresUntilLock = 5;

export interface Account {
  id: string;
  /** Lower case. */
  login: string;
  name: string;
  roles: Role[];
  /** Publications for which the roles hold; empty: all. */
  publicationIds: string[];
  passwordHash: string | null;
  lockedUntil: Date | null;
  disabledAt: Date | null;
  createdAt: Date;
}

interface Row extends Omit<Account, 'roles'> {
  roles: string[];
}
const account = <R extends Row>(row: R): Account => ({ ...row, roles: row.roles as Role[] });

@Injectable()
export class AccountRepository {
  constructor(private readonly database: Database) {}

  async listAccounts(): Promise<Account[]> {
    const rows = await this.database.prisma.account.findMany({
      orderBy: [{ disabledAt: { sort: 'desc', nulls: 'first' } }, { createdAt: 'asc' }],
    });
    return rows.map(account);
  }

  async byId(id: string): Promise<Account | null> {
    const row = await this.database.prisma.account.findUnique({ where: { id } });
    return row && account(row);
  }

  async byLogin(login: string): Promise<Account | null> {
    const row = await this.database.prisma.account.findUnique({ where: { login } });
    return row && account(row);
  }

  /** Null when the login is taken. */
  async insert(
    login: string,
    name: string,
    roles: readonly Role[],
    publicationIds: readonly string[],
  ): Promise<Account | null> {
    const made = await this.database.prisma.account.createManyAndReturn({
      data: [{ login, name, roles: [...roles], publicationIds: [...publicationIds] }],
      skipDuplicates: true,
    });
    return made[0] ? account(made[0]) : null;
  }

  async change(
    id: string,
    { name, roles, publicationIds }: Pick<Account, 'name' | 'roles' | 'publicationIds'>,
  ): Promise<void> {
    await this.database.prisma.account.update({ where: { id }, data: { name, roles, publicationIds } });
  }

  async setPasswordHash(id: string, passwordHash: string): Promise<void> {
    await this.database.prisma.account.update({ where: { id }, data: { passwordHash, ...noFailures } });
  }

  async setDisabled(id: string, disabledAt: Date | null): Promise<void> {
    await this.database.prisma.account.update({ where: { id }, data: { disabledAt, ...noFailures } });
  }

  /**
   * Counts a try as failed before the password is looked at, so that tries made at the same moment cannot slip through;
   * `clearFailures` takes it back. False while the account is locked.
   */
  async claimTry(id: string, now: Date, lockUntil: Date): Promise<boolean> {
    const claimed = await this.database.prisma.$executeRaw`
      UPDATE account SET
        failed_sign_ins = CASE WHEN failed_sign_ins >= ${failuresUntilLock} THEN 1 ELSE failed_sign_ins + 1 END,
        locked_until = CASE WHEN failed_sign_ins = ${failuresUntilLock - 1} THEN ${lockUntil}::timestamptz ELSE NULL END
      WHERE id = ${id}::uuid AND (locked_until IS NULL OR locked_until <= ${now}::timestamptz)`;
    return claimed > 0;
  }

  async clearFailures(id: string): Promise<void> {
    await this.database.prisma.account.update({ where: { id }, data: noFailures });
  }

  /** Ids of usable accounts with the role, locked against change until the transaction ends. */
  async lockHoldersOf(role: Role): Promise<string[]> {
    const rows = await this.database.prisma.$queryRaw<{ id: string }[]>`
      SELECT id FROM account WHERE ${role} = ANY(roles) AND disabled_at IS NULL ORDER BY id FOR UPDATE`;
    return rows.map(({ id }) => id);
  }
}

const noFailures = { failedSignIns: 0, lockedUntil: null };
