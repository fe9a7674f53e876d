import { randomBytes } from 'node:crypto';

export interface WecomTokens {
  /** The same token within its life, as the vendor gives it. */
  issue(now: number): { token: string; expiresInSeconds: number };
  /** 0, or the vendor's code for a token it does not take. */
  check(token: string | null, now: number): 0 | 41001 | 40014 | 42001;
}

export function wecomTokens(lifeSeconds: number): WecomTokens {
  const issued = new Map<string, number>();
  let current: string | null = null;

  return {
    issue(now) {
      if (current === null || (issued.get(current) ?? 0) <= now) {
        current = randomBytes(48).toString('base64url');
        issued.set(current, now + lifeSeconds * 1000);
      }
      return { token: current, expiresInSeconds: Math.round(((issued.get(current) ?? now) - now) / 1000) };
    },
    check(token, now) {
      if (!token) return 41001;
      const until = issued.get(token);
      if (until === undefined) return 40014;
      return until <= now ? 42001 : 0;
    },
  };
}
