import { Controller, Get, Post } from '@nestjs/common';
import { Callback, Public } from '../platform/http/access.js';
import { Needs, unmarkedRoutes } from './needs.js';

@Controller()
class Mixed {
  @Get('a') @Public() open(): void {}
  @Get('b') @Callback() called(): void {}
  @Get('c') @Needs('issue.read') guarded(): void {}
  @Post('d') forgotten(): void {}
  noRoute(): void {}
}

@Needs('issue.read')
@Controller()
class Whole {
  @Get() list(): void {}
}

describe('unmarkedRoutes', () => {
  it('finds the route that nobody marked, and only that', () => {
    expect(unmarkedRoutes([Mixed, Whole])).toEqual(['Mixed.forgotten']);
  });
});
