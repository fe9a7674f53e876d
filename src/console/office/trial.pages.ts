import { Controller, Get, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { z } from 'zod';
import { AccountRepository } from '../../accounts/account.repository.js';
import type { Actor } from '../../accounts/actor.js';
import { CurrentActor, Needs } from '../../accounts/needs.js';
import { TrialRepository } from '../../accounts/trial.repository.js';
import { chineseDateTime } from '../../domain/calendar.js';
import { mayDo, namesOf, rolesWith } from '../../domain/roles.js';
import { EditionRepository } from '../../issues/edition.repository.js';
import { TrialService } from '../../issues/trial.service.js';
import { TrialPersonRepository } from '../../organisation/trial-person.repository.js';
import { Asked, Form, textField } from '../../platform/http/form.js';
import { page, type PageReply, seeOther, type SeeOther } from '../../platform/http/page.js';

const reasonForm = z.object({ reason: textField(500, '请填写理由。') });
const personForm = z.object({ personId: z.uuid('请选择一个人。') });
const mostCandidates = 20;
const longestName = 50;

/** 试运行: what it means, who is sent to meanwhile, and the press that ends it. */
@Needs('trial.read')
@Controller('trial')
export class TrialPages {
  constructor(
    private readonly trials: TrialRepository,
    private readonly trial: TrialService,
    private readonly people: TrialPersonRepository,
    private readonly accounts: AccountRepository,
    private readonly editions: EditionRepository,
  ) {}

  @Get()
  async show(@CurrentActor() actor: Actor, @Asked() query: Asked): Promise<PageReply> {
    const may = { decide: mayDo(actor.roles, 'trial.decide'), people: mayDo(actor.roles, 'trial.people') };
    const name = (query.name ?? '').trim().slice(0, longestName);
    const accounts = may.people ? await this.accounts.listAccounts() : [];
    const [state, people, underWay, found, colleagues] = await Promise.all([
      this.trials.load(),
      may.people ? this.people.list() : Promise.resolve([]),
      this.editions.underWay(),
      may.people && name !== '' ? this.people.called([name], mostCandidates) : Promise.resolve([]),
      this.people.called(
        accounts.map((account) => account.name),
        mostCandidates,
      ),
    ]);
    return page('console/office/trial', {
      active: state?.active ?? false,
      since: state ? `${chineseDateTime(state.changedAt)}，${state.changedBy}：${state.reason}` : null,
      testers: (await this.people.ids()).size,
      people: people.map(({ addedAt, ...person }) => ({ ...person, addedAt: chineseDateTime(addedAt) })),
      underWay,
      name,
      found,
      colleagues,
      may,
      deciders: namesOf(rolesWith('trial.decide')).join('、'),
    });
  }

  @Needs('trial.decide')
  @Post('release')
  async release(
    @Form(reasonForm) { reason }: z.infer<typeof reasonForm>,
    @CurrentActor() actor: Actor,
  ): Promise<SeeOther> {
    await this.trial.release(reason, actor);
    return seeOther('/trial');
  }

  @Needs('trial.decide')
  @Post('begin')
  async begin(
    @Form(reasonForm) { reason }: z.infer<typeof reasonForm>,
    @CurrentActor() actor: Actor,
  ): Promise<SeeOther> {
    await this.trial.begin(reason, actor);
    return seeOther('/trial');
  }

  @Needs('trial.people')
  @Post('people')
  async add(
    @Form(personForm) { personId }: z.infer<typeof personForm>,
    @CurrentActor() actor: Actor,
  ): Promise<SeeOther> {
    await this.trial.addPerson(personId, actor);
    return seeOther('/trial#people');
  }

  @Needs('trial.people')
  @Post('people/:person/remove')
  async remove(@Param('person', ParseUUIDPipe) personId: string, @CurrentActor() actor: Actor): Promise<SeeOther> {
    await this.trial.removePerson(personId, actor);
    return seeOther('/trial#people');
  }
}
