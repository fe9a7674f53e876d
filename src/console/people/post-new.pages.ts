import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { CurrentActor, Needs } from '../../accounts/needs.js';
import { PostRepository } from '../../organisation/post.repository.js';
import { PostService } from '../../organisation/post.service.js';
import { UnitService } from '../../organisation/unit.service.js';
import type { FormFault } from '../../platform/http/form.js';
import { type PageReply, seeOther, type SeeOther } from '../../platform/http/page.js';
import { submitted } from '../confirm-change.js';
import { unitId } from '../ids.js';
import { type PostDraft, postForm, postFormPage, readPostDraft } from './post-form.js';

@Needs('list.edit')
@Controller('units/:id/posts/new')
export class PostNewPages {
  constructor(
    private readonly units: UnitService,
    private readonly posts: PostService,
    private readonly rows: PostRepository,
  ) {}

  @Get()
  async ask(@Param('id', unitId) id: string): Promise<PageReply> {
    const { kind } = await this.units.get(id);
    const protocolOrder = String((await this.rows.lastOrder()) + 1);
    const draft = { title: '', level: 'principal', seat: '1', protocolOrder, tags: '', version: '0' };
    return this.form(id, { ...draft, kind: kind === 'township' ? 'township' : 'unit' }, [], 200);
  }

  @Post()
  async add(
    @Param('id', unitId) id: string,
    @Body() body: Record<string, unknown>,
    @CurrentActor() actor: Actor,
  ): Promise<PageReply | SeeOther> {
    const draft = { ...readPostDraft(body), version: '0' };
    const show = (faults: readonly FormFault[], status: number) => this.form(id, draft, faults, status);
    return submitted(postForm, body, show, async ({ title, kind, level, seat, protocolOrder, tags }) => {
      const added = await this.posts.addPost(id, { title, kind, level, seat, protocolOrder, tags }, actor);
      return seeOther(`/posts/${added.id}?done=${added.change}`);
    });
  }

  private async form(id: string, draft: PostDraft, faults: readonly FormFault[], status: number): Promise<PageReply> {
    const { name } = await this.units.get(id);
    return postFormPage(`${name}：新设岗位`, `/units/${id}/posts/new`, `/units/${id}`, draft, faults, status);
  }
}
