import { Body, Controller, Get, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { CurrentActor, Needs } from '../../accounts/needs.js';
import { ChannelRegistry } from '../../channels/channel-registry.js';
import { CalendarRepository } from '../../dispatch/when/calendar.repository.js';
import { PlanService } from '../../dispatch/plan/plan.service.js';
import { beijingDate, chineseDateTime } from '../../domain/calendar.js';
import { policyModes, type PublicationPolicy, waitRules } from '../../domain/sending/channel-policy.js';
import { channelText } from '../../domain/sending/channel-text.js';
import { offeredChannels } from '../../domain/channel-facts.js';
import { type ChannelKind, channelKinds } from '../../domain/delivery.js';
import { type SecrecyLevel, secrecyLevels, secrecyText } from '../../domain/issue/secrecy.js';
import { DomainError } from '../../domain/errors/errors.js';
import { previewFor } from '../../domain/sending/policy-preview.js';
import { mayDo } from '../../domain/roles.js';
import { LayoutService } from '../../issues/layout.service.js';
import { PublicationRepository, type StoredPublication } from '../../issues/publication.repository.js';
import { PublicationService } from '../../issues/publication.service.js';
import { WishesRepository } from '../../organisation/wishes.repository.js';
import { Clock } from '../../platform/clock.js';
import { Settings } from '../../settings/settings.js';
import { Asked, type FormFault, readForm } from '../../platform/http/form.js';
import { page, type PageReply, seeOther, type SeeOther } from '../../platform/http/page.js';
import { HolderRepository } from '../holder.repository.js';
import { modeText, policyWords, waitText } from '../policy-words.js';
import { layoutWords } from './layout-view.js';
import { draftOf, type PolicyDraft, policyForm } from './publication-form.js';

const publicationId = new ParseUUIDPipe({ exceptionFactory: () => new DomainError('issue.unknownPublication') });

/** People of one name shown in a preview. */
const mostPeople = 5;

/** 刊物设置: how a publication is sent, when it must not disturb, and how it is chased. */
@Needs('publication.read')
@Controller('publications')
export class PublicationPages {
  constructor(
    private readonly publications: PublicationRepository,
    private readonly service: PublicationService,
    private readonly layouts: LayoutService,
    private readonly holders: HolderRepository,
    private readonly wishes: WishesRepository,
    private readonly channels: ChannelRegistry,
    private readonly calendar: CalendarRepository,
    private readonly planner: PlanService,
    private readonly clock: Clock,
    private readonly settings: Settings,
  ) {}

  @Get(':id')
  async show(
    @Param('id', publicationId) id: string,
    @Asked() query: Asked,
    @CurrentActor() actor: Actor,
  ): Promise<PageReply> {
    const publication = await this.load(id);
    return this.page(publication, actor, {
      draft: draftOf(publication.policy),
      faults: [],
      who: query.who,
      level: query.level,
      saved: query.saved,
      created: query.created,
      facts: query.facts,
      layout: query.layout,
    });
  }

  @Needs('publication.edit')
  @Post(':id')
  async save(
    @Param('id', publicationId) id: string,
    @Body() body: Record<string, unknown>,
    @CurrentActor() actor: Actor,
  ): Promise<PageReply | SeeOther> {
    const publication = await this.load(id);
    const reading = readForm(policyForm, body);
    if (!reading.ok) return this.page(publication, actor, { draft: asTyped(body), faults: reading.faults });
    await this.service.setPolicy(id, reading.value, actor);
    return seeOther(`/publications/${id}?saved=1`);
  }

  private async page(
    { id, name, issuer, policy, defaultLevel, defaultScope }: StoredPublication,
    actor: Actor,
    input: {
      draft: PolicyDraft;
      faults: readonly FormFault[];
      who?: string;
      level?: string;
      saved?: string;
      created?: string;
      facts?: string;
      layout?: string;
    },
  ): Promise<PageReply> {
    const who = (input.who ?? '').trim().slice(0, 40);
    const level = secrecyLevels.find((known) => known === input.level) ?? defaultLevel;
    const { draft, faults } = input;
    const props = {
      id,
      name,
      form: draft,
      faults,
      ...{ issuer, level: secrecyText[defaultLevel], defaultScope: defaultScope ?? '' },
      done: donePublication(input),
      mayEdit: mayDo(actor.roles, 'publication.edit'),
      words: policyWords(policy),
      layout: layoutWords((await this.layouts.current(id)).layout),
      layoutDone: input.layout === 'saved' ? '版式已保存。' : input.layout === 'reset' ? '版式已清空。' : '',
      modes: policyModes.map((value) => ({ value, text: modeText[value], chosen: value === draft.mode })),
      waits: waitRules.map((value) => ({ value, text: waitText[value], chosen: value === draft.waits })),
      rungs: [
        {
          number: 1,
          field: 'channel1',
          minutes: 'minutes1',
          value: draft.minutes1,
          options: this.options(draft.channel1, false),
        },
        {
          number: 2,
          field: 'channel2',
          minutes: 'minutes2',
          value: draft.minutes2,
          options: this.options(draft.channel2, true),
        },
        { number: 3, field: 'channel3', minutes: null, value: '', options: this.options(draft.channel3, true) },
      ],
      who,
      levels: secrecyLevels.map((value) => ({ value, text: secrecyText[value], chosen: value === level })),
      people: who === '' ? [] : await this.preview(policy, level, who),
    };
    return page('console/office/publication', props, { status: faults.length > 0 ? 422 : 200 });
  }

  /** What the people of that name would get if an issue of this class were signed off now. */
  private async preview(policy: PublicationPolicy, level: SecrecyLevel, who: string) {
    const now = this.clock.now();
    const found = await this.holders.named(who, beijingDate(now), mostPeople);
    const [wishes, calendar, planned, allowed] = await Promise.all([
      this.wishes.wishesOf(found.map(({ personId }) => personId)),
      this.calendar.calendar(),
      this.planner.reach(found, level, policy),
      this.planner.reach(found, level),
    ]);
    const open = this.channels.kinds();
    const at = { now, calendar, digestMinutes: this.settings.delivery.digestMinutes };
    return planned.copies.map(({ entry, ...plan }, i) => {
      const usable = allowed.copies[i]!.deliveries.map(({ channel }) => channel);
      const barred = open.filter((kind) => entry.channels.includes(kind) && !usable.includes(kind));
      const steps = previewFor({ policy, wishes: wishes.get(entry.personId), plan, urgency: 'normal', ...at });
      return {
        who: `${entry.unitName} ${entry.postTitle} ${entry.name}`,
        barred: barred.map((kind) => channelText[kind]).join('、'),
        steps: steps.map(({ at, ...step }) => ({ ...step, time: at === null ? '届时' : chineseDateTime(at) })),
      };
    });
  }

  /** Those that are open, and what is chosen already. */
  private options(chosen: string, mayBeNone: boolean) {
    const kept = channelKinds.filter((kind) => kind === chosen);
    return optionsOf(offeredChannels([...this.channels.kinds(), ...kept]), chosen, mayBeNone);
  }

  private async load(id: string): Promise<StoredPublication> {
    const publication = await this.publications.loadPublication(id);
    if (!publication) throw new DomainError('issue.unknownPublication');
    return publication;
  }
}

const optionsOf = (offered: readonly ChannelKind[], chosen: string, mayBeNone: boolean) => [
  ...(mayBeNone ? [{ value: '', text: '不用', chosen: chosen === '' }] : []),
  ...offered.map((value) => ({ value, text: channelText[value], chosen: value === chosen })),
];

/** What was typed, to be shown again; nothing else than the form's own fields. */
function asTyped(body: Record<string, unknown>): PolicyDraft {
  const typed = (name: string): string => {
    const value = body[name];
    return typeof value === 'string' ? value.slice(0, 20) : '';
  };
  return {
    mode: typed('mode'),
    waits: typed('waits'),
    quietFrom: typed('quietFrom'),
    quietUntil: typed('quietUntil'),
    maxReminders: typed('maxReminders'),
    remindAfterDays: typed('remindAfterDays'),
    asksAcknowledgement: typed('asksAcknowledgement'),
    autoRemind: typed('autoRemind'),
    attachesPdf: typed('attachesPdf'),
    channel1: typed('channel1'),
    channel2: typed('channel2'),
    channel3: typed('channel3'),
    minutes1: typed('minutes1'),
    minutes2: typed('minutes2'),
  };
}

function donePublication({ saved, created, facts }: { saved?: string; created?: string; facts?: string }): string {
  if (saved === '1') return '已保存。以后签发的各期按新的设置发送；已经生成发送计划的不受影响。';
  if (created === '1') return '刊物已登记。请核对下面的设置。';
  return facts === '1' ? '资料已保存，用于以后导入的各期。' : '';
}
