import Handlebars from 'handlebars';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { registerHelpers, type TemplateData } from './helpers.js';

export type Templates = (name: string, props: object, data: TemplateData) => string;

/**
 * Reads every `*.hbs` below `folder` once. A template's name is its path without the ending (`console/sending/board`); each is also
 * a partial under that name, those in `partials/` and beside it under their bare name (`field`, `layout`). A name that the
 * props do not have throws instead of printing nothing; `{{#if name}}` and `(lookup this "name")` ask without throwing.
 *
 * @throws Error naming the file that cannot be parsed
 */
export function loadTemplates(folder: string, assetUrl: (name: string) => string): Templates {
  const hb = Handlebars.create();
  registerHelpers(hb, assetUrl);
  const pages = new Map<string, HandlebarsTemplateDelegate>();
  for (const file of templateFiles(folder)) {
    const name = relative(folder, file).slice(0, -'.hbs'.length).split(sep).join('/');
    const template = hb.compile(parse(file), { strict: true, preventIndent: true });
    hb.registerPartial(name.replace(/^partials\//, ''), template);
    pages.set(name, template);
  }
  return (name, props, data) => {
    const template = pages.get(name);
    if (!template) throw new Error(`no template named ${name}`);
    return template(props, { data: { ...data } });
  };
}

/** By its text: a process that opens several applications, as tests do, parses a template once. */
const parsed = new Map<string, hbs.AST.Program>();

/** Parsed now rather than at first use, so that a broken template stops the start and not a reader. */
function parse(file: string): hbs.AST.Program {
  const text = readFileSync(file, 'utf8');
  try {
    const known = parsed.get(text) ?? Handlebars.parse(text);
    parsed.set(text, known);
    return known;
  } catch (error) {
    throw new Error(`${file}: ${(error as Error).message}`, { cause: error });
  }
}

function templateFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.hbs'))
    .sort()
    .map((name) => join(folder, name));
}
