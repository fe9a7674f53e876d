import { type ChannelKind, channelKinds } from '../delivery.js';
import {
  type Carry,
  lowersLevel,
  mayCarry,
  mayCarryAtMost,
  proposeLevel,
  memberStandsForCode,
  readerMayKeepFile,
  readingPageNeedsIdentity,
  secrecyLevels,
  type SecrecyLevel,
} from './secrecy.js';

type Row = [SecrecyLevel, ChannelKind, ownMailDomain: boolean, Carry];

const matrix: Row[] = [
  ['public', 'email', true, 'fullText'],
  ['public', 'email', false, 'fullText'],
  ['public', 'sms', true, 'digest'],
  ['public', 'sms', false, 'digest'],
  ['public', 'wecom', true, 'digest'],
  ['public', 'wecom', false, 'digest'],
  ['public', 'wechat', true, 'digest'],
  ['public', 'wechat', false, 'digest'],
  ['internal', 'email', true, 'fullText'],
  ['internal', 'email', false, 'notice'],
  ['internal', 'sms', true, 'notice'],
  ['internal', 'sms', false, 'notice'],
  ['internal', 'wecom', true, 'notice'],
  ['internal', 'wecom', false, 'notice'],
  ['internal', 'wechat', true, 'notice'],
  ['internal', 'wechat', false, 'notice'],
  ['workSecret', 'email', true, 'neutralNotice'],
  ['workSecret', 'email', false, 'nothing'],
  ['workSecret', 'sms', true, 'nothing'],
  ['workSecret', 'sms', false, 'nothing'],
  ['workSecret', 'wecom', true, 'nothing'],
  ['workSecret', 'wecom', false, 'nothing'],
  ['workSecret', 'wechat', true, 'nothing'],
  ['workSecret', 'wechat', false, 'nothing'],
];

describe('the secrecy gate', () => {
  it.each(matrix)('%s over %s (own mail domain: %s) carries %s', (level, channel, ownMailDomain, carry) => {
    expect(mayCarry(level, channel, { ownMailDomain })).toBe(carry);
  });

  it('is tested for every level, channel and kind of address', () => {
    const tested = new Set(matrix.map(([level, channel, own]) => `${level} ${channel} ${own}`));
    expect(tested.size).toBe(secrecyLevels.length * channelKinds.length * 2);
  });

  it.each(['', 'secret', 'topSecret', 'Public', 'constructor', '__proto__', 'toString'])(
    'lets nothing through for the unknown level %p',
    (level) => {
      for (const channel of channelKinds) {
        expect(mayCarry(level as SecrecyLevel, channel, { ownMailDomain: true })).toBe('nothing');
      }
    },
  );

  it.each(['', 'fax', 'ownMailDomain', 'constructor', '__proto__'])(
    'lets nothing through for the unknown channel %p',
    (channel) => {
      for (const level of secrecyLevels) {
        expect(mayCarry(level, channel as ChannelKind, { ownMailDomain: true })).toBe('nothing');
      }
    },
  );

  it('takes a mail domain for its own only when told so', () => {
    expect(mayCarry('internal', 'email', { ownMailDomain: 'yes' as unknown as boolean })).toBe('notice');
  });

  it('never carries more for a higher level', () => {
    const amount: Carry[] = ['nothing', 'neutralNotice', 'notice', 'digest', 'fullText'];
    for (const channel of channelKinds) {
      for (const ownMailDomain of [true, false]) {
        const amounts = secrecyLevels.map((level) => amount.indexOf(mayCarry(level, channel, { ownMailDomain })));
        expect(amounts).toEqual([...amounts].sort((a, b) => b - a));
      }
    }
  });
});

describe('the reading page', () => {
  it('opens by the link alone only for a public issue', () => {
    expect(secrecyLevels.filter(readingPageNeedsIdentity)).toEqual(['internal', 'workSecret']);
    // Beside the code from the phone.
    expect(secrecyLevels.filter(memberStandsForCode)).toEqual(['public', 'internal']);
  });
});

describe('proposeLevel', () => {
  it.each<[string | null, SecrecyLevel]>([
    [null, 'internal'],
    [' ', 'internal'],
    ['内部掌握', 'internal'],
    ['不予公开', 'internal'],
    ['依申请公开', 'internal'],
    ['此件公开发布', 'public'],
    ['（此件公开发布）', 'public'],
    ['主 动 公 开', 'public'],
    ['内部资料 注意保存', 'workSecret'],
    ['内部事项　注意保管', 'workSecret'],
    ['仅供领导参阅', 'workSecret'],
    ['不得公开', 'workSecret'],
    ['机密★10年', 'workSecret'],
  ])('%s suggests %s', (mark, level) => {
    expect(proposeLevel(mark)).toBe(level);
  });
});

describe('lowersLevel', () => {
  it('is true only downwards', () => {
    const pairs = secrecyLevels.flatMap((from) => secrecyLevels.map((to) => [from, to] as const));
    expect(pairs.filter(([from, to]) => lowersLevel(from, to))).toEqual([
      ['internal', 'public'],
      ['workSecret', 'public'],
      ['workSecret', 'internal'],
    ]);
  });
});

it('bounds what any address of a channel may have', () => {
  const amount: readonly Carry[] = ['nothing', 'neutralNotice', 'notice', 'digest', 'fullText'];
  for (const level of secrecyLevels) {
    for (const channel of ['email', 'sms', 'wecom'] as const) {
      const most = amount.indexOf(mayCarryAtMost(level, channel));
      for (const ownMailDomain of [true, false])
        expect(amount.indexOf(mayCarry(level, channel, { ownMailDomain }))).toBeLessThanOrEqual(most);
    }
  }
});

it.each([...secrecyLevels, 'unheard'] as SecrecyLevel[])(
  'lets a reader keep a file of no work secret, nor of what is unknown: %s',
  (level) => {
    expect(readerMayKeepFile(level)).toBe(['public', 'internal'].includes(level));
  },
);
