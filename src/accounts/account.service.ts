import { Injectable } from '@nestjs/common';
import { DomainError } from '../domain/errors/errors.js';
import { type Role, rolesConflict } from '../domain/roles.js';
import { Audit } from '../platform/audit.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database.js';
import { type Account, AccountRepository } from './account.repository.js';
import { TrialRepository } from './trial.repository.js';
import { OneTimeLinkService } from './one-time-link.service.js';
import { SessionService } from './session.service.js';

export interface NewAccount {
  login: string;
  name: string;
  roles: readonly Role[];
  /** For which publications the roles hold; absent or empty: all. */
  publicationIds?: readonly string[];
}

/** Login of the account that the first start makes. */
const firstLogin = 'admin';

export const normalLogin = (login: string): string => login.trim().toLowerCase();

/** Accounts of the console. Whoever acts is given as an account id, or as a word such as `system` or `cli`. */
@Injectable()
export class AccountService {
  constructor(
    private readonly database: Database,
    private readonly accounts: AccountRepository,
    private readonly links: OneTimeLinkService,
    private readonly sessions: SessionService,
    private readonly audit: Audit,
    private readonly clock: Clock,
    private readonly trials: TrialRepository,
  ) {}

  listAccounts(): Promise<Account[]> {
    return this.accounts.listAccounts();
  }

  /** @throws DomainError account.notFound */
  async get(accountId: string): Promise<Account> {
    const account = await this.accounts.byId(accountId);
    if (!account) throw new DomainError('account.notFound');
    return account;
  }

  /**
   * Makes an account without a password; it gets in through a one-time link.
   *
   * @throws DomainError account.rolesConflict, account.loginTaken
   */
  create({ login, name, roles, publicationIds = [] }: NewAccount, by: string): Promise<Account> {
    demandRoles(roles);
    return this.database.transaction(async () => {
      const account = await this.accounts.insert(normalLogin(login), name.trim(), roles, publicationIds);
      if (!account) throw new DomainError('account.loginTaken');
      await this.audit.record(by, 'account.created', `account:${account.id}`, {
        login: account.login,
        roles,
        ...(publicationIds.length > 0 ? { publications: publicationIds } : {}),
      });
      return account;
    });
  }

  /**
   * Takes effect with the next request of whoever is signed in. Nobody changes what he himself may do.
   *
   * @throws DomainError account.notFound, account.rolesConflict, account.ownRoles, account.lastAdministrator
   */
  change(accountId: string, wish: Omit<NewAccount, 'login'>, by: string): Promise<void> {
    const { roles, publicationIds = [] } = wish;
    demandRoles(roles);
    return this.database.transaction(async () => {
      const before = await this.get(accountId);
      const after = { name: wish.name.trim(), roles: [...roles], publicationIds: [...publicationIds] };
      const sameRights = sameSet(before.roles, roles) && sameSet(before.publicationIds, publicationIds);
      if (by === accountId && !sameRights) throw new DomainError('account.ownRoles');
      if (!roles.includes('systemAdmin') && before.disabledAt === null) {
        const administrators = await this.accounts.lockHoldersOf('systemAdmin');
        if (administrators.length === 1 && administrators[0] === accountId)
          throw new DomainError('account.lastAdministrator');
      }
      await this.accounts.change(accountId, after);
      await this.audit.record(by, 'account.changed', `account:${accountId}`, {
        before: { name: before.name, roles: before.roles, publications: before.publicationIds },
        after: { name: after.name, roles: after.roles, publications: after.publicationIds },
      });
    });
  }

  /** Ends its sessions and links at once. @throws DomainError account.notFound, account.lastAdministrator */
  disable(accountId: string, by: string): Promise<void> {
    return this.database.transaction(async () => {
      await this.get(accountId);
      const administrators = await this.accounts.lockHoldersOf('systemAdmin');
      if (administrators.length === 1 && administrators[0] === accountId) {
        throw new DomainError('account.lastAdministrator');
      }
      await this.accounts.setDisabled(accountId, this.clock.now());
      await this.sessions.endAll(accountId);
      await this.links.revoke(accountId);
      await this.audit.record(by, 'account.disabled', `account:${accountId}`);
    });
  }

  /** @throws DomainError account.notFound */
  enable(accountId: string, by: string): Promise<void> {
    return this.database.transaction(async () => {
      await this.get(accountId);
      await this.accounts.setDisabled(accountId, null);
      await this.audit.record(by, 'account.enabled', `account:${accountId}`);
    });
  }

  /**
   * At first start there is no account, and no default password either: makes the administrator and returns the path of a
   * link that sets the password. Again after a restart, as long as the link was not used. Null once there is a way in.
   */
  ensureFirstAdministrator(): Promise<string | null> {
    return this.database.transaction(async () => {
      const all = await this.accounts.listAccounts();
      const [only] = all;
      if (all.length > 1 || (only && (only.login !== firstLogin || only.passwordHash !== null))) return null;
      // A new installation: nothing reaches those it is about until somebody has tried it and said so.
      if (!only) await this.trials.set(true, '新安装的系统先试运行', { id: 'system', name: '系统' }, this.clock.now());
      const administrator =
        only ?? (await this.create({ login: firstLogin, name: '系统管理员', roles: ['systemAdmin'] }, 'system'));
      return this.links.issue(administrator.id, 'setup', 'system');
    });
  }
}

const sameSet = (some: readonly string[], others: readonly string[]): boolean =>
  some.length === others.length && some.every((one) => others.includes(one));

/** @throws DomainError account.rolesConflict */
function demandRoles(roles: readonly Role[]): void {
  const reason = roles.length === 0 ? '请至少选择一个角色。' : rolesConflict(roles);
  if (reason !== null) throw new DomainError('account.rolesConflict', { reason });
}
