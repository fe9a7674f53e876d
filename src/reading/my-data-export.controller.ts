import { Controller, Get, Param, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { DomainError } from '../domain/errors/errors.js';
import { attachment, csvFile } from '../platform/csv-file.js';
import { Public } from '../platform/http/access.js';
import { download, type RawReply } from '../platform/http/page.js';
import { MyDataService } from './my-data.service.js';
import { myDataView } from './person-view.js';
import { ReaderIdentity } from './reader-identity.js';
import { ReadingService } from './reading.service.js';

/** The person's own copy of everything stored about him; addresses stay masked, because a file travels. */
@Public()
@Controller('r/:token/me')
export class MyDataExportController {
  constructor(
    private readonly reading: ReadingService,
    private readonly identity: ReaderIdentity,
    private readonly myData: MyDataService,
  ) {}

  @Get('export.json')
  async json(@Param('token') token: string, @Req() request: FastifyRequest): Promise<RawReply> {
    const data = await this.collect(token, request, 'json');
    const file = `${JSON.stringify(data, null, 2)}\n`;
    return download(file, 'application/json; charset=utf-8', attachment('我的信息.json'));
  }

  @Get('export.csv')
  async csv(@Param('token') token: string, @Req() request: FastifyRequest): Promise<RawReply> {
    const data = await this.collect(token, request, 'csv');
    const rows = [
      ['姓名', data.name, '', ''],
      ...data.posts.map(({ text, period }) => ['职务', text, period, '']),
      ...data.contacts.map(({ label, masked, note }) => ['联系方式', label, masked, note]),
      ...data.preference.map((text) => ['接收偏好', text, '', '']),
      ...data.subscriptions.map(({ publication, sections, state }) => ['自愿订阅', publication, sections, state]),
      ...data.readings.map(({ title, signed, opened, acknowledged }) => [
        ...['阅读记录', `${title}（${signed}）`, opened && `打开：${opened}`, acknowledged && `签收：${acknowledged}`],
      ]),
      ...data.looks.map(({ at, who, what, reason }) => ['查看完整联系方式', at, `${who}查看${what}`, reason]),
      ...data.amendments.map(({ at, text, state, answer }) => ['更正申请', `${at}：${text}`, state, answer]),
    ];
    const file = csvFile([['类别', '内容', '说明', '备注'], ...rows]);
    return download(file, 'text/csv; charset=utf-8', attachment('我的信息.csv'));
  }

  private async collect(
    token: string,
    request: FastifyRequest,
    format: 'json' | 'csv',
  ): Promise<ReturnType<typeof myDataView>> {
    const view = await this.reading.byToken(token);
    if (view.needsIdentity && !this.identity.proven(request, token)) throw new DomainError('reading.needsIdentity');
    if (!(await this.identity.isOwn(request, view.personId))) throw new DomainError('reading.needsDevice');
    const data = await this.myData.dataOf(view.personId, view.personName);
    await this.myData.recordExport(view.personId, format);
    return myDataView(data);
  }
}
