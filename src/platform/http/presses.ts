import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { DomainError } from '../../domain/errors/errors.js';
import { Clock } from '../clock.js';
import { randomToken, sha256Hex } from '../crypto.js';
import { fieldsOf } from './drafts.js';
import { PressRepository } from './press.repository.js';

const field = '_page';
const minute = 60_000;
/** After that a page is loaded anew anyway: its session has ended. */
const remembered = 24 * 60 * minute;
/** A press that was cut off in the middle, by a crash, may be repeated then. */
const cutOff = 2 * minute;
/** How long the second of two presses waits for the first. */
const patience = { looks: 100, everyMs: 100 };

const postForm = /<form\b(?=[^>]*\bmethod="post")[^>]*>/gi;

/**
 * Every form of a page says which page it was pressed on. The same form with the same fields, pressed on the same page a second
 * time, at once or after going back, is carried out once; the second press is led to where the first one led.
 */
@Injectable()
export class Presses {
  constructor(
    private readonly store: PressRepository,
    private readonly clock: Clock,
  ) {}

  /** Gives the page a name in all its forms. */
  mark(html: string): string {
    const hidden = `<input type="hidden" name="${field}" value="${randomToken(9)}">`;
    return html.replace(postForm, (form) => form + hidden);
  }

  /**
   * @returns the key of a press that is to be carried out now, or where the one before it led; null for a form without a page,
   * as programs send it
   * @throws DomainError http.underWay when the first one takes too long
   */
  async begin(request: FastifyRequest): Promise<{ key: string } | { leadsTo: string } | null> {
    const page = takePage(request);
    if (request.signedIn === undefined || page === null) return null;
    const key = sha256Hex(JSON.stringify([request.signedIn.id, page, request.url, fieldsOf(request.body)]));
    for (let looks = 0; looks < patience.looks; looks++) {
      const now = this.clock.now();
      if (await this.store.begin(key, now, new Date(now.getTime() - cutOff))) {
        await this.store.forgetBefore(new Date(now.getTime() - remembered));
        return { key };
      }
      const first = await this.store.find(key);
      if (first?.leadsTo) return { leadsTo: first.leadsTo };
      await new Promise((done) => setTimeout(done, patience.everyMs));
    }
    throw new DomainError('http.underWay');
  }

  async done(key: string, leadsTo: string): Promise<void> {
    await this.store.finish(key, leadsTo);
  }

  /** Nothing was done: the same press is carried out when it comes again. */
  async undone(key: string): Promise<void> {
    await this.store.forget(key);
  }
}

/** Takes the name of the page off the form: whoever reads the form knows its own fields only. */
export function takePage({ body }: Pick<FastifyRequest, 'body'>): string | null {
  if (typeof body !== 'object' || body === null || !(field in body)) return null;
  const page = body[field];
  delete body[field];
  return typeof page === 'string' ? page : null;
}
