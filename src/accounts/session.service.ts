import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import { randomToken, sha256Hex } from '../platform/crypto.js';
import type { SignedIn } from '../platform/http/request.js';
import { TrialRepository } from './trial.repository.js';
import { SessionRepository } from './session.repository.js';
import { type Role, permissionsOf } from '../domain/roles.js';

const minute = 60_000;
const idle = 30 * minute;
export const sessionHours = 10;
const sessionsPerAccount = 5;

/** Sessions of the console. The cookie holds a random token; the database only its hash. */
@Injectable()
export class SessionService {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly clock: Clock,
    private readonly trials: TrialRepository,
  ) {}

  /** @returns the token for the cookie */
  async start(accountId: string): Promise<string> {
    const now = this.clock.now();
    const token = randomToken(32);
    await this.sessions.deleteExpired(now);
    await this.sessions.insert(sha256Hex(token), accountId, now, new Date(now.getTime() + sessionHours * 60 * minute));
    await this.sessions.deleteOldest(accountId, sessionsPerAccount);
    return token;
  }

  /** Null when the token is unknown, idle too long, too old, or its account was disabled. */
  async find(token: string): Promise<SignedIn | null> {
    const tokenHash = sha256Hex(token);
    const session = await this.sessions.find(tokenHash);
    const now = this.clock.now();
    if (!session || session.account.disabledAt) return null;
    const unseen = now.getTime() - session.lastSeenAt.getTime();
    if (session.expiresAt <= now || unseen > idle) {
      await this.sessions.delete(tokenHash);
      return null;
    }
    // To the minute is enough, and a page with ten requests does not write ten times.
    if (unseen > minute) await this.sessions.touch(tokenHash, now);
    const { id, name, roles, publicationIds } = session.account;
    return {
      id,
      name,
      roles,
      publications: publicationIds,
      permissions: permissionsOf(roles),
      trial: await this.trials.isActive(),
    };
  }

  /** Of a living session, without prolonging it: a page that is left open is no sign of a person. Null when it has ended. */
  async rolesOf(token: string): Promise<readonly Role[] | null> {
    const session = await this.sessions.find(sha256Hex(token));
    const now = this.clock.now();
    if (!session || session.account.disabledAt || session.expiresAt <= now) return null;
    return now.getTime() - session.lastSeenAt.getTime() > idle ? null : session.account.roles;
  }

  async end(token: string): Promise<void> {
    await this.sessions.delete(sha256Hex(token));
  }

  /** Where the account is signed in, newest first. */
  async sessionsOf(accountId: string, token: string): Promise<{ since: Date; lastSeenAt: Date; isThis: boolean }[]> {
    const [own, now] = [sha256Hex(token), this.clock.now()];
    const all = await this.sessions.ofAccount(accountId, now);
    return all
      .filter(({ lastSeenAt }) => now.getTime() - lastSeenAt.getTime() <= idle)
      .map(({ tokenHash, createdAt, lastSeenAt }) => ({ since: createdAt, lastSeenAt, isThis: tokenHash === own }));
  }

  async endOthers(accountId: string, token: string): Promise<void> {
    await this.sessions.deleteOthers(accountId, sha256Hex(token));
  }

  async endAll(accountId: string): Promise<void> {
    await this.sessions.deleteOldest(accountId, 0);
  }
}
