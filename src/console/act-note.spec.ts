import { actNote } from './act-note.js';

it.each<[string | undefined, string | null]>([
  ['retried-12', '已安排重试12条。'],
  ['settled-0', '这些投递刚刚已有结果，没有再改动。'],
  ['toString-1', null],
  ['<b>', null],
  [undefined, null],
])('reads %s from the address as %s', (did, note) => {
  expect(actNote(did)).toBe(note);
});
