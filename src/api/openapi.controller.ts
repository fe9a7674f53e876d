import { Controller, Get, Header } from '@nestjs/common';
import { Public } from '../platform/http/access.js';
import { Settings } from '../settings/settings.js';
import { apiControllers } from './controllers.js';
import { openApi, operationsOf } from './openapi.js';
import { apiRoot } from './route.js';

/** What the interface offers, for programs that make their client from it. It holds no data and needs no key. */
@Public()
@Controller(apiRoot)
export class OpenApiController {
  constructor(private readonly settings: Settings) {}

  @Get('openapi.json')
  @Header('content-type', 'application/json; charset=utf-8')
  document(): object {
    return openApi(operationsOf(apiControllers), this.settings.http.publicUrl);
  }
}
