import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { generate } from '../../../test/bulletins/bulletin.js';
import { decodeText } from './decode.js';
import { bulletinJson } from './json.js';
import { type SourceLine, toLines, withNewlines } from './lines.js';
import { isKindPin, isSamePlace, type Pin, PIN_KINDS, type PinKind } from './pins.js';
import { type Reading, readBulletin } from './read.js';

/** What a person said of a text is obeyed, and everything around it is read anew. */

const folder = join(import.meta.dirname, '../../../test/fixtures/bulletins');
const linesOf = (bytes: Uint8Array): SourceLine[] => toLines(withNewlines(decodeText(bytes).text));
const fixtures = readdirSync(folder)
  .filter((name) => name.endsWith('.txt'))
  .map((name) => [name, linesOf(readFileSync(join(folder, name)))] as const)
  .filter(([, lines]) => readBulletin(lines).isBulletin);
const generated = Array.from(
  { length: 60 },
  (_, index) => [`generated ${index}`, linesOf(generate(11, index).bytes)] as const,
);

/** All that a reading says but for what it is unsure of. */
const structureOf = ({ bulletin }: Reading): object => ({
  ...bulletinJson(bulletin),
  ...{ warnings: [], confidence: {}, alternatives: [] },
});
const winners = ({ original }: Reading): Pin[] =>
  original.lines.filter(({ joined }) => !joined).map(({ number, kind }) => ({ line: number, kind }));

describe('pinning what has won already', () => {
  it.each([...fixtures, ...generated])('%s: all lines at once', (_name, lines) => {
    const first = readBulletin(lines);
    expect(structureOf(readBulletin(lines, { pins: winners(first) }))).toEqual(structureOf(first));
  });

  it.each([...fixtures, ...generated.slice(0, 6)])('%s: each line alone', (_name, lines) => {
    const first = readBulletin(lines);
    const changed = winners(first).filter(
      (pin) => JSON.stringify(structureOf(readBulletin(lines, { pins: [pin] }))) !== JSON.stringify(structureOf(first)),
    );
    expect(changed).toEqual([]);
  });
});

/** Kinds that are another one by what stands before: text with no item above begins one. */
const comesTo: Partial<Record<PinKind, readonly PinKind[]>> = {
  text: ['item'],
  more: ['text', 'item', 'headline'],
};

describe('any kind on any line', () => {
  it.each([...fixtures, ...generated.slice(0, 6)])('%s', (_name, lines) => {
    const { original } = readBulletin(lines);
    const faults: string[] = [];
    for (const [at, { number, joined }] of original.lines.entries()) {
      const kind = PIN_KINDS[(at * 7) % PIN_KINDS.length] as PinKind;
      if (joined) continue;
      const reading = readBulletin(lines, { pins: [{ line: number, kind }] });
      const now = reading.original.lines.find((line) => line.number === number)?.kind;
      if (now !== kind && !comesTo[kind]?.includes(now as PinKind)) faults.push(`${number}: ${kind} became ${now}`);
    }
    expect(faults).toEqual([]);
  });
});

describe('a second reading that is taken', () => {
  const doubtful = [
    ...fixtures,
    ...Array.from({ length: 280 }, (_, at) => linesOf(generate(5, at).bytes)).map(
      (lines, at) => [`generated ${at}`, lines] as const,
    ),
  ].flatMap(([name, lines]) =>
    readBulletin(lines).bulletin.doubts.map(
      (doubt) => [`${name}, line ${doubt.line}: ${doubt.fact}`, lines, doubt] as const,
    ),
  );

  it('is looked at in many places', () => expect(doubtful.length).toBeGreaterThan(30));

  it.each(doubtful)('%s', (_name, lines, doubt) => {
    const taken = readBulletin(lines, { pins: [doubt.pin] });
    const { bulletin } = taken;
    expect(structureOf(taken)).not.toEqual(structureOf(readBulletin(lines)));
    const left = bulletin.doubts.filter(({ code, line }) => code === doubt.code && line === doubt.line);
    expect(left).toEqual([]);
    expect(bulletin.warnings.filter(({ code, line }) => code === doubt.code && line === doubt.line)).toEqual([]);
    const { pin } = doubt;
    if (!isKindPin(pin) && pin.fact === 'series') expect(bulletin.series).toBe(pin.value);
    if (!isKindPin(pin) && pin.fact === 'issueNumber')
      expect(bulletin.issueNumber).toBe(pin.value && Number(pin.value));
    if (!isKindPin(pin) && pin.fact === 'date') expect(bulletin.date).toBe(pin.value);
    if (!isKindPin(pin) && (pin.fact === 'unit' || pin.fact === 'headline'))
      expect(bulletin.sections.flatMap(({ items }) => items.map((item) => item[pin.fact as 'unit']))).toContain(
        pin.value,
      );
  });
});

const text = `青陵快报
第7期
青陵县人民政府办公室
2025年4月3日
【要情】
县水利局完成春季清淤 清淤12公里，投入机具30台，惠及3个村。
节水灌溉面积扩大
全县新增节水灌溉面积2000亩，覆盖5个乡镇。（水利局）
柳河镇启动夏收准备 检修机具300台，备足麦种，晾晒场地已经平整。（柳河镇）
本期发：县委常委。
责任编辑：李勉  审核：王守  签发：周五洲`;
const read = (...pins: Pin[]): Reading => readBulletin(toLines(text), { pins });
const headlines = (reading: Reading): (string | null)[] =>
  reading.bulletin.sections.flatMap(({ items }) => items.map(({ headline }) => headline));

describe('what is said of one line', () => {
  it('makes it a headline, and the text below it an item of its own', () => {
    const joined = read({ line: 7, kind: 'text' });
    expect(headlines(joined)).toEqual(['县水利局完成春季清淤', '柳河镇启动夏收准备']);
    const { bulletin } = read({ line: 7, kind: 'headline' });
    expect(bulletin.sections[0]?.items[1]).toEqual({
      headline: '节水灌溉面积扩大',
      body: '全县新增节水灌溉面积2000亩，覆盖5个乡镇。',
      unit: '水利局',
      author: null,
    });
  });

  it('makes it a section, which has what stands below it', () => {
    const { bulletin } = read({ line: 7, kind: 'section' });
    expect(bulletin.sections.map(({ name, items }) => [name, items.length])).toEqual([
      ['要情', 1],
      ['节水灌溉面积扩大', 2],
    ]);
    expect(bulletin.warnings.filter(({ line }) => line === 7)).toEqual([]);
  });

  it('leaves it out, wherever it stands', () => {
    expect(headlines(read({ line: 9, kind: 'none' }))).not.toContain('柳河镇启动夏收准备');
    expect(JSON.stringify(read({ line: 7, kind: 'none' }).bulletin)).not.toContain('节水灌溉面积扩大');
  });

  it('makes it recipients, though it has no label', () => {
    const bare = text.replace('本期发：县委常委。', '县委常委，县政府党组成员。');
    const { bulletin } = readBulletin(toLines(bare), { pins: [{ line: 10, kind: 'scope' }] });
    expect(bulletin.distribution).toEqual(['县委常委', '县政府党组成员']);
    expect(bulletin.warnings.map(({ code }) => code)).not.toContain('unknown_foot_line');
  });

  it('makes it the unit that sent the item, whatever its name looks like', () => {
    const odd = text.replace('（水利局）', '\n老河工小组');
    const { bulletin } = readBulletin(toLines(odd), { pins: [{ line: 9, kind: 'credit' }] });
    expect(bulletin.sections[0]?.items.map(({ unit }) => unit)).toContain('老河工小组');
  });

  it('goes together with what is said of another', () => {
    const both = read({ line: 7, kind: 'section' }, { line: 2, fact: 'issueNumber', value: '8' });
    expect(both.bulletin).toMatchObject({ issueNumber: 8, title: '青陵快报第8期' });
    expect(both.bulletin.sections).toHaveLength(2);
  });

  it('of the name of the paper, its date, its issuer and its names, is taken; or that there is none', () => {
    const { bulletin } = read(
      { line: 1, fact: 'series', value: '青陵要情' },
      { line: 4, fact: 'date', value: '2025-04-02' },
      { line: 3, fact: 'issuer', value: null },
      { line: 11, fact: 'editor', value: '李二' },
      { line: 11, fact: 'approver', value: null },
    );
    expect(bulletin).toMatchObject({
      series: '青陵要情',
      date: '2025-04-02',
      issuer: null,
      editor: '李二',
      approver: null,
    });
    expect(bulletin.warnings.map(({ code }) => code)).toEqual(expect.arrayContaining(['no_issuer', 'no_sign_off']));
  });
});

it('the later word on a place is another word on it', () => {
  expect(isSamePlace({ line: 1, kind: 'head' }, { line: 1, kind: 'text' })).toBe(true);
  expect(isSamePlace({ line: 1, kind: 'head' }, { line: 2, kind: 'head' })).toBe(false);
  expect(isSamePlace({ line: 1, kind: 'head' }, { line: 1, fact: 'series', value: '甲' })).toBe(false);
  expect(isSamePlace({ line: 1, fact: 'series', value: '乙' }, { line: 2, fact: 'series', value: '甲' })).toBe(true);
  expect(isSamePlace({ line: 1, fact: 'unit', value: '乙' }, { line: 2, fact: 'unit', value: '甲' })).toBe(false);
});

describe('the original and the structure are linked', () => {
  it('every line that is not blank is there once', () => {
    for (const [, lines] of [...fixtures, ...generated]) {
      const { original } = readBulletin(lines);
      expect(original.lines.map(({ number }) => number)).toEqual([...new Set(lines.map(({ number }) => number))]);
    }
  });

  it('an item stands on its lines, and no line is of two items', () => {
    for (const [, lines] of [...fixtures, ...generated]) {
      const { original, bulletin } = readBulletin(lines);
      const items = original.places.filter(({ fact }) => /^sections\.\d+\.items\.\d+$/u.test(fact));
      expect(items).toHaveLength(bulletin.sections.flatMap((section) => section.items).length);
      const all = items.flatMap((place) => [...new Set(place.lines)]);
      expect(new Set(all).size).toBe(all.length);
    }
  });

  it('says where each fact of a plain bulletin stands', () => {
    const { original } = read();
    expect(Object.fromEntries(original.places.map(({ fact, lines }) => [fact, lines]))).toMatchObject({
      ...{ series: [1], issueNumber: [2], issuer: [3], date: [4], distribution: [10] },
      ...{ editor: [11], reviewer: [11], approver: [11], 'sections.0.name': [5] },
    });
    const at = (number: number): PinKind | undefined => original.lines.find((line) => line.number === number)?.kind;
    expect([1, 5, 6, 10, 11].map(at)).toEqual(['head', 'section', 'item', 'scope', 'sign']);
  });
});
