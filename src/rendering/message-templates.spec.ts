import { readdirSync, readFileSync } from 'node:fs';
import { loadTemplates, messageRed } from './message-templates.js';

const templates = new URL('../../templates/', import.meta.url);

it('refuses a name that the view does not have, instead of leaving a hole', () => {
  expect(() => loadTemplates('message').render('wecom.txt', { source: 'x' })).toThrow('not defined');
});

it('refuses a template that is not there', () => {
  expect(() => loadTemplates('message').render('letter.html', {})).toThrow('letter.html');
});

it('has one red for every message, on paper too', () => {
  const files = readdirSync(new URL('message/', templates)).map((name) => `message/${name}`);
  const red = new RegExp(messageRed, 'i');
  const own = files.filter((file) => red.test(readFileSync(new URL(file, templates), 'utf8')));
  expect(own).toEqual([]);
  expect(readFileSync(new URL('assets/print.css', templates), 'utf8')).toContain(`--red: ${messageRed};`);
});
