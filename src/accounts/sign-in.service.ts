import { Injectable } from '@nestjs/common';
import { DomainError } from '../domain/errors/errors.js';
import { Audit } from '../platform/audit.js';
import { Clock } from '../platform/clock.js';
import { type Account, AccountRepository } from './account.repository.js';
import { normalLogin } from './account.service.js';
import { isPassword } from './password.js';

export const lockMinutes = 15;

@Injectable()
export class SignInService {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /**
   * One answer, after one time, for an unknown login, a wrong password, no password yet and a locked account.
   *
   * @throws DomainError account.signInFailed; account.disabled for somebody who has proven to be its owner
   */
  async signIn(login: string, password: string): Promise<Account> {
    const now = this.clock.now();
    const account = await this.accounts.byLogin(normalLogin(login));
    const lockUntil = new Date(now.getTime() + lockMinutes * 60_000);
    const mayTry = account !== null && (await this.accounts.claimTry(account.id, now, lockUntil));
    const right = await isPassword(mayTry ? account.passwordHash : null, password);
    if (!right || account === null) {
      // What was typed as a login may be a password: it is not written down.
      const subject = account ? `account:${account.id}` : 'account:unknown';
      await this.audit.record(account?.id ?? 'unknown', 'account.signInFailed', subject, {
        locked: account !== null && !mayTry,
      });
      throw new DomainError('account.signInFailed');
    }
    await this.accounts.clearFailures(account.id);
    if (account.disabledAt) throw new DomainError('account.disabled');
    await this.audit.record(account.id, 'account.signedIn', `account:${account.id}`);
    return account;
  }
}
