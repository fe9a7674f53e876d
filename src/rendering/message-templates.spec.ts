import { loadTemplates } from './message-templates.js';

it('refuses a name that the view does not have, instead of leaving a hole', () => {
  expect(() => loadTemplates('message').render('wecom.txt', { source: 'x' })).toThrow('not defined');
});

it('refuses a template that is not there', () => {
  expect(() => loadTemplates('message').render('letter.html', {})).toThrow('letter.html');
});
