import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { printedPages } from '../../test/printed-pages.js';
import { printCommand } from './file-commands.js';

const bulletins = join(import.meta.dirname, '../../test/fixtures/bulletins');
const folder = mkdtempSync(join(tmpdir(), 'print-'));
afterAll(() => rmSync(folder, { recursive: true }));

const print = async (...args: string[]) => {
  const said: string[] = [];
  const streams = { usage: '用法', out: () => undefined, say: (text: string) => void said.push(text) };
  const code = await printCommand(args, { fontDir: null, today: '2026-11-30' }, streams);
  return { code, said: said.join('\n') };
};
const plain = (text: string) => text.replace(/\s/g, '');

it('prints a bulletin as PDF/A with real text, and the same file each time', async () => {
  const seed = join(bulletins, 'seed.txt');
  const [one, other] = [join(folder, '1.pdf'), join(folder, '2.pdf')];
  const { code, said } = await print(seed, one);
  expect([code, said]).toEqual([0, expect.stringMatching(/第17行：.*换页处断开.*\n.*1\.pdf：共5页。$/s)]);
  expect(await print(seed, other)).toMatchObject({ code: 0 });
  const file = readFileSync(one);
  expect(readFileSync(other).equals(file)).toBe(true);

  const { pages, fonts, ...about } = await printedPages(file);
  expect(about).toEqual({ title: '延津政务快报第14期', author: '延津县人民政府办公室', pdfa: true });
  expect(fonts.map((name) => name.replace(/^[A-Z]{6}\+/, '')).sort()).toEqual(
    ['Black', 'Bold', 'Regular'].map((weight) => `NotoSerifSC-${weight}`),
  );
  expect(fonts.every((name) => /^[A-Z]{6}\+/.test(name))).toBe(true);

  const [body, foot] = readFileSync(seed, 'utf8').split('【用地保障】')[1]!.split('本期发');
  // What page breaks of the original had cut is joined, and the stop behind a headline is no part of it.
  const wanted = plain(body!).replaceAll('。以解决', '以解决').replace('前列。将', '前列将');
  const printed = pages.map(({ lines }) => lines.map(({ text }) => text).join('')).join('');
  const text = plain(printed).replace(/—\d—/g, '');
  expect(text).toContain(wanted.slice(0, 400));
  expect(text).toContain(wanted.slice(-400));
  expect(text).toContain(`本期发${plain(foot!).slice(0, 60)}`);
  expect(text).toMatch(/^内部延津政务快报第14期延津县人民政府办公室2025年4月3日【用地保障】/);
  expect(text).toMatch(/责任编辑：李勉审核：路帅签发：范晓宇$/);
});

it('refuses plainly, with the exit codes of its neighbours', async () => {
  const out = join(folder, 'no.pdf');
  expect(await print()).toEqual({ code: 2, said: '用法' });
  expect(await print(join(bulletins, 'seed.txt'))).toEqual({ code: 2, said: '用法' });
  expect(await print(join(folder, 'none.txt'), out)).toEqual({
    code: 2,
    said: expect.stringContaining('找不到文件') as string,
  });
  expect(await print(join(bulletins, 'syn12_not_a_bulletin.txt'), out)).toMatchObject({ code: 2 });
  const secret = await print(join(bulletins, 'derived_wlyq_ribao_secret.txt'), out);
  expect(secret).toEqual({ code: 3, said: '文件带有国家秘密标志，本系统不得处理。请改用机要渠道。' });
  writeFileSync(
    join(folder, 'long.txt'),
    readFileSync(join(bulletins, 'seed.txt'), 'utf8').replace(
      '全省前列。',
      `全省前列。${'很长的一段话，'.repeat(50_000)}`,
    ),
  );
  expect(await print(join(folder, 'long.txt'), out)).toEqual({
    code: 1,
    said: expect.stringMatching(/超过600页，没有生成PDF。/) as string,
  });
});
