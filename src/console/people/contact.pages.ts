import { Controller, Get, Param, Post } from '@nestjs/common';
import { z } from 'zod';
import type { Actor } from '../../accounts/actor.js';
import { CurrentActor, Needs } from '../../accounts/needs.js';
import { ChannelRegistry } from '../../channels/channel-registry.js';
import { contactText } from '../../domain/people/contact-address.js';
import { channelKinds, type ChannelKind } from '../../domain/delivery.js';
import { DomainError } from '../../domain/errors/errors.js';
import { mayDo } from '../../domain/roles.js';
import { PreferenceService } from '../../organisation/preference.service.js';
import { ContactRepository, type KeptContact } from '../../organisation/contact.repository.js';
import { ContactService } from '../../organisation/contact.service.js';
import { bindingView } from '../../reading/binding-view.js';
import { WechatBindingService } from '../../reading/wechat-binding.service.js';
import { Settings } from '../../settings/settings.js';
import { Clock } from '../../platform/clock.js';
import { Form, type FormFault, Search } from '../../platform/http/form.js';
import { page, type PageReply, seeOther, type SeeOther } from '../../platform/http/page.js';
import { confirmChange, confirmedField } from '../confirm-change.js';
import { contactCards } from './contact-view.js';
import { recordId } from '../ids.js';

const addressForm = z.object({ address: z.string().max(300).default('') });
const reasonForm = z.object({ reason: z.string().trim().max(200).default('') });
const codeForm = z.object({ code: z.string().max(4000).default('') });
const removeForm = z.object({ confirmed: confirmedField });
const search = z.object({
  done: z.enum(['saved', 'removed', 'cleared', 'sent', 'verified']).optional().catch(undefined),
});

const doneText = {
  saved: '联系方式已保存，从下一条消息起使用。',
  removed: '联系方式已删除。',
  cleared: '已恢复，下一期起重新向它发送。',
  sent: '验证码已经发出，15分钟内有效。请本人把收到的6位数字告诉您，填在下面。',
  verified: '已验证：本人确实在这个地址收得到。',
};

interface Shown {
  faults?: FormFault[];
  /** Only on the answer to a request with a reason. */
  revealed?: { kind: ChannelKind; address: string } | null;
  /** What was typed as code, where it was refused. */
  code?: { kind: string; text: string };
  done?: string | null;
  status?: number;
}

/** One person's addresses: masked, with their health; changed, proven and, for a reason, shown. */
@Needs('list.read')
@Controller('people/:person/contacts')
export class ContactPages {
  constructor(
    private readonly rows: ContactRepository,
    private readonly contacts: ContactService,
    private readonly preferences: PreferenceService,
    private readonly bindings: WechatBindingService,
    private readonly settings: Settings,
    private readonly channels: ChannelRegistry,
    private readonly clock: Clock,
  ) {}

  @Get()
  show(
    @Param('person', recordId) person: string,
    @Search(search) { done }: z.infer<typeof search>,
    @CurrentActor() actor: Actor,
  ): Promise<PageReply> {
    return this.render(person, actor, { done: done ? doneText[done] : null });
  }

  /** A code that binds whoever scans it, for some minutes and once. */
  @Needs('contact.edit')
  @Post('wechat/bind')
  async bind(@Param('person', recordId) person: string, @CurrentActor() actor: Actor): Promise<PageReply> {
    try {
      const offer = await this.bindings.offer(person, actor);
      const name = (await this.rows.person(person))?.name ?? '';
      const demoUrl = this.settings.sandboxUrl === null ? null : offer.picture.url;
      return page('console/people/wechat-bind', { person, name, ...bindingView(offer), demoUrl });
    } catch (error) {
      if (!(error instanceof DomainError) || !error.code.startsWith('contact.')) throw error;
      const faults = [{ field: '', message: error.message }];
      return this.render(person, actor, { faults, status: error.status });
    }
  }

  @Needs('contact.edit')
  @Post(':kind')
  async save(
    @Param('person', recordId) person: string,
    @Param('kind') kind: string,
    @Form(addressForm) { address }: z.infer<typeof addressForm>,
    @CurrentActor() actor: Actor,
  ): Promise<PageReply | SeeOther> {
    const channel = channelOf(kind);
    return this.act(person, actor, 'saved', `address-${channel}`, () =>
      this.contacts.enter(person, channel, address, actor),
    );
  }

  @Needs('contact.edit')
  @Post(':kind/remove')
  async remove(
    @Param('person', recordId) person: string,
    @Param('kind') kind: string,
    @Form(removeForm) { confirmed }: z.infer<typeof removeForm>,
    @CurrentActor() actor: Actor,
  ): Promise<PageReply | SeeOther> {
    if (confirmed === undefined) {
      const [contact, known] = await Promise.all([this.of(person, kind), this.rows.person(person)]);
      const label = contactText[contact.kind];
      return confirmChange({
        title: `删除${known?.name ?? ''}的${label}`,
        action: `/people/${person}/contacts/${kind}/remove`,
        fields: {},
        lines: [`删除${label}${contact.masked}，以后不再向它发送。`],
        warnings: [],
        submit: `删除${label}`,
        back: `/people/${person}/contacts`,
        nav: 'contacts',
        undo: '删去的号码或地址不能恢复，要再用时须重新登记',
      });
    }
    return this.act(person, actor, 'removed', '', async () =>
      this.contacts.remove((await this.of(person, kind)).id, actor),
    );
  }

  @Needs('contact.edit')
  @Post(':kind/clear')
  clear(@Param('person', recordId) person: string, @Param('kind') kind: string, @CurrentActor() actor: Actor) {
    return this.act(person, actor, 'cleared', '', async () =>
      this.contacts.clearBad((await this.of(person, kind)).id, actor),
    );
  }

  @Needs('contact.edit')
  @Post(':kind/code')
  sendCode(@Param('person', recordId) person: string, @Param('kind') kind: string, @CurrentActor() actor: Actor) {
    return this.act(person, actor, 'sent', '', async () => {
      await this.contacts.sendCode((await this.of(person, kind)).id, `account:${actor.id}`, actor);
    });
  }

  @Needs('contact.edit')
  @Post(':kind/confirm')
  confirm(
    @Param('person', recordId) person: string,
    @Param('kind') kind: string,
    @Form(codeForm) { code }: z.infer<typeof codeForm>,
    @CurrentActor() actor: Actor,
  ) {
    const work = async () => this.contacts.confirm((await this.of(person, kind)).id, code, actor);
    return this.act(person, actor, 'verified', `code-${kind}`, work, { kind, text: code });
  }

  /** The number stands on this one answer only, which no cache keeps. */
  @Needs('contact.reveal')
  @Post(':kind/reveal')
  async reveal(
    @Param('person', recordId) person: string,
    @Param('kind') kind: string,
    @Form(reasonForm) { reason }: z.infer<typeof reasonForm>,
    @CurrentActor() actor: Actor,
  ): Promise<PageReply> {
    const channel = channelOf(kind);
    if (reason.length < 2) {
      const faults = [{ field: `reason-${channel}`, message: '请写明查看的理由，会记入留痕。' }];
      return this.render(person, actor, { faults, status: 422 });
    }
    const { address } = await this.contacts.reveal((await this.of(person, kind)).id, reason, actor);
    return this.render(person, actor, { revealed: { kind: channel, address } });
  }

  /** A link for somebody who has no issue at hand: it opens his settings, and nothing else of his. */
  @Needs('contact.edit')
  @Post('preferences/link')
  async preferenceLink(@Param('person', recordId) person: string, @CurrentActor() actor: Actor): Promise<PageReply> {
    const link = await this.preferences.issueLink(person, actor);
    return page('console/people/preference-link', { person, link });
  }

  private async act(
    person: string,
    actor: Actor,
    done: keyof typeof doneText,
    field: string,
    work: () => Promise<void>,
    code?: Shown['code'],
  ): Promise<PageReply | SeeOther> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof DomainError) || !/^(list\.contact|contact\.)/.test(error.code)) throw error;
      const faults = [{ field, message: error.message }];
      return this.render(person, actor, { faults, status: error.status, code });
    }
    return seeOther(`/people/${person}/contacts?done=${done}`);
  }

  private async of(person: string, kind: string): Promise<KeptContact> {
    const found = (await this.rows.ofPerson(person)).find((one) => one.kind === kind);
    if (!found) throw new DomainError('contact.notFound');
    return found;
  }

  private async render(person: string, actor: Actor, shown: Shown): Promise<PageReply> {
    const found = await this.rows.person(person);
    if (!found) throw new DomainError('list.personNotFound');
    const cards = contactCards(await this.rows.ofPerson(person), this.channels.kinds(), this.clock.now());
    const faults = shown.faults ?? [];
    return page(
      'console/people/contact',
      {
        person,
        name: found.name,
        posts: found.posts.join('；'),
        wiped: found.wipedAt,
        cards: cards.map((card) => ({
          ...card,
          shown: shown.revealed?.kind === card.kind ? shown.revealed.address : null,
          code: shown.code?.kind === card.kind ? shown.code.text : '',
        })),
        done: shown.done ?? null,
        faults,
        mayEdit: mayDo(actor.roles, 'contact.edit') && found.wipedAt === null,
        mayBind: this.bindings.isOpen,
        mayReveal: mayDo(actor.roles, 'contact.reveal'),
      },
      { status: shown.status ?? 200 },
    );
  }
}

function channelOf(kind: string): ChannelKind {
  const channel = channelKinds.find((one) => one === kind);
  if (!channel) throw new DomainError('http.notFound');
  return channel;
}
