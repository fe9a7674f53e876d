import { Controller, Get, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { z } from 'zod';
import type { Actor } from '../../accounts/actor.js';
import { CurrentActor, Needs } from '../../accounts/needs.js';
import { DistributionService } from '../../distribution/groups/distribution.service.js';
import { beijingDate } from '../../domain/calendar.js';
import { DomainError } from '../../domain/errors/errors.js';
import { secrecyLevels, secrecyText } from '../../domain/issue/secrecy.js';
import { mayDo } from '../../domain/roles.js';
import { longestScope, readScopeText } from '../../domain/scope/scope-text.js';
import {
  type PublicationFacts,
  PublicationRepository,
  type StoredPublication,
} from '../../issues/publication.repository.js';
import { PublicationService } from '../../issues/publication.service.js';
import { Clock } from '../../platform/clock.js';
import { Asked, Form, type FormFault, formFaults, textField } from '../../platform/http/form.js';
import { page, type PageReply, seeOther, type SeeOther } from '../../platform/http/page.js';
import { modeText } from '../policy-words.js';
import { yearView } from './publication-year-view.js';

const publicationId = new ParseUUIDPipe({ exceptionFactory: () => new DomainError('issue.unknownPublication') });

const typedForm = z.object({
  name: textField(60),
  issuer: textField(60),
  level: z.string().max(20).default('internal'),
  scope: z.string().max(longestScope, `不能超过${longestScope}个字。`).default(''),
});
type Typed = z.infer<typeof typedForm>;

const facts = {
  issuer: z.string().min(1, '请填写编发单位。'),
  level: z.enum(secrecyLevels, '请选择密级。'),
  scope: z
    .string()
    .transform((text) => (text.trim() === '' ? null : text.trim()))
    .refine(
      (text) => text === null || readScopeText(text).labels.length > 0,
      '没有读出发送对象，请按“本期发：……”的写法填写。',
    ),
};
const changedFacts = z.object(facts);
const newPublication = z.object({ name: z.string().min(1, '请填写刊物名称。'), ...facts });

/** The field of the form that a refusal is about. */
const refusedField: Readonly<Record<string, string>> = {
  'publication.nameTaken': 'name',
  'publication.lowDefault': 'level',
};

const nothing: Typed = { name: '', issuer: '', level: 'internal', scope: '' };
const asFacts = ({ issuer, level, scope }: z.infer<typeof changedFacts>): PublicationFacts => ({
  issuer,
  defaultLevel: level,
  defaultScope: scope,
});

/** 刊物: which there are, what holds for each of their issues, and what came out in a year. */
@Needs('publication.read')
@Controller('publications')
export class PublicationFactsPages {
  constructor(
    private readonly publications: PublicationRepository,
    private readonly service: PublicationService,
    private readonly distribution: DistributionService,
    private readonly clock: Clock,
  ) {}

  @Get()
  list(@CurrentActor() actor: Actor): Promise<PageReply> {
    return this.showList(actor, nothing, [], 200);
  }

  @Needs('publication.create')
  @Post()
  async create(@Form(typedForm) typed: Typed, @CurrentActor() actor: Actor): Promise<PageReply | SeeOther> {
    const checked = newPublication.safeParse(typed);
    if (!checked.success) return this.showList(actor, typed, formFaults(checked.error), 422);
    try {
      const id = await this.service.create(checked.data.name, asFacts(checked.data), actor);
      return seeOther(`/publications/${id}?created=1`);
    } catch (error) {
      const field = error instanceof DomainError ? refusedField[error.code] : undefined;
      if (!(error instanceof DomainError) || field === undefined) throw error;
      return this.showList(actor, typed, [{ field, message: error.message }], error.status);
    }
  }

  @Needs('publication.edit')
  @Get(':id/facts')
  async showFacts(@Param('id', publicationId) id: string): Promise<PageReply> {
    const { name, issuer, defaultLevel, defaultScope } = await this.load(id);
    return this.factsPage(id, { name, issuer, level: defaultLevel, scope: defaultScope ?? '' }, [], 200);
  }

  @Needs('publication.edit')
  @Post(':id/facts')
  async setFacts(
    @Param('id', publicationId) id: string,
    @Form(typedForm) typed: Typed,
    @CurrentActor() actor: Actor,
  ): Promise<PageReply | SeeOther> {
    const { name } = await this.load(id);
    const checked = changedFacts.safeParse(typed);
    if (!checked.success) return this.factsPage(id, { ...typed, name }, formFaults(checked.error), 422);
    try {
      await this.service.setFacts(id, asFacts(checked.data), actor);
    } catch (error) {
      const field = error instanceof DomainError ? refusedField[error.code] : undefined;
      if (!(error instanceof DomainError) || field === undefined) throw error;
      return this.factsPage(id, { ...typed, name }, [{ field, message: error.message }], error.status);
    }
    return seeOther(`/publications/${id}?facts=1`);
  }

  @Get(':id/year')
  async showYear(@Param('id', publicationId) id: string, @Asked('year') asked: string | undefined): Promise<PageReply> {
    const { name } = await this.load(id);
    const thisYear = Number(beijingDate(this.clock.now()).slice(0, 4));
    const known = await this.publications.yearsOf(id);
    const years = known.includes(thisYear) ? known : [thisYear, ...known];
    const year = years.find((one) => String(one) === asked) ?? years[0]!;
    const view = yearView(await this.publications.issuesOfYear(id, year));
    const tabs = years.map((one) => ({ year: one, current: one === year }));
    return page('console/office/publication-year', { id, name, year, years: tabs, ...view });
  }

  private async load(id: string): Promise<StoredPublication> {
    const publication = await this.publications.loadPublication(id);
    if (publication === null) throw new DomainError('issue.unknownPublication');
    return publication;
  }

  private async showList(actor: Actor, form: Typed, faults: FormFault[], status: number): Promise<PageReply> {
    const all = await this.publications.listPublications();
    const rows = all.map(({ id, name, issuer, defaultLevel, policy }) => ({
      ...{ id, name, issuer, level: secrecyText[defaultLevel], mode: modeText[policy.mode] },
      asks: policy.asksAcknowledgement ? '要求' : '不要求',
    }));
    const mayCreate = mayDo(actor.roles, 'publication.create');
    const props = { rows, form, faults, mayCreate, levels: levelChoices(form.level) };
    return page('console/office/publications', props, { status });
  }

  private async factsPage(id: string, form: Typed, faults: FormFault[], status: number): Promise<PageReply> {
    const labels = readScopeText(form.scope).labels.map(({ label }) => label);
    const { unknown, people } = await this.distribution.resolve(labels, this.clock.now());
    const props = {
      ...{ id, form, faults, people, levels: levelChoices(form.level) },
      hasScope: labels.length > 0,
      unknown: unknown.map(({ label }) => label).join('、'),
    };
    return page('console/office/publication-facts', props, { status });
  }
}

const levelChoices = (chosen: string) =>
  secrecyLevels.map((value) => ({ value, text: secrecyText[value], chosen: value === chosen }));
