import { Injectable } from '@nestjs/common';
import { DomainError } from '../domain/errors/errors.js';
import { Audit } from '../platform/audit.js';
import { Clock } from '../platform/clock.js';
import { randomToken, sha256Hex } from '../platform/crypto.js';
import { Database } from '../platform/database.js';
import { type Account, AccountRepository } from './account.repository.js';
import { type LinkPurpose, OneTimeLinkRepository } from './one-time-link.repository.js';
import { hashPassword, passwordFault } from './password.js';
import { SessionService } from './session.service.js';

const lifetimeMs: Readonly<Record<LinkPurpose, number>> = { setup: 72 * 3_600_000, signIn: 12 * 3_600_000 };

/** Links that let an account in once. Looking at one does not spend it: mail scanners and link previews look at links. */
@Injectable()
export class OneTimeLinkService {
  constructor(
    private readonly database: Database,
    private readonly links: OneTimeLinkRepository,
    private readonly accounts: AccountRepository,
    private readonly sessions: SessionService,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /**
   * Voids earlier links of the account.
   *
   * @returns the path, `/once/TOKEN`; it can be had only now
   * @throws DomainError account.notFound, account.disabled
   */
  issue(accountId: string, purpose: LinkPurpose, by: string): Promise<string> {
    return this.database.transaction(async () => {
      const account = await this.accounts.byId(accountId);
      if (!account) throw new DomainError('account.notFound');
      if (account.disabledAt) throw new DomainError('account.disabled');
      const token = randomToken();
      const expiresAt = new Date(this.clock.now().getTime() + lifetimeMs[purpose]);
      await this.links.deleteUnused(accountId);
      await this.links.insert(sha256Hex(token), accountId, purpose, expiresAt);
      await this.audit.record(by, 'account.linkIssued', `account:${accountId}`, { purpose });
      return `/once/${token}`;
    });
  }

  async revoke(accountId: string): Promise<void> {
    await this.links.deleteUnused(accountId);
  }

  /** @throws DomainError account.linkUsed when it is unknown, used, expired, or its account was disabled */
  async look(token: string): Promise<{ purpose: LinkPurpose; account: Account }> {
    const link = await this.links.find(sha256Hex(token));
    const account = link && (await this.accounts.byId(link.accountId));
    if (!link || !account || account.disabledAt || link.usedAt || link.expiresAt <= this.clock.now()) {
      throw new DomainError('account.linkUsed');
    }
    return { purpose: link.purpose, account };
  }

  /**
   * Spends the link; a weak password does not.
   *
   * @param password needed for `setup`, else ignored
   * @throws DomainError account.linkUsed, account.weakPassword
   */
  async spend(token: string, password: string | null): Promise<Account> {
    const { purpose, account } = await this.look(token);
    const reason = purpose === 'setup' ? passwordFault(password ?? '', account.login) : null;
    if (reason !== null) throw new DomainError('account.weakPassword', { reason });
    const passwordHash = purpose === 'setup' ? await hashPassword(password ?? '') : null;
    await this.database.transaction(async () => {
      if (!(await this.links.spend(sha256Hex(token), this.clock.now()))) throw new DomainError('account.linkUsed');
      if (passwordHash !== null) {
        await this.accounts.setPasswordHash(account.id, passwordHash);
        // Whoever knew the old password is out.
        await this.sessions.endAll(account.id);
      }
      const action = purpose === 'setup' ? 'account.passwordSet' : 'account.signedInByLink';
      await this.audit.record(account.id, action, `account:${account.id}`);
    });
    return account;
  }
}
