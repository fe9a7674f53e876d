import { Controller, Get, Post } from '@nestjs/common';
import { Callback, Public } from '../platform/http/access.js';
import { Needs, NeedsScope, PartNeeds } from './needs.js';
import { routeLines, routesOf } from './routes.js';

@Controller()
class Mixed {
  @Get('a') @Public() open(): void {}
  @Get('b') @Callback() called(): void {}
  @Get('c') @Needs('issue.read') guarded(): void {}
  @Post('d') forgotten(): void {}
  @Post('f') @Needs('issue.review', 'issue.sendBack') one(): void {}
  @Get(['g', 'h']) @NeedsScope('groups.read') twice(): void {}
  noRoute(): void {}
}

@Needs('list.read')
@Controller('issues/:id')
class Whole {
  @Get() list(): void {}
  @Post('export') @PartNeeds('list.exportFull') save(): void {}
  @Post('close') @Needs('list.edit') close(): void {}
}

it('says of every route who may use it, and of one that nobody marked that nobody may', () => {
  expect(routeLines(routesOf([Mixed, Whole]))).toEqual([
    'GET /a public Mixed.open',
    'GET /b callback Mixed.called',
    'GET /c issue.read Mixed.guarded',
    'POST /d nobody Mixed.forgotten',
    'POST /f issue.review|issue.sendBack Mixed.one',
    'GET /g key:groups.read Mixed.twice',
    'GET /h key:groups.read Mixed.twice',
    'GET /issues/:id list.read Whole.list',
    'POST /issues/:id/close list.edit Whole.close',
    'POST /issues/:id/export list.read+list.exportFull Whole.save',
  ]);
});
