import { dutyText, isMissingTime } from './duty-notice.js';

const calendar = new Map();
const at = (text: string) => new Date(`${text}:00+08:00`);

describe('isMissingTime', () => {
  it.each([
    ['2026-11-30T16:59', false],
    ['2026-11-30T17:00', true],
    ['2026-11-30T19:59', true],
    ['2026-11-30T20:00', false],
    // A Saturday.
    ['2026-11-28T17:00', false],
  ])('is at 17:00 of a working day: %s %s', (time, expected) => {
    expect(isMissingTime(at(time), calendar)).toBe(expected);
  });
});

describe('dutyText', () => {
  const text = (notice: Parameters<typeof dutyText>[0], again = false) => dutyText(notice, '某县政府办', again);
  const issue = '《快报》第12期';

  it('says in one line what happened, and in counts to whom', () => {
    expect(text({ kind: 'sent', issue, people: 115, unreached: 0 })).toBe(
      '**【某县政府办】《快报》第12期已发出**\n共115人，全部已提交各通道。',
    );
    expect(text({ kind: 'sent', issue, people: 115, unreached: 3 })).toContain('3人没有发出');
    expect(text({ kind: 'allRead', issue, people: 115, acknowledged: true })).toContain('已全部签收');
    expect(text({ kind: 'allRead', issue, people: 115, acknowledged: false })).toContain('打开率100%');
    expect(text({ kind: 'stopped', account: '企业微信', reason: '密钥不正确。' })).toContain('企业微信已停用');
  });

  it('names ten issues of those that somebody has not acknowledged', () => {
    const issues = Array.from({ length: 12 }, (_, n) => ({
      issue: `《快报》第${n + 1}期`,
      missing: n + 1,
      people: 115,
    }));
    const said = text({ kind: 'missing', day: '2026-11-30', issues });
    expect(said.split('\n')).toHaveLength(12);
    expect(said).toContain('2026年11月30日17时尚未签收');
    expect(said).toContain('《快报》第3期：还差3人（共115人）');
    expect(said).toContain('另有2期');
  });

  it('says that it may have been said before', () => {
    expect(text({ kind: 'sent', issue, people: 1, unreached: 0 }, true)).toContain('是否发出不明');
  });

  it('calls nobody and marks nothing that is not its own', () => {
    const said = text({ kind: 'stopped', account: '<@all>', reason: '**x**\n# y [a](b)' });
    expect(said.split('\n')).toHaveLength(3);
    expect(said).not.toMatch(/<|#|\[/);
  });
});
