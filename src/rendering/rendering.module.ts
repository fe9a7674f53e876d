import { Module } from '@nestjs/common';
import { EditionPrintRepository } from './print/edition-print.repository.js';
import { EditionPrints } from './print/edition-prints.js';
import { Renderer } from './renderer.js';
import { RenditionRepository } from './rendition.repository.js';
import { IssuesModule } from '../issues/issues.module.js';

/** Editions as messages. */
@Module({
  imports: [IssuesModule],
  providers: [RenditionRepository, Renderer, EditionPrintRepository, EditionPrints],
  exports: [Renderer, EditionPrints],
})
export class RenderingModule {}
