/**
 * How guesses at codes are slowed without keeping anybody out. Every code is looked up once, right ones pass at once whoever
 * else is guessing; only wrong answers get slower.
 *
 * The arithmetic. A code has 10 digits and lives 72 hours, so that a guess hits one of L living codes with L / 10^10: 115 people,
 * 1.2 × 10^-8; 100,000 people, 10^-5. As long as the guesses of a day make fewer than 0.001 expected hits for one network and 0.01
 * for all together, whoever has a right code is a person but for that chance. Beyond (115 people: 86,957 guesses from one
 * network; 100,000 people: 100), the four last digits of the mobile are needed besides, 10^-4 more; the answer is then the
 * same for a right code without them as for a wrong one. A form that comes back after a wrong try asks for them before that;
 * whoever opens the page anew is not held to the tries of his neighbours. For an internal issue they are needed in any case,
 * and five wrong ones a day end it: 0.01 × 5 × 10^-4 are five in a million a day for whoever guesses with all the networks of the world.
 */
export const codeDigits = 10;

/** A code may be used so long after the last SMS that brought it. */
export const codeLifeMs = 72 * 3_600_000;

/** Wrong codes from one network that are answered at once; one more may be tried every 90 seconds. */
export const freeGuesses = 10;
export const guessDrainSeconds = 90;

/** However much somebody guessed: his neighbours are told to wait an hour at most. */
export const mostGuessLevel = freeGuesses + 40;

/** Guesses are added up for a day. */
export const guessMemoryMs = 24 * 3_600_000;

/** Wrong ends of a mobile beside a right code. */
export const freeTails = 5;

const luckAllowed = { network: 1 / 1000, all: 1 / 100 };

/** Seconds until the next wrong code is answered at once; 0 when this one is. The more were wrong, the longer. */
export function waitAfterWrong(level: number): number {
  return level <= freeGuesses ? 0 : Math.ceil((level - freeGuesses) * guessDrainSeconds);
}

/** Whether so many guesses may have hit one of so many living codes by chance. */
export function mayBeLuck(tries: { network: number; all: number }, livingCodes: number): boolean {
  const luck = (count: number) => (count * livingCodes) / 10 ** codeDigits;
  return luck(tries.network) > luckAllowed.network || luck(tries.all) > luckAllowed.all;
}

/** What one guesser has: an IPv4 address, or the /64 that a provider gives to every customer (RFC 6177, 2). */
export function networkOf(address: string): string {
  const plain = address.toLowerCase().replace(/%.*$/, '');
  const mapped =
    /^(?:0*:){1,5}(?:ffff:)(\d+\.\d+\.\d+\.\d+)$/.exec(plain) ?? /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(plain);
  if (mapped) return mapped[1]!;
  if (!plain.includes(':')) return plain;
  const [head = '', tail] = plain.split('::');
  const words = (part: string) => part.split(':').filter(Boolean);
  const [first, last] = [words(head), words(tail ?? '')];
  const missing = tail === undefined ? 0 : Math.max(0, 8 - first.length - last.length);
  const all = [...first, ...Array.from({ length: missing }, () => '0'), ...last];
  return `${all
    .slice(0, 4)
    .map((word) => word.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`;
}
