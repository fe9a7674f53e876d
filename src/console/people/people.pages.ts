import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { z } from 'zod';
import type { Actor } from '../../accounts/actor.js';
import { CurrentActor, Needs } from '../../accounts/needs.js';
import { beijingDate } from '../../domain/calendar.js';
import { channelText } from '../../domain/sending/channel-text.js';
import type { ChannelKind } from '../../domain/delivery.js';
import { inForce } from '../../domain/people/organisation.js';
import { readName } from '../../domain/list-file/people-cell.js';
import { LiaisonRepository } from '../../organisation/liaison.repository.js';
import { PreferenceService } from '../../organisation/preference.service.js';
import { PersonService } from '../../organisation/person.service.js';
import { TenureRepository } from '../../organisation/tenure.repository.js';
import { Clock } from '../../platform/clock.js';
import { Asked, Form, type FormFault, fieldText } from '../../platform/http/form.js';
import { page, type PageReply, seeOther, type SeeOther } from '../../platform/http/page.js';
import { changedFault, submitted, versionField } from '../confirm-change.js';
import { DistributionListRepository } from '../list/distribution-list.repository.js';
import { DoneNotice } from '../done-notice.js';
import { personId } from '../ids.js';
import { ListSearches } from '../list/list-search.repository.js';
import { OrganisationPageRepository } from './organisation-page.repository.js';
import { paging, readPage } from '../paging.js';
import { liaisonLine } from './post-view.js';
import { tenureLine } from './tenure-view.js';

const onPaperForm = z.object({ onPaper: z.enum(['yes', 'no']) });
const perPage = 50;
const issuesShown = 20;
const postsShown = 30;
const readingText = new Map([
  ['unread', '未打开'],
  ['opened', '已打开'],
  ['acknowledged', '已签收'],
]);

/** 人员: whoever holds, held or will hold a post, or serves as a liaison officer. */
@Needs('list.read')
@Controller('people')
export class PeoplePages {
  constructor(
    private readonly pages: OrganisationPageRepository,
    private readonly list: DistributionListRepository,
    private readonly people: PersonService,
    private readonly preferences: PreferenceService,
    private readonly tenures: TenureRepository,
    private readonly liaisons: LiaisonRepository,
    private readonly notices: DoneNotice,
    private readonly searches: ListSearches,
    private readonly clock: Clock,
  ) {}

  @Get()
  async show(@Asked() query: Asked): Promise<PageReply> {
    const search = await this.searches.read(query.q);
    const number = readPage(query.page);
    const [people, total, notice] = await Promise.all([
      this.pages.people(search, this.today(), perPage, (number - 1) * perPage),
      this.pages.peopleCount(search),
      this.notices.noticeFor(query),
    ]);
    const rows = people.map(({ id, name, posts, contacts }) => ({
      id,
      name,
      posts: posts.join('；'),
      contacts: contacts.join('，'),
    }));
    const pager = paging('/people', { q: search.text }, number, perPage, total);
    return page('console/people/people', { search: search.text, rows, paging: pager, ...notice });
  }

  @Needs('list.edit')
  @Get('new')
  askNew(): PageReply {
    return this.form(null, '', '0', [], 200);
  }

  @Needs('list.edit')
  @Post('new')
  async add(@Body() body: Record<string, unknown>, @CurrentActor() actor: Actor): Promise<PageReply | SeeOther> {
    const name = readName(fieldText(body.name));
    if ('fault' in name)
      return this.form(null, fieldText(body.name), '0', [{ field: 'name', message: name.fault }], 422);
    const { id, change } = await this.people.addPerson(name.value, actor);
    return seeOther(`/people/${id}?done=${change}`);
  }

  @Get(':id')
  async person(@Param('id', personId) id: string, @Asked() query: Asked): Promise<PageReply> {
    const today = this.today();
    const person = await this.people.get(id);
    const [tenures, duties, contacts, received, preference, notice] = await Promise.all([
      this.tenures.ofPeople([id]),
      this.liaisons.ofPerson(id),
      this.pages.contactsOf(id),
      this.pages.received(id, issuesShown),
      this.preferences.preferencesOf(id),
      this.notices.noticeFor(query),
    ]);
    const current = tenures.filter((tenure) => inForce(tenure, today));
    return page('console/people/person', {
      person,
      current: current.map((tenure) => tenureLine(tenure, today)),
      tenures: tenures.map((tenure) => tenureLine(tenure, today)),
      duties: duties.map((duty) => ({ ...liaisonLine(duty, today), path: dutyPath(duty) })),
      contacts: contacts.map((contact) => ({ ...contact, channel: channelText[contact.kind as ChannelKind] })),
      received: received.map((copy) => ({
        ...copy,
        title: `${copy.publication}${copy.number === null ? '' : `第${copy.number}期`}`,
        reading: readingText.get(copy.reading) ?? copy.reading,
      })),
      onPaper: preference.onPaper,
      ...notice,
    });
  }

  @Needs('contact.edit')
  @Post(':id/on-paper')
  async setOnPaper(
    @Param('id', personId) id: string,
    @Form(onPaperForm) { onPaper }: z.infer<typeof onPaperForm>,
    @CurrentActor() actor: Actor,
  ): Promise<SeeOther> {
    await this.preferences.bringOnPaper(id, onPaper === 'yes', actor);
    return seeOther(`/people/${id}#paper-title`);
  }

  /** Which post the person shall hold. */
  @Needs('list.edit')
  @Get(':id/appoint')
  async choosePost(@Param('id', personId) id: string, @Asked() query: Asked): Promise<PageReply> {
    const { name } = await this.people.get(id);
    const search = await this.searches.read(query.q);
    const seats = search.text === '' ? [] : await this.list.seats(this.today(), search, postsShown, 0);
    const leaves = query.leaves === 'yes' ? 'yes' : '';
    const held = (await this.tenures.ofPeople([id])).filter(
      (tenure) => inForce(tenure, this.today()) && !tenure.acting,
    );
    // Two posts change hands at once when both have one holder.
    const swapFrom = leaves !== '' && held.length === 1 ? held[0]!.postId : null;
    const posts = seats
      .filter(({ postId }) => !held.some((tenure) => tenure.postId === postId))
      .map((seat) => ({ ...seat, holder: seat.personName ?? '空缺', swapFrom: seat.personName && swapFrom }));
    return page('console/people/person-appoint', { id, name, search: search.text, leaves, posts });
  }

  @Needs('list.edit')
  @Get(':id/edit')
  async askEdit(@Param('id', personId) id: string): Promise<PageReply> {
    const { name, version } = await this.people.get(id);
    return this.form(id, name, String(version), [], 200);
  }

  @Needs('list.edit')
  @Post(':id/edit')
  async edit(
    @Param('id', personId) id: string,
    @Body() body: Record<string, unknown>,
    @CurrentActor() actor: Actor,
  ): Promise<PageReply | SeeOther> {
    const [typed, version] = [fieldText(body.name), fieldText(body.version)];
    const name = readName(typed);
    if ('fault' in name) return this.form(id, typed, version, [{ field: 'name', message: name.fault }], 422);
    const show = (faults: readonly FormFault[], status: number) => this.form(id, typed, version, faults, status);
    const work = async () =>
      seeOther(`/people/${id}?done=${await this.people.rename(id, versionField.parse(version), name.value, actor)}`);
    return submitted(z.unknown(), body, show, work, async () => {
      const now = await this.people.get(id);
      return this.form(id, typed, String(now.version), [changedFault(now.name)], 409);
    });
  }

  private form(
    id: string | null,
    name: string,
    version: string,
    faults: readonly FormFault[],
    status: number,
  ): PageReply {
    return page('console/people/person-form', { id, typedName: name, version, faults }, { status });
  }

  private today(): string {
    return beijingDate(this.clock.now());
  }
}

const dutyPath = ({ unitId, postId }: { unitId: string | null; postId: string | null }): string =>
  unitId === null ? `/posts/${postId}` : `/units/${unitId}`;
