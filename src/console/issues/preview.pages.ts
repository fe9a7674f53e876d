import { Controller, Get, Param } from '@nestjs/common';
import { Asked } from '../../platform/http/form.js';
import type { Actor } from '../../accounts/actor.js';
import { CurrentActor, Needs } from '../../accounts/needs.js';
import type { ChannelKind } from '../../domain/delivery.js';
import { DomainError } from '../../domain/errors/errors.js';
import type { ScopeEntry } from '../../domain/scope/scope.js';
import { bringsPdf } from '../../domain/sending/channel-policy.js';
import { ClassGate } from '../../issues/class-gate.js';
import { contentOf } from '../../issues/content-of.js';
import { IssueRepository, type StoredIssue } from '../../issues/issue.repository.js';
import { PublicationRepository } from '../../issues/publication.repository.js';
import { OrganisationRepository } from '../../organisation/organisation.repository.js';
import { framedHtml, ownHtml, page, type PageReply, type RawReply } from '../../platform/http/page.js';
import { Clock } from '../../platform/clock.js';
import { Settings } from '../../settings/settings.js';
import { View } from '../../platform/view/view.js';
import type { MessagePreview } from '../../rendering/preview.js';
import { pdfName } from '../../rendering/print/edition-prints.js';
import { printPage } from '../../rendering/print-page.js';
import { Renderer } from '../../rendering/renderer.js';
import { issueId } from '../ids.js';
import { IssueHeadRepository } from '../issue-head/issue-head.repository.js';
import { issueName } from '../issue-head/issue-name.js';
import { previewView, readChannel } from './preview-view.js';
import { ScopeOfIssue } from '../scope/scope-of-issue.js';

interface Previewed {
  issue: StoredIssue;
  entries: readonly ScopeEntry[];
  personId: string;
  rendered: MessagePreview;
}

/** The messages of an issue as one of its recipients would get them. */
@Needs('issue.read')
@Controller('issues/:id/preview')
export class PreviewPages {
  constructor(
    private readonly issues: IssueRepository,
    private readonly scopes: ScopeOfIssue,
    private readonly organisation: OrganisationRepository,
    private readonly renderer: Renderer,
    private readonly gate: ClassGate,
    private readonly publications: PublicationRepository,
    private readonly settings: Settings,
    private readonly clock: Clock,
    private readonly view: View,
    private readonly heads: IssueHeadRepository,
  ) {}

  @Get()
  async show(
    @Param('id', issueId) id: string,
    @CurrentActor() actor: Actor,
    @Asked('channel') wanted: string | undefined,
    @Asked('person') person: string | undefined,
    @Asked('who') who: string | undefined,
  ): Promise<PageReply> {
    const channel = readChannel(wanted);
    const { issue, entries, personId, rendered } = await this.preview(id, channel, person);
    const view = previewView({
      issueId: id,
      channel,
      personId,
      entries,
      rendered,
      who: (who ?? '').trim().slice(0, 50),
      ...(await this.asPublished(issue, rendered)),
      template: this.settings.wechat && { fields: this.settings.wechat.fields, now: this.clock.now() },
    });
    const head = await this.heads.headOf(id, actor, 'preview');
    return page('console/issues/preview', { id, head, heading: issueName(issue), ...view });
  }

  @Get('email.html')
  async mail(@Param('id', issueId) id: string, @Asked('person') person: string | undefined): Promise<RawReply> {
    const { rendered } = await this.preview(id, 'email', person);
    if (!('content' in rendered) || rendered.content.kind !== 'email') throw new DomainError('http.notFound');
    return framedHtml(rendered.content.html);
  }

  /** The issue on A4 with its red head, for the office's printer. */
  @Get('print.html')
  async print(@Param('id', issueId) id: string): Promise<RawReply> {
    const issue = await this.issues.loadIssue(id);
    if (issue === null) throw new DomainError('issue.notFound');
    const { content } = await this.scopes.people(issue);
    return ownHtml(printPage(content, this.view.assets.url('print.css')));
  }

  private async preview(id: string, channel: ChannelKind, person: string | undefined): Promise<Previewed> {
    const issue = await this.issues.loadIssue(id);
    if (issue === null) throw new DomainError('issue.notFound');
    const { entries, content } = await this.scopes.people(issue);
    const entry = entries.find(({ personId }) => personId === person) ?? entries[0];
    if (entry === undefined) return { issue, entries, personId: '', rendered: { gateClosed: '' } };
    const mailDomain = await this.mailDomainOf(entry.personId);
    const copyNumber = entries.indexOf(entry) + 1;
    const rendered = this.renderer.previewMessage(content, channel, entry, { mailDomain, copyNumber });
    return { issue, entries, personId: entry.personId, rendered };
  }

  /**
   * What the publication adds: a card has a button where the application hears of presses, and readers are asked to acknowledge; a mail
   * that may carry the full text brings the file, where it is to.
   */
  private async asPublished(
    issue: StoredIssue,
    rendered: MessagePreview,
  ): Promise<{ cardFrom: string | null; attachment: string | null }> {
    const { policy } = await this.publications.ofIssue(issue.id);
    const hasButton = this.settings.wecom?.callback != null && policy.asksAcknowledgement;
    const brings = 'carry' in rendered && bringsPdf(policy, { carry: rendered.carry, purpose: 'initial' });
    return {
      cardFrom: hasButton ? this.settings.officeName : null,
      attachment: brings ? pdfName(contentOf(issue).title) : null,
    };
  }

  /** Of the address that a mail would go to: one in the office's own house where there is one. */
  private async mailDomainOf(personId: string): Promise<string | null> {
    const contacts = await this.organisation.contactsOf([personId]);
    return contacts.map(({ mailDomain }) => mailDomain).find((domain) => this.gate.isOwn(domain)) ?? null;
  }
}
