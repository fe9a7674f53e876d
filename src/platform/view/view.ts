import { Injectable } from '@nestjs/common';
import { join } from 'node:path';
import { Settings } from '../../settings/settings.js';
import { Assets } from './assets.js';
import type { PageContext } from './helpers.js';
import { loadTemplates, type Templates } from './templates.js';

/** Same depth in src and in dist. */
export const templatesFolder = join(import.meta.dirname, '../../../templates');

const nobody: PageContext = { account: null, largeType: false, path: '/' };

/** All pages and fragments, compiled at start. */
@Injectable()
export class View {
  readonly assets = new Assets(join(templatesFolder, 'assets'));
  private readonly templates: Templates;

  constructor(private readonly settings: Settings) {
    this.templates = loadTemplates(templatesFolder, (name) => this.assets.url(name));
  }

  /**
   * HTML of a page or of a fragment.
   *
   * @param name path in templates without the ending, e.g. `console/sending/board`
   * @param context whom it is for; a fragment that shows neither name nor navigation needs none
   * @throws Error when the template is unknown or uses a name that the props do not have
   */
  render(name: string, props: object, context: PageContext = nobody): string {
    const { officeName, officePhone, mode, sandboxUrl } = this.settings;
    const app = { office: officeName, phone: officePhone, demo: mode === 'demo', sandboxUrl };
    return this.templates(name, { account: context.account, ...props }, { app, page: context });
  }
}
