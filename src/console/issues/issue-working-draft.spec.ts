import { formPages, findItem, pageOf } from './issue-form-pages.js';
import type { IssueDraft } from './issue-form.js';
import { isChanged, keyed, overlay, placeOf, stepNow } from './issue-working-draft.js';

const item = (headline: string, body = '正文') => ({ headline, unitName: '', author: '', body });
const empty = keyed({
  ...{ revision: '1', number: '14', serialNumber: '', issuedOn: '', issuer: '', level: 'public', levelReason: '' },
  ...{ urgency: 'normal', scope: '', editorName: '', reviewerName: '', approverName: '', sections: [] },
});
const draft = (...sections: [string, ReturnType<typeof item>[]][]): IssueDraft =>
  keyed({ ...empty, sections: sections.map(([name, items]) => ({ name, items })) });
const mine = draft(['一', [item('甲'), item('乙')]], ['二', [item('丙')]]);
const headlines = ({ sections }: IssueDraft) =>
  sections.map(({ name, items }) => [name, ...items.map((one) => one.headline)]);
/** The fields of some items as their form sends them. */
const part = (more: Record<string, string>) => ({ part: '1', ...more });
const fields = (place: string, key: string, headline: string) => ({
  ...{ [`${place}.key`]: key, [`${place}.headline`]: headline, [`${place}.body`]: '新' },
  ...{ [`${place}.unitName`]: '', [`${place}.author`]: '' },
});

describe('keys', () => {
  it('are the same for the same text in another version, and differ for equal texts in one', () => {
    const twice = draft(['一', [item('甲'), item('甲'), item('乙')]]);
    const keys = twice.sections[0]!.items.map(({ key }) => key);
    expect(new Set(keys).size).toBe(3);
    expect(keys[2]).toBe(mine.sections[0]!.items[1]!.key);
  });

  it('stay when the text changes', () => {
    const { key } = mine.sections[0]!.items[0]!;
    expect(keyed({ ...mine, number: '15' }).sections[0]!.items[0]!.key).toBe(key);
  });
});

describe('overlay', () => {
  it('changes only what the form shows, wherever that stands now', () => {
    const moved = { ...mine, sections: [...mine.sections].reverse() };
    const body = part({
      'sections.0.key': mine.sections[0]!.key!,
      ...fields('sections.0.items.1', mine.sections[0]!.items[1]!.key!, '乙二'),
    });
    expect(headlines(overlay(moved, body))).toEqual([
      ['二', '丙'],
      ['一', '甲', '乙二'],
    ]);
    expect(overlay(mine, part({ number: '15' }))).toMatchObject({ number: '15', level: 'public' });
  });

  it('leaves alone the fields of an item that the form does not have', () => {
    const body = part({ 'sections.0.items.1.key': mine.sections[0]!.items[1]!.key! });
    expect(overlay(mine, body)).toEqual(mine);
  });

  it('adds again what another window deleted', () => {
    const body = part({
      'sections.0.key': mine.sections[0]!.key!,
      ...fields('sections.0.items.0', 'igone', '写了一半'),
    });
    expect(headlines(overlay(mine, body))[0]).toEqual(['一', '甲', '乙', '写了一半']);
  });

  it('takes a form without parts as the whole issue', () => {
    const body = { revision: '1', 'sections.0.name': '只有', 'sections.0.items.0.headline': '一条' };
    expect(headlines(overlay(mine, body))).toEqual([['只有', '一条']]);
  });

  it('reads a button by what it belonged to when the form was shown', () => {
    const moved = { ...mine, sections: [...mine.sections].reverse() };
    const [section, one] = [mine.sections[0]!, mine.sections[0]!.items[1]!];
    const body = { 'sections.0.key': section.key, 'sections.0.items.1.key': one.key };
    expect(stepNow('itemUp:0:1', body, moved)).toBe('itemUp:1:1');
    expect(stepNow('removeSection:0', body, moved)).toBe('removeSection:1');
    expect(stepNow('removeItem:0:1', { 'sections.0.items.1.key': 'igone' }, moved)).toBe('removeItem:-1:-1');
    expect(stepNow('addSection', body, moved)).toBe('addSection');
    expect(placeOf(moved, one.key!)).toEqual({ section: 1, item: 1 });
  });

  it('knows whether anything was changed', () => {
    expect(isChanged({ base: mine, mine: overlay(mine, part({ number: '14' })) })).toBe(false);
    expect(isChanged({ base: mine, mine: overlay(mine, part({ number: '15' })) })).toBe(true);
    expect(isChanged({ base: mine, mine: { ...mine, sections: [...mine.sections].reverse() } })).toBe(true);
  });
});

describe('pages of the form', () => {
  const items = (count: number, length = 200) =>
    Array.from({ length: count }, (_, i) => item(`第${i}条`, '字'.repeat(length)));

  it('is one for an ordinary issue', () => {
    expect(formPages(mine)).toHaveLength(1);
    expect(formPages(empty)).toEqual([[]]);
  });

  it.each([
    [200, 100],
    [200, 700],
    [1000, 300],
    [3, 30_000],
  ])('has every one of %d items of %d characters once, in order, none too heavy', (count, length) => {
    const long = draft(['一', items(count, length)], ['空', []], ['二', items(count, length)]);
    const pages = formPages(long);
    const shown = pages
      .flat()
      .flatMap(({ section, from, to }) => Array.from({ length: to - from }, (_, i) => [section, from + i]));
    expect(shown).toEqual([0, 2].flatMap((section) => Array.from({ length: count }, (_, i) => [section, i])));
    expect(pages.flat().some(({ section }) => section === 1)).toBe(true);
    for (const parts of pages) {
      const held = parts.reduce((sum, { from, to }) => sum + to - from, 0);
      expect(held).toBeLessThanOrEqual(20);
      expect(held === 1 || held * length * 3 < 60_000).toBe(true);
    }
    expect(pageOf(pages, 2, count - 1)).toBe(pages.length - 1);
  });

  it('finds an item on a later page, and round again from the last', () => {
    const long = draft(['一', [item('目标'), ...items(50), item('又是目标')]]);
    const pages = formPages(long);
    expect(findItem(long, pages, '目标', 0)).toEqual({ section: 0, item: 51 });
    expect(findItem(long, pages, ' 目标 ', pages.length - 1)).toEqual({ section: 0, item: 0 });
    expect(findItem(long, pages, '没有', 0)).toBeNull();
    expect(findItem(long, pages, ' ', 0)).toBeNull();
  });
});
