import { Body, Controller, Get, Param, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Actor } from '../../accounts/actor.js';
import { CurrentActor, Needs } from '../../accounts/needs.js';
import { DomainError } from '../../domain/errors/errors.js';
import { largestScan, scanType } from '../../domain/reading/paper.js';
import { attachment } from '../../platform/csv-file.js';
import { TakesFile } from '../../platform/http/access.js';
import { RawReply, type PageReply, seeOther, type SeeOther } from '../../platform/http/page.js';
import { readUpload } from '../../platform/http/upload.js';
import { PaperService } from '../../reading/paper.service.js';
import { confirmChange } from '../confirm-change.js';
import { recordId } from '../ids.js';

/** What was scanned of a 签收单: for those who may see who has acknowledged. */
@Needs('issue.read')
@Controller()
export class PaperScanPages {
  constructor(private readonly papers: PaperService) {}

  /** To be saved, never shown by us: a stranger's file runs nothing under our name, whatever a browser takes it for. */
  @Get('paper-scans/:id')
  async scan(@Param('id', recordId) id: string): Promise<RawReply> {
    const { bytes, kind, name } = await this.papers.scan(id);
    const saved = /\.\w{2,4}$/.test(name) ? name : `${name}.${kind}`;
    return new RawReply(bytes, {
      'content-type': scanType[kind],
      'content-disposition': attachment(saved),
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'cache-control': 'no-store',
    });
  }

  @Needs('acknowledge.onBehalf')
  @TakesFile()
  @Post('paper-sheets/:id/scans')
  async add(
    @Param('id', recordId) id: string,
    @Req() request: FastifyRequest,
    @CurrentActor() actor: Actor,
  ): Promise<SeeOther> {
    const { file } = await readUpload(request, largestScan);
    if (file === null) throw new DomainError('reading.scanUnreadable');
    return seeOther(`/issues/${await this.papers.addScan(id, file, actor)}/paper/signed#sheets-title`);
  }

  @Needs('acknowledge.onBehalf')
  @Get('paper-scans/:id/remove')
  async askRemove(@Param('id', recordId) id: string): Promise<PageReply> {
    const { name, issueId } = await this.papers.scan(id);
    return confirmChange({
      title: '删除扫描件',
      action: `/paper-scans/${id}/remove`,
      fields: {},
      lines: [`删除“${name}”。已登记的签收不变。`],
      warnings: [],
      submit: '删除扫描件',
      back: `/issues/${issueId}/paper/signed`,
      nav: 'issues',
      undo: '删除后不能恢复，可以重新上传',
    });
  }

  @Needs('acknowledge.onBehalf')
  @Post('paper-scans/:id/remove')
  async remove(
    @Param('id', recordId) id: string,
    @Body() _body: unknown,
    @CurrentActor() actor: Actor,
  ): Promise<SeeOther> {
    return seeOther(`/issues/${await this.papers.removeScan(id, actor)}/paper/signed#sheets-title`);
  }
}
