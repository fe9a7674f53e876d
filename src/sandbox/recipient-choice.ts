import { createHash } from 'node:crypto';
import type { ChannelKind } from '../domain/delivery.js';

/** Shares of those who got something; what is left ignores it. */
export interface Behaviour {
  acknowledge: number;
  openOnly: number;
  /** Of those who had not acknowledged, once reminded. */
  acknowledgeAfterReminder: number;
}

export const usualBehaviour: Behaviour = { acknowledge: 0.7, openOnly: 0.12, acknowledgeAfterReminder: 0.5 };

export type Act = 'acknowledge' | 'open' | 'ignore';

/** The same person, round and seed always choose the same. */
export function chooseAct(behaviour: Behaviour, seed: string, person: string, round: number, isReminder: boolean): Act {
  const luck = fraction(seed, person, round, 'act');
  if (isReminder) return luck < behaviour.acknowledgeAfterReminder ? 'acknowledge' : 'ignore';
  if (luck < behaviour.acknowledge) return 'acknowledge';
  return luck < behaviour.acknowledge + behaviour.openOnly ? 'open' : 'ignore';
}

/** The channel somebody looks at first, of those that brought something. */
export function chooseChannel(
  kinds: readonly ChannelKind[],
  seed: string,
  person: string,
  round: number,
): ChannelKind | undefined {
  return [...kinds].sort((a, b) => fraction(seed, person, round, a) - fraction(seed, person, round, b))[0];
}

/** Evenly spread in [0, 1). */
export function fraction(...parts: readonly (string | number)[]): number {
  return createHash('sha256').update(parts.join('\n')).digest().readUInt32BE(0) / 2 ** 32;
}
