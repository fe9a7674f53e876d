import {
  askedAs,
  isInsideWecom,
  judgeReader,
  type MemberMark,
  memberProven,
  memberStep,
  type MemberStep,
} from './member.js';

const now = new Date('2026-11-30T09:00:00+08:00');
const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000);
const hour = 3600;

describe('memberStep', () => {
  it.each<[string, MemberMark | null, MemberStep]>([
    ['a first look', null, 'ask'],
    ['the addressee', { kind: 'own', at: ago(0), member: 'r001' }, 'show'],
    ['the addressee in the evening', { kind: 'own', at: ago(11 * hour), member: 'r001' }, 'show'],
    ['the next day', { kind: 'own', at: ago(13 * hour), member: 'r001' }, 'ask'],
    ['an account that is another’s by now', { kind: 'own', at: ago(60), member: 'r002' }, 'ask'],
    ['a mark of the future', { kind: 'own', at: ago(-60), member: 'r001' }, 'ask'],
    ['WeCom that cannot say', { kind: 'untold', at: ago(60) }, 'showUntold'],
    ['the same a while later', { kind: 'untold', at: ago(601) }, 'ask'],
    ['two taps at once', { kind: 'asked', at: ago(1) }, 'ask'],
    ['back from an error page of WeCom', { kind: 'asked', at: ago(10) }, 'showUntold'],
    ['somebody else', { kind: 'other', at: ago(10) }, 'ask'],
    ['somebody else who goes back before WeCom answers', { kind: 'askedAgain', at: ago(10) }, 'ask'],
    ['long after it', { kind: 'asked', at: ago(301) }, 'ask'],
  ])('knows what to do with %s', (_, mark, step) => {
    expect(memberStep(mark, ['r001'], now)).toBe(step);
  });

  it('asks nothing about somebody whose account nobody knows', () => {
    expect(memberStep(null, [], now)).toBe('show');
  });
});

it('remembers on the way to WeCom that it has named somebody else', () => {
  const kinds = ['asked', 'untold', 'other', 'askedAgain'] as const;
  expect([null, ...kinds].map((kind) => askedAs(kind && { kind, at: now }))).toEqual([
    ...['asked', 'asked', 'asked'],
    ...['askedAgain', 'askedAgain'],
  ]);
});

describe('memberProven', () => {
  it.each<[string, MemberMark | null, string | null]>([
    ['nothing where WeCom was never asked', null, null],
    ['the addressee', { kind: 'own', at: ago(hour), member: 'r001' }, 'own'],
    ['nobody by what was proven yesterday', { kind: 'own', at: ago(13 * hour), member: 'r001' }, 'untold'],
    ['nobody by a mark of the future', { kind: 'own', at: ago(-60), member: 'r001' }, 'untold'],
    ['nobody where it named somebody else', { kind: 'other', at: ago(1) }, 'untold'],
  ])('knows %s', (_, mark, proven) => expect(memberProven(mark, now)).toBe(proven));
});

describe('judgeReader', () => {
  const member = { kind: 'member', userId: 'r001' } as const;
  it('believes the addressee in the browser that asked', () => {
    expect(judgeReader(member, 'r001', ['r001'], true)).toBe('own');
    expect(judgeReader(member, 'r001', ['r001'], false)).toBe('untold');
  });
  it('takes no other and no stranger for the addressee, in whichever browser', () => {
    for (const same of [true, false]) {
      expect(judgeReader(member, 'r002', ['r001'], same)).toBe('other');
      expect(judgeReader({ kind: 'stranger' }, null, ['r001'], same)).toBe('other');
    }
  });
  it('says that it does not know where WeCom does not, or nobody’s account is known', () => {
    expect(judgeReader(member, 'r001', [], true)).toBe('untold');
    expect(judgeReader({ kind: 'untold', code: '60020' }, null, ['r001'], true)).toBe('untold');
  });
});

describe('isInsideWecom', () => {
  it('tells WeCom from WeChat and others', () => {
    const wecom =
      'Mozilla/5.0 (Linux; Android 14) Chrome/116.0 Mobile Safari/537.36 wxwork/4.1.30 MicroMessenger/7.0.1';
    expect(isInsideWecom(wecom)).toBe(true);
    expect(isInsideWecom('Mozilla/5.0 (iPhone) MicroMessenger/8.0.40')).toBe(false);
    expect(isInsideWecom(undefined)).toBe(false);
  });
});
