import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { keptTogetherHtml, paragraphsHtml, percentText, type TemplateData } from './helpers.js';
import { loadTemplates } from './templates.js';

const data: TemplateData = {
  app: { office: '县政府办', phone: '', demo: false, sandboxUrl: null },
  page: { account: { name: '张三', permissions: ['issue.read'] }, largeType: false, path: '/' },
};

let folder = '';
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'templates-'))));
afterEach(() => rmSync(folder, { recursive: true }));

function render(source: string, props: object = {}, others: Record<string, string> = {}): string {
  for (const [name, text] of Object.entries({ 'page.hbs': source, ...others })) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return loadTemplates(folder, (name) => `/assets/${name}?v=1`)('page', props, data);
}

describe('templates', () => {
  it('escapes what they print', () => {
    expect(render('{{title}}', { title: '<b>"' })).toBe('&lt;b&gt;&quot;');
  });

  it('throw for a name that the props do not have, instead of printing nothing', () => {
    expect(() => render('{{titel}}', { title: 'x' })).toThrow(/titel/);
  });

  it('throw where a number is counted that is none', () => {
    expect(() => render('{{count}}', { count: 3 })).toThrow(/not a number/);
    expect(render('{{count n}}', { n: 1234 })).toBe('1,234');
  });

  it('throw for a helper that does not exist', () => {
    expect(() => render('{{datum at}}', { at: new Date() })).toThrow(/datum/);
  });

  it('fail at start, naming the file, when one cannot be parsed', () => {
    expect(() => render('{{#if a}}')).toThrow(/page\.hbs/);
  });

  it('throw for a template that is not there', () => {
    const templates = loadTemplates(folder, () => '');
    expect(() => templates('console/nothing', {}, data)).toThrow(/console\/nothing/);
  });

  it('use partials by their bare name and fragments by their path', () => {
    const html = render(
      '{{> tag text=a}}{{> console/_part}}',
      { a: 1 },
      {
        'partials/tag.hbs': '[{{text}}]',
        'console/_part.hbs': '({{a}})',
      },
    );
    expect(html).toBe('[1](1)');
  });

  it('wrap a page in a layout that knows whom it is for', () => {
    const html = render(
      '{{#> layout title="简报"}}{{n}}{{/layout}}',
      { n: 7 },
      {
        'layout.hbs': '{{title}}|{{@page.account.name}}|{{> @partial-block}}',
      },
    );
    expect(html).toBe('简报|张三|7');
  });

  it('show instants in Beijing time and leave out what is null', () => {
    const at = new Date('2026-11-22T16:05:00Z');
    expect(
      render('{{dateTime at}}/{{date at}}/{{date day}}/{{date none}}', { at, day: '2025-04-03', none: null }),
    ).toBe('2026年11月23日 00:05/2026年11月23日/2025年4月3日/');
  });

  it('ask for permissions of the account', () => {
    expect(render('{{#if (may "issue.read")}}1{{/if}}{{#if (may "issue.edit")}}2{{/if}}')).toBe('1');
  });
});

describe('paragraphsHtml', () => {
  const escape = (text: string) => text.replaceAll('<', '&lt;');

  it('makes one escaped paragraph of each line that is not blank', () => {
    expect(paragraphsHtml('一<script>\r\n\n  二  \n', escape)).toBe('<p>一&lt;script></p>\n<p>二</p>');
  });

  it('makes nothing of nothing', () => {
    expect(paragraphsHtml(' \n ', escape)).toBe('');
  });
});

describe('percentText', () => {
  it.each([
    [114, 115, '99%'],
    [115, 115, '100%'],
    [0, 0, '0%'],
  ])('%i of %i is %s', (part, total, text) => expect(percentText(part, total)).toBe(text));
});

it('keeps the number of an issue on one line, and escapes the rest', () => {
  const html = keptTogetherHtml('<b>快报第14期、第15期（更正）（送审的）', (text) => text.replace(/</g, '&lt;'));
  expect(html.replace(/<span class="nowrap">(.*?)<\/span>/g, '[$1]')).toBe(
    '&lt;b>快报[第14期]、[第15期（更正）]（送审的）',
  );
});
