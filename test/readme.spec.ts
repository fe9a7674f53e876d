import { statSync } from 'node:fs';
import { join } from 'node:path';
import { furtherKeys, settingsTable } from '../src/programs/settings.js';
import { demoArguments } from '../src/programs/demo/arguments.js';
import { deliveryMachine } from '../src/domain/sending/delivery-state.js';
import { issueMachine } from '../src/domain/issue/issue-state.js';
import { mermaid } from '../src/domain/machine.js';
import { readingMachine } from '../src/domain/reading/reading.js';
import { apiScopes, permissions, roles, rolesText, rolesWith } from '../src/domain/roles.js';
import { smsTemplateTexts } from '../src/rendering/sms.js';
import { settingsHelp } from '../src/settings/help.js';
import {
  blocksIn,
  contentOf,
  documentAt,
  documents,
  isThere,
  leadsSomewhere,
  linksIn,
  paths,
  pathsNamedIn,
  spansIn,
} from './documents.js';

const readme = documentAt('README.md');
const chinese = documentAt('README.zh-CN.md');
const codeIn = (text: string) => [...spansIn(text), ...blocksIn(text)].join('\n');
const sources = paths
  .filter((path) => /^(?:src|test|prisma)\/.*\.(?:ts|mjs|prisma)$/.test(path))
  .map(contentOf)
  .join('\n');

describe('the README', () => {
  it.each([readme, chinese])('$path is read in one sitting', ({ text }) => {
    expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(150);
  });

  it('stands in two languages, each with the other one press away, with the same commands and the same links', () => {
    const head = ({ text }: typeof readme) => text.split('\n').slice(0, 5).join('\n');
    expect(linksIn(head(readme))).toEqual([chinese.path]);
    expect(linksIn(head(chinese))).toEqual([readme.path]);
    const commands = ({ text }: typeof readme) =>
      blocksIn(text)
        .join('\n')
        .replace(/ +#.*$/gm, '') +
      spansIn(text)
        .filter((span) => span.includes('npm '))
        .join('\n');
    expect(commands(chinese)).toBe(commands(readme));
    const further = ({ text }: typeof readme) =>
      [...new Set(linksIn(text))].filter((link) => !link.startsWith('README')).sort();
    expect(further(chinese)).toEqual(further(readme));
  });

  it('names the command with which CI tests', () => {
    expect(blocksIn(readme.text).join('\n')).toMatch(/^npm test\b/m);
    expect(contentOf('.ci/run')).toMatch(/^npm test\b/m);
  });

  it('leads to every page of docs/ and to every other document', () => {
    const led = linksIn(readme.text);
    expect(documents.map(({ path }) => path).filter((path) => path !== readme.path && !led.includes(path))).toEqual([]);
  });
});

describe('the documents', () => {
  it.each([
    ['issue', mermaid(issueMachine.table)],
    ['delivery', mermaid(deliveryMachine.table)],
    ['reading', mermaid(readingMachine.table)],
  ])('draw the %s states as the code has them', (_, diagram) => {
    expect(contentOf('docs/states.md')).toContain(diagram);
  });

  it('list every setting, and no other, with its default and its sentence', () => {
    const rows = [...contentOf('docs/settings.md').matchAll(/^\| `([A-Z0-9_]+)` \| (.*?) \| (.*) \|$/gm)].map(
      ([, key, fallback, sentence]) => ({ key: key!, fallback: fallback!, sentence: sentence!.replaceAll('`', '') }),
    );
    expect(rows.map(({ key }) => key).sort()).toEqual(Object.keys(settingsTable).sort());
    const wrong = settingsHelp(settingsTable).filter(({ key, fallback, help }) => {
      const row = rows.find((one) => one.key === key)!;
      return row.fallback !== (fallback === '' ? '–' : `\`${fallback}\``) || !row.sentence.startsWith(help);
    });
    expect(wrong).toEqual([]);
  });

  it('say which role may do what', () => {
    const rows = [...contentOf('docs/roles.md').matchAll(/^\| `([a-zA-Z]+\.\w+)`: .+? \| (.*) \|$/gm)].map(
      ([, permission, marks]) => [permission, ...roles.filter((_, at) => marks!.split('|')[at]?.trim() === '●')],
    );
    expect(rows).toEqual(permissions.map((permission) => [permission, ...rolesWith(permission)]));
    const head = `| ${roles.map((role) => rolesText[role]).join(' | ')} |`;
    expect(contentOf('docs/roles.md')).toContain(head);
    for (const [scope, text] of Object.entries(apiScopes))
      expect(contentOf('docs/roles.md')).toContain(`| \`${scope}\` | ${text} |`);
  });

  it('give the SMS texts that must be filed', () => {
    const filed = contentOf('docs/providers.md');
    for (const asksForReplies of [false, true]) {
      const texts = Object.values(smsTemplateTexts('https://你的地址', asksForReplies));
      expect(texts.filter((text) => !filed.includes(text))).toEqual([]);
    }
  });

  it('map every folder of the sources, and no other', () => {
    const map = blocksIn(contentOf('docs/architecture.md'))[0]!;
    let top = '';
    const mapped = [...map.matchAll(/^( {2}| {4})([\w-]+)\/(?: |$)/gm)].map(([, indent, folder]) => {
      if (indent!.length > 2) return `src/${top}/${folder}`;
      top = folder!;
      return `src/${folder}`;
    });
    const divided = ['domain', 'dispatch'];
    const there = paths.filter(
      (path) => /^src\/[^/]+$/.test(path) || divided.some((name) => path.startsWith(`src/${name}/`)),
    );
    expect(mapped.sort()).toEqual(there.filter((path) => !/\.\w+$/.test(path)).sort());
  });

  it('answer twenty questions with files that are there', () => {
    const rows = [...contentOf('docs/where-is-what.md').matchAll(/^\| (\d+) \| (.+?) \| (.+?) \| (.+?) \|$/gm)];
    expect(rows.map(([, number]) => Number(number))).toEqual(Array.from({ length: 20 }, (_, at) => at + 1));
    const answers = rows.map(([, , , answer]) => /^`(.+)`$/.exec(answer!)?.[1] ?? answer!);
    expect(answers.filter((answer) => answer !== 'npm run -s routes' && !isThere(answer))).toEqual([]);
  });

  it('name every command', () => {
    const { scripts } = JSON.parse(contentOf('package.json')) as { scripts: Record<string, string> };
    const all = documents.map(({ text }) => text).join('\n');
    const named = (script: string) => new RegExp(`\\bnpm (?:run )?(?:-s )?${script}(?![\\w:-])`).test(all);
    expect(Object.keys(scripts).filter((script) => !named(script))).toEqual([]);
  });

  it('give words of the glossary that stand in the code', () => {
    const words = contentOf('docs/glossary.md')
      .split('\n')
      .filter((line) => line.startsWith('|'))
      .slice(2)
      .flatMap((line) => line.split('|').flatMap((cell) => cell.split(',')))
      .map((word) => word.trim())
      .filter((word) => /^[a-z][A-Za-z]+$/.test(word));
    expect(words.length).toBeGreaterThan(30);
    expect(words.filter((word) => !new RegExp(`\\b${word}\\b`, 'i').test(sources))).toEqual([]);
  });
});

describe.each(documents)('$path', (document) => {
  const { text } = document;

  it('has only links that lead somewhere', () => {
    expect(linksIn(text).filter((link) => !leadsSomewhere(document, link))).toEqual([]);
  });

  it('names only files and folders that are there', () => {
    expect(pathsNamedIn(text).filter((name) => !isThere(name))).toEqual([]);
  });

  it('names only commands that there are', () => {
    const { scripts } = JSON.parse(contentOf('package.json')) as { scripts: Record<string, string> };
    const named = [...text.matchAll(/\bnpm (?:run (?:-s )?)?(test|start|(?<=run (?:-s )?)[\w:-]+)(?![\w:-])/g)];
    expect(named.map(([, script]) => script!).filter((script) => !(script in scripts))).toEqual([]);
    const cli = [...text.matchAll(/cli -- (\w+)/g)].map(([, command]) => command!);
    expect(cli.filter((command) => !new RegExp(`^  ${command} `, 'm').test(contentOf('src/programs/cli.ts')))).toEqual(
      [],
    );
    for (const [, flags] of text.matchAll(/npm run demo -- ([^`\n#]+)/g))
      expect(() => demoArguments(flags!.trim().split(/\s+/))).not.toThrow();
  });

  it('names only settings and functions that there are', () => {
    const code = codeIn(text);
    const keys = [...code.matchAll(/(?<![\w/])[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+(?![\w/])/g)].map(([key]) => key);
    const others = ['NAME_FILE', 'MALLOC_ARENA_MAX', ...settingsHelp(settingsTable).map(({ fallback }) => fallback)];
    const known = (key: string) =>
      key in settingsTable || key in furtherKeys || others.includes(key) || sources.includes(`process.env.${key}`);
    expect(keys.filter((key) => !known(key) && !known(key.replace(/_FILE$/, '')))).toEqual([]);
    const calls = spansIn(text).flatMap((span) => [...span.matchAll(/\b([a-z]\w+)\(/g)].map(([, name]) => name!));
    expect(calls.filter((name) => !new RegExp(`\\b${name}[(<]`).test(sources))).toEqual([]);
  });
});

it('keeps its pictures small', () => {
  const pictures = paths.filter((path) => path.endsWith('.png') && path.startsWith('docs/'));
  expect(pictures.length).toBeGreaterThan(2);
  const sizeOf = (path: string) => statSync(join(import.meta.dirname, '..', path)).size;
  expect(pictures.filter((path) => sizeOf(path) > 250_000)).toEqual([]);
  expect(pictures.filter((path) => !documents.some(({ text }) => text.includes(path.replace('docs/', ''))))).toEqual(
    [],
  );
});
