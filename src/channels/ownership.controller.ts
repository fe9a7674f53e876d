import { Controller, Get, Header, NotFoundException, Param } from '@nestjs/common';
import { sameText } from '../platform/crypto.js';
import { Public } from '../platform/http/access.js';
import { Settings } from '../settings/settings.js';

/** The file by which WeCom proves that a domain belongs to the corporation; its name and content come from there. */
@Controller()
export class OwnershipController {
  constructor(private readonly settings: Settings) {}

  @Public()
  @Get('WW_verify_:name')
  @Header('content-type', 'text/plain; charset=utf-8')
  file(@Param('name') name: string): string {
    const ownership = this.settings.wecom?.ownership;
    if (!ownership || !sameText(`WW_verify_${name}`, ownership.file)) throw new NotFoundException();
    return ownership.content;
  }
}
