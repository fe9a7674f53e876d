import { arrange } from './issue-form-places.js';

const sections = [
  { name: '一', items: ['a', 'b'] },
  { name: '二', items: ['c'] },
];
const after = (step: string) => arrange(sections, step, () => '新')?.map(({ name, items }) => name + items.join(''));

it.each([
  ['addSection', ['一ab', '二c', '新']],
  ['addItem:0', ['一ab新', '二c']],
  ['removeItem:0:0', ['一b', '二c']],
  ['removeItem:1:0', ['一ab', '二']],
  ['removeSection:0', ['二c']],
  ['itemUp:0:1', ['一ba', '二c']],
  ['itemDown:0:0', ['一ba', '二c']],
  ['sectionUp:1', ['二c', '一ab']],
  ['sectionDown:0', ['二c', '一ab']],
])('%s', (step, expected) => {
  expect(after(step)).toEqual(expected);
});

it('moves an item past the edge into the neighbouring section', () => {
  expect(after('itemDown:0:1')).toEqual(['一a', '二bc']);
  expect(after('itemUp:1:0')).toEqual(['一abc', '二']);
});

it.each([
  'itemUp:0:0',
  'itemDown:1:0',
  'sectionUp:0',
  'sectionDown:1',
  'removeItem:9:9',
  'removeItem:0',
  'addItem:7',
  'itemUp:0:x',
])('%s has nowhere to go and changes nothing', (step) => {
  expect(after(step)).toEqual(['一ab', '二c']);
});

it('leaves saving to the caller', () => {
  expect(arrange(sections, 'save', () => '新')).toBeNull();
  expect(arrange(sections, '', () => '新')).toBeNull();
});

it('does not change what it was given', () => {
  arrange(sections, 'removeItem:0:0', () => '新');
  expect(sections[0]?.items).toEqual(['a', 'b']);
});
