import { Injectable } from '@nestjs/common';
import { linkCode, linkToken } from '../dispatch/plan/link.js';
import { ResendService } from '../dispatch/acts/resend.service.js';
import { DomainError } from '../domain/errors/errors.js';
import {
  codeDigits,
  codeLifeMs,
  freeGuesses,
  freeTails,
  mayBeLuck,
  networkOf,
  waitAfterWrong,
} from '../domain/reading/guessing.js';
import { readingPageNeedsIdentity } from '../domain/issue/secrecy.js';
import { readMobileTail, readTypedCode } from '../domain/reading/typed-code.js';
import { Clock } from '../platform/clock.js';
import { sameText, Vault } from '../platform/crypto.js';
import { GuessRepository, type Guesses } from './guess.repository.js';
import { type ReadableCopy, ReadingRepository } from './reading.repository.js';
import { ReadingService } from './reading.service.js';

export interface TypedIn {
  code: string;
  /** The four last digits of the mobile, where they were asked for; else empty. */
  tail: string;
}

/** How long the number of living codes is believed. */
const countedForMs = 10 * 60_000;

/**
 * Codes that people bring to the reader's pages. A guess is counted before it is looked at, in PostgreSQL for all processes; a
 * right code is taken off again. See domain/guessing for what is slowed and when more than the code is asked.
 */
@Injectable()
export class CodeService {
  private living = { count: 0, until: 0 };

  constructor(
    private readonly copies: ReadingRepository,
    private readonly guesses: GuessRepository,
    private readonly reading: ReadingService,
    private readonly resends: ResendService,
    private readonly vault: Vault,
    private readonly clock: Clock,
  ) {}

  /**
   * The code from the SMS leads to the same page as the link.
   *
   * @throws DomainError reading.codeUnreadable, which is no try; reading.codeWrong, reading.tooManyTries, reading.tailNeeded;
   * reading.codeExpired
   */
  async tokenForCode(typed: TypedIn, client: string): Promise<string> {
    const copy = await this.copyBehind(typed, client);
    await this.mustLive(copy);
    return linkToken(this.vault, copy.copyId, copy.linkNonce);
  }

  /** In place of a code that has run out. @throws DomainError as tokenForCode, reading.noCodeAddress */
  async renew(typed: TypedIn, client: string): Promise<void> {
    const { copyId } = await this.copyBehind(typed, client);
    await this.resends.resendBySms(copyId);
  }

  /**
   * The code was sent to nothing but the person's mobile: who has both link and code is the person.
   *
   * @returns a proof for this browser's cookie
   * @throws DomainError as tokenForCode, or what is wrong with the link
   */
  async confirmIdentity(token: string, typed: string, client: string): Promise<{ proof: string }> {
    const copy = await this.reading.live(token);
    const code = readable(typed);
    const keys = [...this.keysOf(client), this.vault.lookupHash('guess', `copy ${copy.copyId}`)];
    const counted = await this.guesses.count(keys, this.clock.now());
    if (!sameText(code, linkCode(this.vault, copy.copyId, copy.codeNonce))) throw wrong(counted, false);
    await this.guesses.takeBack(keys);
    await this.mustLive(copy);
    return { proof: this.reading.proofFor(token) };
  }

  private async copyBehind({ code, tail }: TypedIn, client: string): Promise<ReadableCopy> {
    const codeHash = this.vault.lookupHash('code', readable(code));
    const keys = this.keysOf(client);
    const counted = await this.guesses.count(keys, this.clock.now());
    const flooded = await this.isFlooded(counted, keys);
    const copy = await this.copies.find({ codeHash });
    const sent = copy && (await this.guesses.codeSent(copy.copyId));
    if (!copy || !sent?.at) throw wrong(counted, flooded || tail !== '');
    if (tail !== '' || flooded || readingPageNeedsIdentity(copy.level)) {
      const digits = readMobileTail(tail);
      if (digits === null) {
        if (flooded) throw wrong(counted, true);
        await this.guesses.takeBack(keys);
        throw new DomainError('reading.tailNeeded', { tail: true });
      }
      const own = this.vault.lookupHash('guess', `tail ${copy.copyId}`);
      const tried = (await this.guesses.count([own], this.clock.now())).get(own)!;
      if (tried.tries > freeTails || !sent.tails.includes(digits)) throw wrong(counted, true);
      await this.guesses.takeBack([own]);
    }
    await this.guesses.takeBack(keys);
    return copy;
  }

  private async mustLive({ copyId }: ReadableCopy): Promise<void> {
    const { at } = await this.guesses.codeSent(copyId);
    if (at && this.clock.now().getTime() - at.getTime() > codeLifeMs) throw new DomainError('reading.codeExpired');
  }

  private async isFlooded(counted: ReadonlyMap<string, Guesses>, [network, all]: readonly string[]): Promise<boolean> {
    const tries = { network: counted.get(network!)!.tries, all: counted.get(all!)!.tries };
    if (tries.network <= freeGuesses && tries.all <= freeGuesses) return false;
    const now = this.clock.now().getTime();
    if (this.living.until <= now)
      this.living = {
        count: await this.guesses.livingCodes(new Date(now - codeLifeMs)),
        until: now + countedForMs,
      };
    return mayBeLuck(tries, this.living.count);
  }

  /** No address is stored. */
  private keysOf(client: string): string[] {
    return [this.vault.lookupHash('guess', `net ${networkOf(client)}`), 'all'];
  }
}

/** @throws DomainError reading.codeUnreadable */
function readable(typed: string): string {
  const read = readTypedCode(typed, codeDigits);
  if ('fault' in read) throw new DomainError('reading.codeUnreadable', { reason: read.fault });
  return read.code;
}

/** @param tail the code was wrong, or the end of the mobile beside it */
function wrong(counted: ReadonlyMap<string, Guesses>, tail: boolean): DomainError {
  const level = Math.max(...[...counted].map(([key, guesses]) => (key === 'all' ? 0 : guesses.level)));
  const seconds = waitAfterWrong(level);
  return seconds === 0
    ? new DomainError('reading.codeWrong', { tail })
    : new DomainError('reading.tooManyTries', { tail, seconds });
}
