import { Injectable } from '@nestjs/common';
import {
  judgePress,
  longestPressMs,
  type PressedPage,
  type PressOutcome,
  pressProof,
  type MemberProven,
} from '../domain/reading/press.js';
import { Clock } from '../platform/clock.js';
import { Gathered } from '../platform/gathered.js';
import { PageMarks } from './page-mark.js';
import { ReadingRepository } from './reading.repository.js';
import { ReadingService } from './reading.service.js';

/** What a press brings. */
export interface Press {
  /** The page's mark. */
  page: string;
  /** The field that no person sees holds something. */
  filled: boolean;
}

/** Marks looked up in one statement. */
const AT_ONCE = 200;

/** Takes presses on the reader's pages, and tells those of programmes from those of persons. */
@Injectable()
export class PressService {
  private readonly decoyed = new Gathered((marks: readonly string[]) => this.copies.decoyed(marks), AT_ONCE);

  constructor(
    private readonly reading: ReadingService,
    private readonly copies: ReadingRepository,
    private readonly marks: PageMarks,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError reading.needsIdentity, or what is wrong with the link */
  async acknowledge(
    token: string,
    { page, filled }: Press,
    identity?: string,
    member: MemberProven | null = null,
  ): Promise<PressOutcome> {
    const pressed = await this.pageOf(token, page);
    const outcome = judgePress(pressed, filled);
    if (outcome === 'machine') await this.caught(token, pressed === null ? null : page, identity);
    if (outcome === 'acknowledged') await this.reading.acknowledge(token, identity, pressProof(pressed!, member));
    return outcome;
  }

  /** Something was submitted that no person sees. @throws DomainError as acknowledge */
  async decoy(token: string, page: string, identity?: string): Promise<void> {
    await this.caught(token, (await this.pageOf(token, page)) === null ? null : page, identity);
  }

  /** The page's script says that a person has it before him; without the page's mark nothing is believed. */
  async opened(token: string, page: string, identity?: string): Promise<void> {
    const pressed = await this.pageOf(token, page);
    if (pressed !== null && !pressed.decoyed) await this.reading.recordOpened(token, identity);
  }

  private async caught(token: string, page: string | null, identity?: string): Promise<void> {
    const now = this.clock.now();
    if (page !== null) await this.copies.keepDecoyed(page, now, new Date(now.getTime() - longestPressMs));
    await this.reading.recordMachine(token, identity);
  }

  private async pageOf(token: string, mark: string): Promise<PressedPage | null> {
    const first = this.marks.ageOf(mark, 'issue', token);
    const ageMs = first ?? this.marks.ageOf(mark, 'again', token);
    if (ageMs === null) return null;
    // Too old to be believed in any case.
    const decoyed = ageMs <= longestPressMs && (await this.decoyed.ask(mark));
    return { ageMs, asked: first === null, decoyed };
  }
}
