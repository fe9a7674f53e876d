import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SandboxAnswer, SandboxRequest, SandboxRoute } from './http.js';
import { pause } from './pace.js';
import { fraction } from './recipient-choice.js';

export interface RandomFaultOptions {
  /** The same seed draws the same faults for the same references. */
  seed: string;
  /** Share of first tries that go wrong, 0..1; later ones go well, because a third try is minutes away, but for what lasts. */
  share: number;
  /** Whether each provider also says once that it is called too often, which closes its channel for a minute. */
  throttle?: boolean;
  /** How long a provider that will not answer keeps the client waiting before the link is cut. */
  silenceMs?: number;
}

const callFaults = [
  'slowAnswer',
  'silentBefore',
  'silentAfter',
  'cutBefore',
  'cutAfter',
  'errorBefore',
  'errorAfter',
  'busy',
  'throttled',
] as const;
type CallFault = (typeof callFaults)[number];

/** The moment of an SMTP session at which something goes wrong; `busy…` answers 4xx, the others cut the link. */
export const mailFaults = [
  'cutAtMail',
  'cutAtRecipient',
  'cutInData',
  'cutAfterDot',
  'silentAfterDot',
  'busyAtMail',
  'busyAtRecipient',
  'busyAfterDot',
  'lateAfterDot',
  'closedAfterDot',
] as const;
export type MailFault = (typeof mailFaults)[number];

/**
 * A server that takes every copy of a message and never says so in time, nor notifies later: it answers after the client has
 * given up, or closes after the last dot. Each try in doubt must not bring another.
 */
export const lastsForever = (fault: MailFault | null): boolean =>
  fault === 'lateAfterDot' || fault === 'closedAfterDot';

export type SessionFault = 'cutAtGreeting' | 'cutAtHello' | 'cutAtLogin';
export type ReportFault = 'twice' | 'never';

/** What goes wrong at random, for every provider; kept in `faults.jsonl`, so that a judge can tell what was provoked. */
export class RandomFaults {
  readonly silenceMs: number;
  private readonly tries = new Map<string, number>();
  private readonly throttled = new Set<string>();
  private readonly lasting = new Map<string, MailFault>();

  constructor(
    private readonly options: RandomFaultOptions,
    private readonly dir: string,
  ) {
    this.silenceMs = options.silenceMs ?? 4000;
  }

  /** @param about what stays the same from run to run, such as a number; `reference` goes into the notes */
  call(provider: string, about: string, reference = about): CallFault | null {
    const fault = this.draw(callFaults, provider, about);
    // One limit closes a channel for a minute: enough to see that it opens again.
    if (fault === 'throttled' && (!this.options.throttle || this.throttled.has(provider))) return null;
    if (fault === 'throttled') this.throttled.add(provider);
    return this.noted(fault, provider, reference);
  }

  mail(reference: string): MailFault | null {
    const fault = this.lasting.get(reference) ?? this.draw(mailFaults, 'smtp', reference);
    if (fault && lastsForever(fault)) this.lasting.set(reference, fault);
    return this.noted(fault, 'smtp', reference);
  }

  session(number: number): SessionFault | null {
    const faults = ['cutAtGreeting', 'cutAtHello', 'cutAtLogin'] as const;
    return this.draw(faults, 'session', String(number));
  }

  report(reference: string): ReportFault | null {
    const luck = fraction(this.options.seed, 'report', reference);
    if (luck < this.options.share) return 'twice';
    return luck < this.options.share * 1.5 ? 'never' : null;
  }

  private draw<T extends string>(faults: readonly T[], provider: string, reference: string): T | null {
    const key = `${provider} ${reference}`;
    const before = this.tries.get(key) ?? 0;
    this.tries.set(key, before + 1);
    const share = before === 0 ? this.options.share : 0;
    const luck = fraction(this.options.seed, key, before);
    return luck < share ? faults[Math.floor((luck / share) * faults.length)]! : null;
  }

  private noted<T extends string>(fault: T | null, provider: string, reference: string): T | null {
    const line = { at: new Date().toISOString(), provider, reference, fault };
    if (fault) appendFileSync(join(this.dir, 'faults.jsonl'), `${JSON.stringify(line)}\n`);
    return fault;
  }
}

const gatewayErrors = [400, 500, 502, 504] as const;

/** The same provider behind a bad line and a moody gateway. `subjectOf` names what a request is about. */
export function behindFaults(
  route: SandboxRoute,
  faults: RandomFaults | undefined,
  provider: string,
  subjectOf: (request: SandboxRequest) => { about: string; reference?: string },
  stopped: AbortSignal,
): SandboxRoute {
  if (!faults) return route;
  const broken = (about: string): SandboxAnswer => {
    const status = gatewayErrors[Math.floor(fraction('status', about) * gatewayErrors.length)]!;
    return { status, type: 'text/html', body: '<h1>gateway</h1>' };
  };
  return async (request) => {
    const { about, reference } = subjectOf(request);
    const fault = faults.call(provider, about, reference);
    if (fault === 'cutBefore') return 'cut';
    if (fault === 'silentBefore') return pause(faults.silenceMs, stopped).then(() => 'cut');
    if (fault === 'errorBefore') return broken(about);
    if (fault === 'busy') return { status: 503, type: 'text/plain', body: 'busy' };
    if (fault === 'throttled') return { status: 429, type: 'text/plain', body: 'slow down' };
    const answer = await route(request);
    if (fault === 'cutAfter') return 'cut';
    if (fault === 'errorAfter') return broken(about);
    if (fault === 'silentAfter') return pause(faults.silenceMs, stopped).then(() => 'cut');
    if (fault === 'slowAnswer') await pause(faults.silenceMs / 2, stopped);
    return answer;
  };
}
