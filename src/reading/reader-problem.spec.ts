import { errorText } from '../domain/errors.js';
import { readerProblem } from './reader-problem.js';

const codes = ['reading.linkInvalid', 'reading.linkExpired', 'reading.withdrawn', 'reading.noCodeAddress'] as const;

it.each(codes)('%s says whom to call', (code) => {
  expect(readerProblem(code, errorText(code), '县政府办').advice).toMatch(/请与县政府办联系。$/);
});

it('offers the code from the SMS where the link is broken, not where the issue is withdrawn', () => {
  const byCode = (code: (typeof codes)[number]) => readerProblem(code, '', '县政府办').byCode;
  expect([byCode('reading.linkInvalid'), byCode('reading.withdrawn')]).toEqual([true, false]);
});

it('warns against passing on what was withdrawn', () => {
  expect(readerProblem('reading.withdrawn', errorText('reading.withdrawn'), '县政府办').text).toContain('转发');
});
