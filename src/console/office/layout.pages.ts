import { Body, Controller, Get, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { CurrentActor, Needs } from '../../accounts/needs.js';
import { NOTHING_KNOWN, type Trait } from '../../domain/bulletin/paper-layout.js';
import { type TraitFault, writtenLayout } from '../../domain/bulletin/written-layout.js';
import { DomainError } from '../../domain/errors/errors.js';
import { LayoutService } from '../../issues/layout.service.js';
import { PublicationRepository, type StoredPublication } from '../../issues/publication.repository.js';
import { fieldText } from '../../platform/http/form.js';
import { page, type PageReply, seeOther, type SeeOther } from '../../platform/http/page.js';
import { confirmChange } from '../confirm-change.js';
import { layoutFields, layoutWords, traitOrder } from './layout-view.js';

const publicationId = new ParseUUIDPipe({ exceptionFactory: () => new DomainError('issue.unknownPublication') });

/** What a publication is known to look like: each line may be changed or removed, all of it forgotten. */
@Needs('publication.edit')
@Controller('publications/:id/layout')
export class LayoutPages {
  constructor(
    private readonly publications: PublicationRepository,
    private readonly layouts: LayoutService,
  ) {}

  @Get()
  async show(@Param('id', publicationId) id: string): Promise<PageReply> {
    return this.page(await this.load(id), {}, []);
  }

  @Post()
  async save(
    @Param('id', publicationId) id: string,
    @Body() body: Record<string, unknown>,
    @CurrentActor() actor: Actor,
  ): Promise<PageReply | SeeOther> {
    const publication = await this.load(id);
    const { layout } = await this.layouts.current(id);
    const typed = Object.fromEntries(traitOrder.map((trait) => [trait, fieldText(body[trait])])) as Record<
      Trait,
      string
    >;
    const written = writtenLayout(typed, layout ?? NOTHING_KNOWN);
    if (!written.ok) return this.page(publication, typed, written.faults);
    await this.layouts.setLayout(id, fieldText(body.seen), written.layout, actor);
    return seeOther(`/publications/${id}?layout=saved#layout-title`);
  }

  @Post('reset')
  async reset(
    @Param('id', publicationId) id: string,
    @Body() body: Record<string, unknown>,
    @CurrentActor() actor: Actor,
  ): Promise<PageReply | SeeOther> {
    const { name } = await this.load(id);
    const { layout, seen } = await this.layouts.current(id);
    if (fieldText(body.confirmed) !== 'yes')
      return confirmChange({
        title: `清空“${name}”的版式`,
        action: `/publications/${id}/layout/reset`,
        fields: { seen },
        lines: [
          '以后导入这个刊物，按没有版式的新刊物读。',
          '已经导入的各期不受影响；以后核对、签发的各期会重新记下版式。',
        ],
        warnings: layout !== null && layout.byHand.length > 0 ? ['您单位手工改过的各项也一并清空。'] : [],
        submit: '清空',
        back: `/publications/${id}/layout`,
        nav: 'publications',
        undo: '清空后不能恢复，但签发下一期时会重新记下',
      });
    await this.layouts.resetLayout(id, fieldText(body.seen), actor);
    return seeOther(`/publications/${id}?layout=reset#layout-title`);
  }

  private async page(
    { id, name }: StoredPublication,
    typed: Partial<Record<Trait, string>>,
    faults: readonly TraitFault[],
  ): Promise<PageReply> {
    const { layout, seen } = await this.layouts.current(id);
    const fields = layoutFields(layout ?? NOTHING_KNOWN, typed, faults);
    const props = {
      ...{ id, name, seen, fields, isKnown: layout !== null, words: layoutWords(layout) },
      faults: faults.map(({ trait, message }) => ({ field: trait, message })),
    };
    return page('console/office/layout', props, { status: faults.length > 0 ? 422 : 200 });
  }

  private async load(id: string): Promise<StoredPublication> {
    const publication = await this.publications.loadPublication(id);
    if (!publication) throw new DomainError('issue.unknownPublication');
    return publication;
  }
}
