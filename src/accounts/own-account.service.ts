import { Injectable } from '@nestjs/common';
import { DomainError } from '../domain/errors/errors.js';
import { Audit } from '../platform/audit.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database.js';
import { AccountRepository } from './account.repository.js';
import { hashPassword, isPassword, passwordFault } from './password.js';
import { SessionService } from './session.service.js';
import { lockMinutes } from './sign-in.service.js';

/** What somebody who is signed in changes of his own account. */
@Injectable()
export class OwnAccountService {
  constructor(
    private readonly database: Database,
    private readonly accounts: AccountRepository,
    private readonly sessions: SessionService,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /**
   * Ends every other session: whoever knew the old password is out. A wrong old password counts as a failed sign-in, so that
   * a screen left open is no place to guess it.
   *
   * @throws DomainError account.wrongPassword, account.locked, account.weakPassword
   */
  async changePassword(accountId: string, current: string, next: string, token: string): Promise<void> {
    const account = await this.accounts.byId(accountId);
    if (account === null) throw new DomainError('account.notFound');
    const now = this.clock.now();
    const lockUntil = new Date(now.getTime() + lockMinutes * 60_000);
    if (!(await this.accounts.claimTry(accountId, now, lockUntil)))
      throw new DomainError('account.locked', { minutes: lockMinutes });
    if (!(await isPassword(account.passwordHash, current))) {
      await this.audit.record(accountId, 'account.signInFailed', `account:${accountId}`, { locked: false });
      throw new DomainError('account.wrongPassword');
    }
    await this.accounts.clearFailures(accountId);
    const reason = current === next ? '新密码不能与原密码相同。' : passwordFault(next, account.login);
    if (reason !== null) throw new DomainError('account.weakPassword', { reason });
    const passwordHash = await hashPassword(next);
    await this.database.transaction(async () => {
      await this.accounts.setPasswordHash(accountId, passwordHash);
      await this.sessions.endOthers(accountId, token);
      await this.audit.record(accountId, 'account.passwordChanged', `account:${accountId}`);
    });
  }

  async endOtherSessions(accountId: string, token: string): Promise<void> {
    await this.database.transaction(async () => {
      await this.sessions.endOthers(accountId, token);
      await this.audit.record(accountId, 'account.sessionsEnded', `account:${accountId}`);
    });
  }
}
