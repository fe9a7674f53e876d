import { Controller, Get, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { z } from 'zod';
import type { Actor } from '../accounts/actor.js';
import type { ApiKey } from '../accounts/api-key.repository.js';
import { ApiKeyService, keyState, longestKeyDays } from '../accounts/api-key.service.js';
import { CurrentActor, Needs } from '../accounts/needs.js';
import { DomainError } from '../domain/errors/errors.js';
import { apiScopeNames, apiScopes } from '../domain/roles.js';
import { Clock } from '../platform/clock.js';
import { Form, type FormFault, formFaults, textField, ticked } from '../platform/http/form.js';
import { page, type PageReply, seeOther, type SeeOther } from '../platform/http/page.js';
import { Settings } from '../settings/settings.js';
import { apiControllers } from './controllers.js';
import { operationsOf } from './openapi.js';
import { apiRoot } from './route.js';

const typedForm = z.object({ name: textField(40), days: textField(4), scopes: ticked(z.enum(apiScopeNames)) });
type Typed = z.infer<typeof typedForm>;

const daysFault = `请填写1至${longestKeyDays}之间的天数。`;
const newKey = z.object({
  name: z.string().min(1, '请填写用途，如“人事系统同步”。'),
  days: z.coerce.number(daysFault).int(daysFault).min(1, daysFault).max(longestKeyDays, daysFault),
  scopes: z.array(z.enum(apiScopeNames)).min(1, '请至少选择一项权限。'),
});

const nothing: Typed = { name: '', days: '180', scopes: [] };

const stateText = {
  valid: { text: '有效', tone: 'good' },
  expired: { text: '已过期', tone: 'neutral' },
  revoked: { text: '已停用', tone: 'neutral' },
} as const;

/** Keys for programs, and what they can do with one. */
@Needs('apiKey.manage')
@Controller('api-keys')
export class ApiKeysPages {
  constructor(
    private readonly keys: ApiKeyService,
    private readonly clock: Clock,
    private readonly settings: Settings,
  ) {}

  @Get()
  list(): Promise<PageReply> {
    return this.show(nothing, [], 200);
  }

  @Post()
  async create(@Form(typedForm) typed: Typed, @CurrentActor() actor: Actor): Promise<PageReply> {
    const checked = newKey.safeParse(typed);
    if (!checked.success) return this.show(typed, formFaults(checked.error), 422);
    const key = await this.keys.create(checked.data, actor);
    const example = `curl -H "Authorization: Bearer ${key}" ${this.settings.http.publicUrl}/${apiRoot}/units`;
    return page('accounts/api-key', { key, name: checked.data.name, example }, { status: 201 });
  }

  @Get(':id/revoke')
  async askRevoke(@Param('id', ParseUUIDPipe) id: string): Promise<PageReply> {
    const key = (await this.keys.listKeys()).find((one) => one.id === id);
    if (!key) throw new DomainError('api.keyNotFound');
    return page('accounts/api-key-revoke', { id, name: key.name, prefix: key.prefix });
  }

  @Post(':id/revoke')
  async revoke(@Param('id', ParseUUIDPipe) id: string, @CurrentActor() actor: Actor): Promise<SeeOther> {
    await this.keys.revoke(id, actor);
    return seeOther('/api-keys');
  }

  private async show(form: Typed, faults: FormFault[], status: number): Promise<PageReply> {
    const now = this.clock.now();
    const keys = (await this.keys.listKeys()).map((key) => keyLine(key, now));
    const choices = apiScopeNames.map((scope) => ({ scope, note: apiScopes[scope] }));
    const operations = operationsOf(apiControllers).map(({ method, path, summary, scope }) => ({
      call: `${method.toUpperCase()} /${apiRoot}/${path}`,
      summary,
      scope,
    }));
    return page(
      'accounts/api-keys',
      { keys, form, faults, choices, operations, document: `/${apiRoot}/openapi.json` },
      { status },
    );
  }
}

function keyLine(key: ApiKey, now: Date) {
  const { id, name, prefix, createdAt, expiresAt, lastUsedAt } = key;
  const state = keyState(key, now);
  const scopes = key.scopes.map((scope) => apiScopes[scope] ?? scope);
  return {
    id,
    name,
    prefix,
    createdAt,
    expiresAt,
    lastUsedAt,
    scopes,
    state: stateText[state],
    valid: state === 'valid',
  };
}
