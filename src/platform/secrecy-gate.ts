import { Injectable } from '@nestjs/common';
import { classifiedLevel, type GatedText } from '../domain/bulletin/classification.js';
import { DomainError } from '../domain/errors/errors.js';
import { Audit } from './audit.js';
import { sha256Hex } from './crypto.js';

/** No text with the mark of a state secret is stored, wherever it is typed. Of what is refused only hash and time stay. */
@Injectable()
export class SecrecyGate {
  constructor(private readonly audit: Audit) {}

  /**
   * Outside the transaction of the act, so that the trail of the refusal stays.
   *
   * @throws DomainError issue.classifiedText
   */
  async pass(actorId: string, subject: string, text: GatedText): Promise<void> {
    if (classifiedLevel(text) === null) return;
    const sourceHash = sha256Hex(Buffer.from([...text.head, ...text.edge, ...text.body].join('\n')));
    await this.audit.record(actorId, 'issue.refusedClassified', subject, { sourceHash });
    throw new DomainError('issue.classifiedText');
  }

  /** Of a reason, a note or an answer. */
  async passNote(actorId: string, subject: string, ...texts: readonly (string | null | undefined)[]): Promise<void> {
    await this.pass(actorId, subject, { head: [], edge: [], body: texts.filter((text) => typeof text === 'string') });
  }
}
