import Handlebars from 'handlebars';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { sha256Hex } from '../platform/crypto.js';

/** The red of a bulletin's head, in every message: `{{red}}` in templates. Mail programs know no style sheet. */
export const messageRed = '#c4161c';

export interface TemplateSet {
  /** @throws Error when the template uses a name that the view does not have */
  render(name: string, view: object): string;
  /** SHA-256 over the template and all partials it may use. */
  version(name: string): string;
}

/**
 * Reads templates/FOLDER, of which `x.html.hbs` are escaped, `x.txt.hbs` are not, and `_x.…` are partials. A template that
 * does not parse or is missing stops the start.
 */
export function loadTemplates(folder: string): TemplateSet {
  // dist/rendering and src/rendering are both two levels below the project's root.
  const root = fileURLToPath(new URL(`../../templates/${folder}/`, import.meta.url));
  const sources = new Map(
    readdirSync(root)
      .filter((file) => file.endsWith('.hbs'))
      .map((file) => [
        file.slice(0, -'.hbs'.length),
        readFileSync(root + file, 'utf8').replaceAll('{{red}}', messageRed),
      ]),
  );
  const partials = [...sources].filter(([name]) => name.startsWith('_'));
  const engine = Handlebars.create();
  for (const [name, source] of partials) engine.registerPartial(name.slice(1), source);

  const compiled = new Map<string, Handlebars.TemplateDelegate<object>>();
  const versions = new Map<string, string>();
  for (const [name, source] of sources) {
    // compile() alone would put a syntax error off until the first message.
    engine.parse(source);
    compiled.set(name, engine.compile<object>(source, { strict: true, noEscape: name.endsWith('.txt') }));
    versions.set(name, sha256Hex([source, ...partials.map(([, text]) => text)].join('\0')));
  }
  return {
    render: (name, view) => of(compiled, name)(view),
    version: (name) => of(versions, name),
  };
}

function of<T>(templates: ReadonlyMap<string, T>, name: string): T {
  const found = templates.get(name);
  if (found === undefined) throw new Error(`no template ${name}`);
  return found;
}
