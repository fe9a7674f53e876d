import {
  type Appointment,
  checkCorrection,
  checkDay,
  holderOf,
  planAppointment,
  planEnd,
  type Tenure,
} from './organisation.js';

const tenure = (id: string, startsOn: string, endsOn: string | null, acting = false): Tenure => ({
  id,
  postId: 'post',
  personId: `person ${id}`,
  startsOn,
  endsOn,
  acting,
});
const today = '2025-04-03';
const wish = (tenures: readonly Tenure[], change: Partial<Appointment> = {}): Appointment => ({
  post: { id: 'post', openedOn: null, closedOn: null },
  tenures,
  personId: 'new',
  on: '2025-05-01',
  today,
  actingKind: null,
  endsHolder: false,
  ...change,
});

function codeOf(act: () => unknown): string | null {
  try {
    act();
    return null;
  } catch (error) {
    return (error as { code: string }).code;
  }
}

describe('holderOf', () => {
  const old = tenure('old', '2020-01-01', '2025-03-15');
  const acting = tenure('acting', '2025-03-01', null, true);
  const next = tenure('next', '2025-05-01', null);
  it.each([
    ['2019-12-31', null],
    ['2020-01-01', 'old'],
    ['2025-03-14', 'old'], // the acting one stands beside and receives nothing
    ['2025-03-15', 'acting'], // the end is the first day without
    ['2025-05-01', 'next'],
  ])('on %s it is %s', (on, id) => expect(holderOf([acting, next, old], on)?.id ?? null).toBe(id));

  it('knows an entry that was taken back', () => {
    expect(holderOf([tenure('never', '2025-01-01', '2025-01-01')], '2025-01-01')).toBeNull();
  });

  it('takes the newest of several who act', () => {
    expect(holderOf([acting, tenure('newer', '2025-03-10', null, true)], '2025-04-01')?.id).toBe('newer');
  });
});

describe('planAppointment', () => {
  const holder = tenure('holder', '2020-01-01', null);
  const acting = tenure('acting', '2025-01-01', null, true);
  const endsOf = (appointment: Appointment) => planAppointment(appointment).ends.map(({ tenureId }) => tenureId);

  it.each<[string, readonly Tenure[], Partial<Appointment>, string[]]>([
    ['fills a vacancy', [], {}, []],
    ['takes over from the holder and whoever acts', [holder, acting], {}, ['holder', 'acting']],
    ['lets an acting one stand beside the holder', [holder], { actingKind: 'acting' }, []],
    [
      'lets an acting one stand instead of the holder',
      [holder],
      { actingKind: 'presiding', endsHolder: true },
      ['holder'],
    ],
    ['replaces one acting by another', [holder, acting], { actingKind: 'acting' }, ['acting']],
    ['makes an acting one the holder', [acting], { personId: 'person acting' }, ['acting']],
    ['brings a planned end forward', [tenure('leaves', '2020-01-01', '2025-06-01')], {}, ['leaves']],
    ['follows on an end', [tenure('left', '2020-01-01', '2025-05-01')], {}, []],
    ['takes back what was entered for the same day', [tenure('slip', '2025-05-01', null)], {}, ['slip']],
    ['ignores what never was', [tenure('never', '2025-06-01', '2025-06-01')], {}, []],
  ])('%s', (_, tenures, change, ends) => expect(endsOf(wish(tenures, change))).toEqual(ends));

  it.each<[string, readonly Tenure[], Partial<Appointment>, string]>([
    ['the holder again', [holder], { personId: 'person holder' }, 'list.alreadyHolds'],
    ['before a planned successor', [tenure('next', '2025-06-01', null)], {}, 'list.plannedAlready'],
    [
      'into a past that has its holder',
      [tenure('left', '2020-01-01', '2025-03-01')],
      { on: '2025-02-01' },
      'list.pastTaken',
    ],
    [
      'on a day gone by, on which the holder began',
      [tenure('h', '2025-03-01', null)],
      { on: '2025-03-01' },
      'list.sameDay',
    ],
    ['to a closed post', [], { post: { id: 'post', openedOn: null, closedOn: '2025-05-01' } }, 'list.postClosed'],
    [
      'to a post not yet open',
      [],
      { post: { id: 'post', openedOn: '2025-06-01', closedOn: null } },
      'list.postNotOpen',
    ],
  ])('refuses %s', (_, tenures, change, code) =>
    expect(codeOf(() => planAppointment(wish(tenures, change)))).toBe(code),
  );
});

describe('planEnd', () => {
  it.each<[string, Tenure, string, string]>([
    ['a day to come', tenure('t', '2020-01-01', null), '2025-05-01', '2025-05-01'],
    ['a day gone by', tenure('t', '2020-01-01', null), '2025-03-01', '2025-03-01'],
    ['a planned tenure, which is taken back', tenure('t', '2025-06-01', null), '2025-05-01', '2025-06-01'],
    ['a tenure entered today, which is taken back', tenure('t', today, null), today, today],
    ['an earlier day than planned', tenure('t', '2020-01-01', '2025-08-01'), '2025-05-01', '2025-05-01'],
  ])('ends on %s', (_, held, on, endsOn) => expect(planEnd(held, on, today).ends).toEqual([{ tenureId: 't', endsOn }]));

  it.each<[string, Tenure, string, string]>([
    ['what has ended', tenure('t', '2020-01-01', '2025-03-01'), '2025-05-01', 'list.tenureEnded'],
    ['what has ended, earlier', tenure('t', '2020-01-01', '2025-03-01'), '2025-02-01', 'list.tenureEnded'],
    ['later than planned', tenure('t', '2020-01-01', '2025-05-01'), '2025-06-01', 'list.tenureEnded'],
    ['before it began', tenure('t', '2025-03-01', null), '2025-03-01', 'list.endBeforeStart'],
  ])('refuses %s', (_, held, on, code) => expect(codeOf(() => planEnd(held, on, today))).toBe(code));
});

describe('the past', () => {
  it('takes a late entry only with a reason', () => {
    expect(codeOf(() => checkDay('2025-04-02', today, ''))).toBe('list.lateNeedsReason');
    expect(codeOf(() => checkDay('2025-04-02', today, '任免文件迟到'))).toBeNull();
    expect(codeOf(() => checkDay(today, today, ''))).toBeNull();
  });

  it('is corrected with a reason, and never to two holders at once', () => {
    const [first, second] = [tenure('a', '2020-01-01', '2025-01-01'), tenure('b', '2025-01-01', null)];
    const refusal = (corrected: Tenure | null, reason: string) =>
      codeOf(() => checkCorrection(corrected, [first, second], reason));
    expect(refusal({ ...first, startsOn: '2019-01-01' }, '')).toBe('list.correctionNeedsReason');
    expect(refusal({ ...first, startsOn: '2019-01-01' }, '录入错误')).toBeNull();
    expect(refusal({ ...first, endsOn: '2025-02-01' }, '录入错误')).toBe('list.overlap');
    expect(refusal({ ...first, endsOn: '2020-01-01' }, '录入错误')).toBe('list.endBeforeStart');
    expect(refusal({ ...first, endsOn: null, acting: true }, '录入错误')).toBeNull();
    expect(refusal(null, '录入错误')).toBeNull();
  });
});
