import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { z } from 'zod';
import type { Actor } from '../../accounts/actor.js';
import { CurrentActor, Needs } from '../../accounts/needs.js';
import { GroupMembersService } from '../../distribution/groups/group-members.service.js';
import { beijingDate, parseIsoDate } from '../../domain/calendar.js';
import { holderOf } from '../../domain/people/organisation.js';
import { postKindWord, postLevelText } from '../../domain/people/list-words.js';
import { LiaisonRepository } from '../../organisation/liaison.repository.js';
import type { PostRow } from '../../organisation/post.repository.js';
import { PostService } from '../../organisation/post.service.js';
import { postName } from '../../organisation/tenure-draft.js';
import { TenureRepository } from '../../organisation/tenure.repository.js';
import { UnitService } from '../../organisation/unit.service.js';
import { Clock } from '../../platform/clock.js';
import { Asked, type FormFault } from '../../platform/http/form.js';
import { page, type PageReply, seeOther, type SeeOther } from '../../platform/http/page.js';
import { askClosing, close, type Closing } from '../sending/closing.js';
import { changedFault, submitted, versionField } from '../confirm-change.js';
import { DoneNotice } from '../done-notice.js';
import { postId } from '../ids.js';
import { groupLinks } from '../list/list-view.js';
import { OrganisationPageRepository } from './organisation-page.repository.js';
import { type PostDraft, postForm, postFormPage, readPostDraft } from './post-form.js';
import { liaisonLine } from './post-view.js';
import { tenureLine } from './tenure-view.js';

const moveForm = z.object({ version: versionField, direction: z.enum(['up', 'down']) });

/** 岗位: who holds it, who held it when. */
@Needs('list.read')
@Controller('posts/:id')
export class PostPages {
  constructor(
    private readonly pages: OrganisationPageRepository,
    private readonly members: GroupMembersService,
    private readonly posts: PostService,
    private readonly units: UnitService,
    private readonly tenures: TenureRepository,
    private readonly liaisons: LiaisonRepository,
    private readonly notices: DoneNotice,
    private readonly clock: Clock,
  ) {}

  @Get()
  async show(@Param('id', postId) id: string, @Asked() query: Asked): Promise<PageReply> {
    const today = this.today();
    const at = parseIsoDate(query.at ?? '') ?? today;
    const post = await this.posts.get(id);
    const [tenures, groups, own, ofUnit, formerNames, notice] = await Promise.all([
      this.tenures.ofPosts([id]),
      this.members.ofPosts([id], new Date(at)),
      this.liaisons.ofPost(id),
      this.liaisons.ofUnit(post.unitId),
      this.pages.formerNames({ postId: id }),
      this.notices.noticeFor(query),
    ]);
    const holder = holderOf(tenures, at);
    return page('console/people/post', {
      post: {
        ...post,
        name: postName(post),
        levelText: postLevelText[post.level],
        kindText: postKindWord(post.kind),
        tagsText: post.tags.join('、'),
      },
      groups: groupLinks(groups, id, at === today ? null : at),
      at,
      past: at !== today,
      today,
      holder: holder && tenureLine(holder, at),
      tenures: tenures.map((tenure) => tenureLine(tenure, today)),
      officers: own.map((officer) => liaisonLine(officer, today)),
      unitOfficers: ofUnit.map((officer) => liaisonLine(officer, today)).filter(({ open }) => open),
      formerNames,
      liaisonAction: `/posts/${id}/liaisons`,
      ...notice,
    });
  }

  @Needs('list.edit')
  @Get('edit')
  async askEdit(@Param('id', postId) id: string): Promise<PageReply> {
    const post = await this.posts.get(id);
    const { title, kind, level, version } = post;
    const typed: PostDraft = {
      title,
      kind,
      level,
      seat: String(post.seat),
      protocolOrder: String(post.protocolOrder),
      tags: post.tags.join('；'),
      version: String(version),
    };
    return postFormPage(`修改${postName(post)}`, `/posts/${id}/edit`, `/posts/${id}`, typed, [], 200);
  }

  @Needs('list.edit')
  @Post('edit')
  async edit(
    @Param('id', postId) id: string,
    @Body() body: Record<string, unknown>,
    @CurrentActor() actor: Actor,
  ): Promise<PageReply | SeeOther> {
    const show = async (faults: readonly FormFault[], status: number) => {
      const title = `修改${postName(await this.posts.get(id))}`;
      return postFormPage(title, `/posts/${id}/edit`, `/posts/${id}`, readPostDraft(body), faults, status);
    };
    const work = async ({ version, slip, ...fields }: z.infer<typeof postForm>) =>
      seeOther(`/posts/${id}?done=${await this.posts.edit(id, version, fields, slip === undefined, actor)}`);
    return submitted(postForm, body, show, work, async () => {
      const now = await this.posts.get(id);
      const typed = { ...readPostDraft(body), version: String(now.version) };
      const stored = `${now.title}，席次${now.seat}，次序${now.protocolOrder}，${now.tags.join('；') || '没有标签'}`;
      const title = `修改${postName(now)}`;
      return postFormPage(title, `/posts/${id}/edit`, `/posts/${id}`, typed, [changedFault(stored)], 409);
    });
  }

  @Needs('list.edit')
  @Post('move')
  async move(
    @Param('id', postId) id: string,
    @Body() body: Record<string, unknown>,
    @CurrentActor() actor: Actor,
  ): Promise<SeeOther> {
    const { version, direction } = moveForm.parse(body);
    const { unitId } = await this.posts.get(id);
    return seeOther(`/units/${unitId}?done=${await this.posts.move(id, version, direction, actor)}`);
  }

  @Needs('list.edit')
  @Get('close')
  async askClose(@Param('id', postId) id: string, @CurrentActor() actor: Actor): Promise<PageReply> {
    const post = await this.posts.get(id);
    const typed = { on: this.today(), reason: '', version: String(post.version) };
    return askClosing(this.closing(post, actor), typed, [], 200);
  }

  @Needs('list.edit')
  @Post('close')
  async close(
    @Param('id', postId) id: string,
    @Body() body: Record<string, unknown>,
    @CurrentActor() actor: Actor,
  ): Promise<PageReply | SeeOther> {
    return close(this.closing(await this.posts.get(id), actor), body);
  }

  private closing(post: PostRow, actor: Actor): Closing {
    const { id } = post;
    return {
      title: `撤销岗位：${postName(post)}`,
      path: `/posts/${id}`,
      note: '任职人同日离任，本岗位的联络员同日卸任；过去各期仍记在这个岗位下。',
      version: String(post.version),
      submit: '确认撤销岗位',
      draft: async (on, reason) => (await this.units.postClosingDraft(id, on, reason)).lines,
      perform: (version, on, reason) => this.units.closePost(id, version, on, reason, actor),
    };
  }

  private today(): string {
    return beijingDate(this.clock.now());
  }
}
