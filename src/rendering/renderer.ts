import { Injectable } from '@nestjs/common';
import type { ChannelKind } from '../domain/delivery.js';
import type { EditionContent } from '../domain/issue/edition.js';
import type { ScopeEntry } from '../domain/scope/scope.js';
import { ClassGate } from '../issues/class-gate.js';
import { EditionRepository, type StoredEdition } from '../issues/edition.repository.js';
import { Settings } from '../settings/settings.js';
import { type CodeMessage, composeCode } from './code-message.js';
import { compose, composeDigestMail, type Office, type RenditionOf, restore, templateVersion } from './compose.js';
import { composeDecision, composeDecisionSms, type DecisionMessage } from './decision-message.js';
import type { DigestPart } from './digest.js';
import type { MessageContent } from './message.js';
import { type MessagePreview, previewOf, type PreviewOptions } from './preview.js';
import { Recent } from './recent.js';
import { RenditionRepository } from './rendition.repository.js';
import { fill, type Personal, type Rendition } from './slots.js';

/** Enough for the issues under way: each has a handful of messages of some 12 KB. */
const renditionsKept = 64;
/** Those that a day's digests list. */
const editionsKept = 16;

@Injectable()
export class Renderer {
  private readonly recent = new Recent<Rendition>(renditionsKept);
  private readonly listed = new Recent<StoredEdition>(editionsKept);
  constructor(
    private readonly renditions: RenditionRepository,
    private readonly editions: EditionRepository,
    private readonly gate: ClassGate,
    private readonly settings: Settings,
  ) {}

  /** Anew each time: an SMS account may be entered while the service runs. */
  private get office(): Office {
    return officeOf(this.settings);
  }

  /**
   * One of the edition's messages, composed at first use and the same ever after.
   *
   * @throws Error for an unknown edition, or more than its level lets the channel carry
   */
  async rendition(editionId: string, what: RenditionOf): Promise<Rendition> {
    // Who asked for it himself is told something else than who must have it.
    const audience = what.subscriber ? ':subscriber' : '';
    const format = `${what.channel}:${what.carry}:${what.purpose}:${what.round}${audience}`;
    const key = `${editionId}:${format}`;
    const known = this.recent.get(key);
    if (known) return known;
    const stored =
      (await this.renditions.loadRendition(editionId, format)) ?? (await this.composeOnce(editionId, format, what));
    const rendition = restore(stored, what, this.office);
    this.recent.set(key, rendition);
    return rendition;
  }

  fill(rendition: Rendition, personal: Personal): MessageContent {
    return fill(rendition, personal);
  }

  /** One mail that lists several editions for one person, in the order they were signed. */
  async digest(
    parts: readonly (Omit<DigestPart, 'edition'> & { editionId: string })[],
    person: Pick<Personal, 'name' | 'postTitle' | 'unitName'>,
  ): Promise<MessageContent> {
    const listed = [];
    for (const { editionId, ...part } of parts) listed.push({ part, edition: await this.listedEdition(editionId) });
    listed.sort(
      (a, b) => a.edition.signedAt.getTime() - b.edition.signedAt.getTime() || byNumber(a.edition, b.edition),
    );
    const digest = listed.map(({ part, edition }) => ({ ...part, edition: edition.content }));
    return composeDigestMail(digest, person, this.office);
  }

  /** @param trial the system is on trial */
  decisionMessage(channel: ChannelKind, message: DecisionMessage, trial: boolean): MessageContent {
    const office = { ...this.office, trial };
    return channel === 'sms' ? composeDecisionSms(message, office) : composeDecision(message, office);
  }

  /** @param trial the system is on trial */
  codeMessage(channel: ChannelKind, message: CodeMessage, trial: boolean): MessageContent {
    return composeCode(channel, message, { ...this.office, trial });
  }

  /** What the person would get if the issue were signed as it is. */
  previewMessage(
    edition: EditionContent,
    channel: ChannelKind,
    person: Pick<ScopeEntry, 'name' | 'postTitle' | 'unitName'>,
    options: PreviewOptions = {},
  ): MessagePreview {
    const carry = this.gate.carry(edition.level, channel, options.mailDomain ?? null);
    return previewOf(edition, channel, person, this.office, carry, options);
  }

  private async listedEdition(editionId: string): Promise<StoredEdition> {
    const known = this.listed.get(editionId);
    if (known) return known;
    const edition = await this.editions.loadEdition(editionId);
    if (!edition) throw new Error(`no edition ${editionId}`);
    this.listed.set(editionId, edition);
    return edition;
  }

  private async composeOnce(editionId: string, format: string, what: RenditionOf): Promise<MessageContent> {
    const edition = await this.editions.loadEdition(editionId);
    if (!edition) throw new Error(`no edition ${editionId}`);
    const { slotted } = compose(edition.content, what, this.office);
    await this.renditions.keep(editionId, format, slotted, templateVersion(what, this.office));
    return (await this.renditions.loadRendition(editionId, format)) ?? slotted;
  }
}

const byNumber = (a: StoredEdition, b: StoredEdition): number => (a.content.number ?? 0) - (b.content.number ?? 0);

/** With SMS off, previews show the office's name as signature; sending never asks for them. */
function officeOf({ officeName, http, mode, email, sms }: Settings): Office {
  return {
    officeName,
    publicUrl: http.publicUrl,
    signName: sms?.signName ?? officeName.slice(0, 12),
    smsTemplates: sms?.templates ?? {
      digest: '',
      notice: '',
      reminder: '',
      withdrawal: '',
      code: '',
      subscriber: '',
      decision: '',
    },
    sandbox: mode === 'demo',
    takesReplies: (email?.replyTo ?? null) !== null,
    asksForReplies: sms?.asksForReplies ?? false,
  };
}
