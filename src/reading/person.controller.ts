import { Body, Controller, Get, Header, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { clockText } from '../domain/sending/daily-digest.js';
import { DomainError } from '../domain/errors/errors.js';
import { readPreference, type TypedPreference } from '../domain/sending/preference.js';
import { AmendmentService } from '../organisation/amendment.service.js';
import { ContactRepository } from '../organisation/contact.repository.js';
import { ContactService } from '../organisation/contact.service.js';
import { PreferenceService } from '../organisation/preference.service.js';
import { Limited, Public } from '../platform/http/access.js';
import { Asked, Form, type FormFault } from '../platform/http/form.js';
import { page, type PageReply, seeOther, type SeeOther } from '../platform/http/page.js';
import { largeTypeCookie } from '../platform/http/request.js';
import { Settings } from '../settings/settings.js';
import { bindingView } from './binding-view.js';
import { MyDataService } from './my-data.service.js';
import { myDataView, preferencePage, typedOf } from './person-view.js';
import { ReaderIdentity } from './reader-identity.js';
import { readerProblem } from './reader-problem.js';
import { WechatBindingService } from './wechat-binding.service.js';
import { type ReaderView, ReadingService } from './reading.service.js';

const hour = z.string().max(2).default('');
const preferenceForm = z.object({
  'place-1': z.string().max(10).default(''),
  'place-2': z.string().max(10).default(''),
  'place-3': z.string().max(10).default(''),
  quietFrom: hour,
  quietUntil: hour,
  dailyDigest: z.literal('yes').optional(),
  largeType: z.literal('yes').optional(),
  onPaper: z.literal('yes').optional(),
});
const amendmentForm = z.object({ text: z.string().max(2000).default('') });
const codeForm = z.object({ code: z.string().max(4000).default('') });

const mostText = 1000;
const year = 365 * 86_400;
const doneText = new Map<string | undefined, string>(
  Object.entries({
    amended: '已提交，办公室处理后会在本页答复。',
    sent: '验证码已发出，15分钟内有效。请填在对应的联系方式下面。',
    verified: '已核对，谢谢。',
  }),
);

/** What a recipient sees and decides about himself: 我的信息 and 接收偏好, behind the same link and proof as the reading page. */
@Public()
@Controller()
export class PersonController {
  constructor(
    private readonly reading: ReadingService,
    private readonly identity: ReaderIdentity,
    private readonly myData: MyDataService,
    private readonly contacts: ContactService,
    private readonly contactRows: ContactRepository,
    private readonly amendments: AmendmentService,
    private readonly preferences: PreferenceService,
    private readonly bindings: WechatBindingService,
    private readonly settings: Settings,
  ) {}

  @Header('x-robots-tag', 'noindex, nofollow, noarchive')
  @Get('r/:token/me')
  me(@Param('token') token: string, @Asked('done') done: string | undefined, @Req() request: FastifyRequest) {
    return this.forPerson(token, request, (view) => this.showMe(view, { done: doneText.get(done) ?? null }));
  }

  @Limited(30)
  @Post('r/:token/me/amendments')
  amend(
    @Param('token') token: string,
    @Form(amendmentForm) { text }: z.infer<typeof amendmentForm>,
    @Req() request: FastifyRequest,
  ) {
    return this.forPerson(token, request, async (view) => {
      const typed = text.trim();
      if (typed.length < 2 || typed.length > mostText) {
        const message = typed.length < 2 ? '请写明哪一项不对，应该是什么。' : `不能超过${mostText}个字。`;
        return this.showMe(view, { typed: { field: 'text', text }, faults: [{ field: 'text', message }], status: 422 });
      }
      return this.orFault(view, 'text', text, async () => {
        await this.amendments.ask(view.personId, typed);
        return seeOther(`/r/${token}/me?done=amended#amendments`);
      });
    });
  }

  @Limited(30)
  @Post('r/:token/me/contacts/:id/code')
  sendCode(@Param('token') token: string, @Param('id') id: string, @Req() request: FastifyRequest) {
    return this.forPerson(token, request, async (view) => {
      const contactId = await this.own(view, id);
      const by = `person:${view.personId}`;
      return this.orFault(view, `code-${contactId}`, '', async () => {
        await this.contacts.sendCode(contactId, by, { id: by });
        return seeOther(`/r/${token}/me?done=sent#contacts`);
      });
    });
  }

  @Limited(30)
  @Post('r/:token/me/contacts/:id/confirm')
  confirm(
    @Param('token') token: string,
    @Param('id') id: string,
    @Form(codeForm) { code }: z.infer<typeof codeForm>,
    @Req() request: FastifyRequest,
  ) {
    return this.forPerson(token, request, async (view) => {
      const contactId = await this.own(view, id);
      return this.orFault(view, `code-${contactId}`, code, async () => {
        await this.contacts.confirm(contactId, code, { id: `person:${view.personId}` });
        return seeOther(`/r/${token}/me?done=verified#contacts`);
      });
    });
  }

  /** A code that binds his own WeChat: shown on a device that is known to be his. */
  @Limited(10)
  @Post('r/:token/me/wechat')
  bindWechat(@Param('token') token: string, @Req() request: FastifyRequest) {
    return this.forPerson(token, request, (view) =>
      this.orFault(view, 'wechat', '', async () => {
        const offer = await this.bindings.offer(view.personId, { id: `person:${view.personId}` });
        return page('reader/wechat-bind', { token, ...bindingView(offer) }, { largeType: view.largeType });
      }),
    );
  }

  @Get('r/:token/preferences')
  preference(@Param('token') token: string, @Asked('saved') saved: string | undefined, @Req() request: FastifyRequest) {
    return this.forPerson(token, request, async (view) =>
      this.showPreference(
        typedOf(await this.preferences.preferencesOf(view.personId)),
        aboutReader(view),
        [],
        saved === '1',
      ),
    );
  }

  @Post('r/:token/preferences')
  choose(
    @Param('token') token: string,
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.forPerson(token, request, (view) =>
      this.save(view.personId, 'readingPage', body, aboutReader(view), reply),
    );
  }

  @Header('x-robots-tag', 'noindex, nofollow, noarchive')
  @Limited(60)
  @Get('p/:link')
  preferenceByLink(@Param('link') link: string, @Asked('saved') saved: string | undefined) {
    return this.friendly(async () => {
      const { personId, name } = await this.preferences.personOf(link);
      const typed = typedOf(await this.preferences.preferencesOf(personId));
      return this.showPreference(typed, aboutLink(link, name), [], saved === '1');
    });
  }

  @Limited(60)
  @Post('p/:link')
  chooseByLink(@Param('link') link: string, @Body() body: unknown, @Res({ passthrough: true }) reply: FastifyReply) {
    return this.friendly(async () => {
      const { personId, name } = await this.preferences.personOf(link);
      return this.save(personId, 'signedLink', body, aboutLink(link, name), reply);
    });
  }

  private async save(
    personId: string,
    by: 'readingPage' | 'signedLink',
    body: unknown,
    about: About,
    reply: FastifyReply,
  ): Promise<PageReply | SeeOther> {
    const form = preferenceForm.parse(body ?? {});
    const typed: TypedPreference = {
      places: [form['place-1'], form['place-2'], form['place-3']],
      quietFrom: form.quietFrom,
      quietUntil: form.quietUntil,
      dailyDigest: form.dailyDigest !== undefined,
      largeType: form.largeType !== undefined,
      onPaper: form.onPaper !== undefined,
    };
    const reading = readPreference(typed);
    if ('fault' in reading) {
      return this.showPreference(typed, about, [{ field: reading.field, message: reading.fault }], false);
    }
    await this.preferences.choose(personId, reading.value, by);
    // The page in hand follows at once.
    const cookie = { path: '/', httpOnly: true, sameSite: 'lax', maxAge: year } as const;
    reply.setCookie(largeTypeCookie, reading.value.largeType ? 'large' : 'normal', cookie);
    return seeOther(`${about.action}?saved=1`);
  }

  private showPreference(typed: TypedPreference, about: About, faults: FormFault[], saved: boolean): PageReply {
    const props = preferencePage(typed, about, {
      faults,
      saved,
      digestTime: clockText(this.settings.delivery.digestMinutes),
      configured: this.settings.wechat ? ['wechat'] : [],
    });
    return page('reader/preferences', props, { status: faults.length ? 422 : 200, largeType: typed.largeType });
  }

  private async showMe(
    view: ReaderView,
    shown: { done?: string | null; typed?: { field: string; text: string }; faults?: FormFault[]; status?: number },
  ): Promise<PageReply> {
    const data = await this.myData.dataOf(view.personId, view.personName);
    const { token } = view;
    const typedIn = (field: string): string => (shown.typed?.field === field ? shown.typed.text : '');
    const said = {
      mayBind: this.bindings.isOpen,
      done: shown.done ?? null,
      text: typedIn('text'),
      faults: shown.faults ?? [],
    };
    const { largeType } = view;
    const shownData = myDataView(data);
    const contacts = shownData.contacts.map((one) => ({ ...one, code: typedIn(`code-${one.id}`) }));
    return page('reader/me', { ...shownData, contacts, token, ...said }, { status: shown.status ?? 200, largeType });
  }

  private async orFault(
    view: ReaderView,
    field: string,
    text: string,
    work: () => Promise<PageReply | SeeOther>,
  ): Promise<PageReply | SeeOther> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof DomainError) || !/^(contact|amendment)\.|^issue\.classifiedText$/.test(error.code))
        throw error;
      // What the secrecy gate refuses is not sent back to be kept in a browser either.
      const typed = { field, text: error.code === 'issue.classifiedText' ? '' : text };
      return this.showMe(view, { typed, faults: [{ field, message: error.message }], status: error.status });
    }
  }

  /** Somebody else's contact does not exist here. */
  private async own({ personId }: ReaderView, contactId: string): Promise<string> {
    const found = (await this.contactRows.ofPerson(personId)).find(({ id }) => id === contactId);
    if (!found) throw new DomainError('http.notFound');
    return found.id;
  }

  private forPerson(
    token: string,
    request: FastifyRequest,
    work: (view: ReaderView) => Promise<PageReply | SeeOther>,
  ): Promise<PageReply | SeeOther> {
    return this.friendly(async () => {
      const view = await this.reading.byToken(token);
      // The reading page asks for the code, and leads back here.
      if (view.needsIdentity && !this.identity.proven(request, token)) return seeOther(`/r/${token}`);
      // A link may have been passed on: what is personal opens on the person's own devices.
      if (!(await this.identity.isOwn(request, view.personId))) {
        const next = request.url.includes('/preferences') ? 'preferences' : 'me';
        return seeOther(`/r/${token}/device?next=${next}`);
      }
      return work(view);
    });
  }

  private async friendly(work: () => Promise<PageReply | SeeOther>): Promise<PageReply | SeeOther> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof DomainError) || !error.code.startsWith('reading.')) throw error;
      const problem = readerProblem(error.code, error.message, this.settings);
      return page('reader/problem', problem, { status: error.status });
    }
  }
}

type About = Parameters<typeof preferencePage>[1];

const aboutReader = ({ token, personName, subscriber }: ReaderView): About => ({
  action: `/r/${token}/preferences`,
  back: `/r/${token}`,
  name: personName,
  subscriber,
});
const aboutLink = (link: string, name: string): About => ({
  action: `/p/${link}`,
  back: null,
  name,
  subscriber: false,
});
