import { errorText } from '../domain/errors/errors.js';
import { readerProblem } from './reader-problem.js';

const office = { officeName: '县政府办', officePhone: '' };
const codes = ['reading.linkInvalid', 'reading.linkExpired', 'reading.withdrawn', 'reading.noCodeAddress'] as const;

it.each(codes)('%s says whom to call', (code) => {
  expect(readerProblem(code, errorText(code), office).advice).toMatch(/请与县政府办联系。$/);
});

it.each(codes)('%s gives the telephone number where there is one', (code) => {
  const { advice } = readerProblem(code, errorText(code), { ...office, officePhone: '0373-7690000' });
  expect(advice).toMatch(/请与县政府办（电话0373-7690000）联系。$/);
});

it('says which issue was withdrawn', () => {
  const about = { issue: '延津政务快报第14期' };
  const { title, text } = readerProblem('reading.withdrawn', errorText('reading.withdrawn'), office, about);
  expect([title, text]).toEqual([
    '延津政务快报第14期已撤回',
    '延津政务快报第14期已撤回，请勿使用、转发先前收到的内容。',
  ]);
  expect(readerProblem('reading.withdrawn', errorText('reading.withdrawn'), office).title).toBe('本期已撤回');
});

it('offers the code from the SMS where the link is broken, not where the issue is withdrawn', () => {
  const byCode = (code: (typeof codes)[number]) => readerProblem(code, '', office).byCode;
  expect([byCode('reading.linkInvalid'), byCode('reading.withdrawn')]).toEqual([true, false]);
});

it('warns against passing on what was withdrawn', () => {
  expect(readerProblem('reading.withdrawn', errorText('reading.withdrawn'), office).text).toContain('转发');
});
