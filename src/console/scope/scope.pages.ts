import { Body, Controller, Get, Post } from '@nestjs/common';
import { LargestBody } from '../../platform/http/bodies.js';
import type { Actor } from '../../accounts/actor.js';
import { CurrentActor, Needs, PartNeeds } from '../../accounts/needs.js';
import { page, type PageReply } from '../../platform/http/page.js';
import { ScopeBox, scopeBoxAct } from './scope-box.js';
import { mayDo } from '../../domain/roles.js';
import { fieldText } from '../../platform/http/form.js';

/** A box to try out what a scope text means; also the answer to every other box while somebody types. */
@Needs('list.read')
@Controller('scope')
export class ScopePages {
  constructor(private readonly box: ScopeBox) {}

  @Get()
  ask(@CurrentActor() actor: Actor): Promise<PageReply> {
    return this.show('', {}, actor);
  }

  @PartNeeds('list.edit')
  @LargestBody(512 * 1024)
  @Post()
  resolve(@Body() body: Record<string, unknown> | undefined, @CurrentActor() actor: Actor): Promise<PageReply> {
    return this.show(fieldText(body?.scope), body ?? {}, actor);
  }

  private async show(text: string, body: Record<string, unknown>, actor: Actor): Promise<PageReply> {
    const scopeBox = await this.box.view(text, scopeBoxAct(body), actor);
    const props = { text, scopeBox, mayMap: mayDo(actor.roles, 'list.edit') };
    return page('console/scope/scope', props, { fragment: 'console/_scope-box' });
  }
}
