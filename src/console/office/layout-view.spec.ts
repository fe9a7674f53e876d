import { NOTHING_KNOWN, type PaperLayout } from '../../domain/bulletin/paper-layout.js';
import { layoutFields, layoutWords, traitOrder } from './layout-view.js';

const layout: PaperLayout = {
  ...{
    ...NOTHING_KNOWN,
    series: '青陵快报',
    number: '({年})第{期号}期(总第{总期号}期)',
    section: '(一){名}',
    mark: '',
  },
  ...{ headline: 'stop', unit: '(供稿:{名})', footLines: ['(共印{数}份)'], contentsLabel: null },
  byHand: ['mark', 'contentsLabel'],
};

it('says in words what is known, and what a person has written or removed', () => {
  expect(layoutWords(layout)).toEqual([
    { label: '刊头', text: '青陵快报', byHand: false },
    { label: '期号写作', text: '（YYYY）第N期（总第M期）', byHand: false },
    { label: '目录的标题', text: '不使用', byHand: true },
    { label: '栏目写作', text: '（一）栏目名', byHand: false },
    { label: '每篇稿件前的符号', text: '没有符号', byHand: true },
    { label: '标题的位置', text: '在正文前，用句号隔开', byHand: false },
    { label: '报送单位写作', text: '（供稿：单位名）', byHand: false },
    { label: '文末的固定行', text: '“（共印N份）”', byHand: false },
  ]);
  expect(layoutWords(null)).toEqual([]);
});

it('has a field for every trait, with what was typed and what is wrong with it', () => {
  const fields = layoutFields(layout, { section: '【】' }, [{ trait: 'section', message: '不对' }]);
  expect(fields.map(({ name }) => name)).toEqual(traitOrder);
  expect(fields.find(({ name }) => name === 'section')).toMatchObject({ value: '【】', error: '不对', rows: null });
  expect(fields.find(({ name }) => name === 'footLines')).toMatchObject({ value: '（共印{数}份）', rows: 2 });
  const headline = fields.find(({ name }) => name === 'headline');
  expect(headline?.options?.find(({ chosen }) => chosen)?.value).toBe('stop');
});
