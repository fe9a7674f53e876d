import { Injectable } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { DistributionService } from '../../distribution/groups/distribution.service.js';
import { DomainError } from '../../domain/errors/errors.js';
import { demand } from '../../domain/roles.js';
import { longestScope, readScopeText } from '../../domain/scope/scope-text.js';
import { Clock } from '../../platform/clock.js';
import { ListStateRepository } from '../list-state.repository.js';
import { nameTarget } from '../name-target.js';
import { type ScopeBoxView, scopeBoxView } from './scope-box-view.js';
import { fieldText } from '../../platform/http/form.js';

/** Buttons of the box: `learn` holds what a name stands for and the name, `forget` the name. */
export interface ScopeBoxAct {
  learn: string;
  forget: string;
}

export const scopeBoxAct = (body: Readonly<Record<string, unknown>>): ScopeBoxAct => ({
  learn: fieldText(body.learn),
  forget: fieldText(body.forget),
});

/** What a scope text means while it is typed, on whichever page it is typed. */
@Injectable()
export class ScopeBox {
  constructor(
    private readonly distribution: DistributionService,
    private readonly list: ListStateRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError list.scopeTooLong */
  async view(text: string, act: ScopeBoxAct, actor: Actor): Promise<ScopeBoxView> {
    if (text.length > longestScope) throw new DomainError('list.scopeTooLong', { limit: longestScope });
    const done = await this.perform(act, actor);
    const reading = readScopeText(text);
    const now = this.clock.now();
    const { scope, groups } = await this.distribution.resolveWithNames(
      reading.labels.map(({ label }) => label),
      now,
    );
    return scopeBoxView(reading, scope, groups, { ...done, listEmpty: await this.list.isEmpty() });
  }

  private async perform({ learn, forget }: ScopeBoxAct, actor: Actor): Promise<Pick<ScopeBoxView, 'learnt' | 'fault'>> {
    if (learn === '' && forget === '') return { learnt: null, fault: null };
    demand(actor.roles, 'list.edit');
    if (forget !== '') {
      await this.distribution.forgetAlias(forget, actor);
      return { learnt: null, fault: null };
    }
    const at = learn.indexOf(' ');
    const target = nameTarget.safeParse(learn.slice(0, at));
    const label = learn.slice(at + 1).trim();
    if (!target.success || label === '' || label.length > 200) throw new DomainError('list.groupUnknown', { label });
    try {
      const name = await this.distribution.rememberAlias(label, target.data, actor);
      return { learnt: { label, name }, fault: null };
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      return { learnt: null, fault: error.message };
    }
  }
}
