import { Module } from '@nestjs/common';
import { Renderer } from './renderer.js';
import { RenditionRepository } from './rendition.repository.js';
import { IssuesModule } from '../issues/issues.module.js';

/** Editions as messages. */
@Module({
  imports: [IssuesModule],
  providers: [RenditionRepository, Renderer],
  exports: [Renderer],
})
export class RenderingModule {}
