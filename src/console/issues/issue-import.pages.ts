import { Controller, Get, Post, Req } from '@nestjs/common';
import { TakesFile } from '../../platform/http/access.js';
import type { FastifyRequest } from 'fastify';
import type { Actor } from '../../accounts/actor.js';
import { CurrentActor, Needs } from '../../accounts/needs.js';
import { DomainError } from '../../domain/errors/errors.js';
import { largestBulletinFile } from '../../issues/bulletin-file.js';
import { IssueService } from '../../issues/issue.service.js';
import { page, type PageReply, seeOther, type SeeOther } from '../../platform/http/page.js';
import { readUpload, type Upload } from '../../platform/http/upload.js';
import { type ImportFailure, importFailure } from '../import-failure.js';

/** A bulletin as a file or as pasted text. */
@Needs('issue.import')
@Controller('issues/new')
export class IssueImportPages {
  constructor(private readonly issues: IssueService) {}

  @Get()
  ask(): PageReply {
    return this.show('', null, 200);
  }

  @TakesFile()
  @Post()
  async import(@Req() request: FastifyRequest, @CurrentActor() actor: Actor): Promise<PageReply | SeeOther> {
    let text = '';
    try {
      const upload = await readUpload(request, largestBulletinFile);
      text = upload.fields.text ?? '';
      const { issueId } = await this.issues.importBulletin(bulletinOf(upload), actor);
      return seeOther(`/issues/${issueId}`);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      // A classified text must not be sent back to be kept in a browser either.
      return this.show(error.code === 'issue.classified' ? '' : text, importFailure(error), error.status);
    }
  }

  private show(text: string, failure: ImportFailure | null, status: number): PageReply {
    return page('console/issues/import', { text, failure }, { status });
  }
}

/** @throws DomainError issue.notBulletin when there is neither file nor text */
function bulletinOf({ file, fields }: Upload): { fileName: string; bytes: Uint8Array } {
  if (file !== null) return { fileName: file.name, bytes: file.bytes };
  // Browsers send line ends as CRLF; the same text pasted is to be known again as the same file.
  const text = (fields.text ?? '').replaceAll('\r\n', '\n');
  if (text.trim() === '') throw new DomainError('issue.notBulletin', { reason: '没有选择文件，也没有粘贴内容' });
  return { fileName: '粘贴的文本', bytes: Buffer.from(text, 'utf8') };
}
