import { startView, type StartWaits } from './start-view.js';

const sendAt = new Date('2026-11-23T02:00:00Z');
const at = (minutes: number) => new Date(sendAt.getTime() + minutes * 60_000);
const edition = { signedAt: at(-90), sendAt, plannedAt: null };
const none: StartWaits = { atStart: null, ifNow: null };
const morning = { until: new Date('2026-11-24T00:00:00Z'), reason: '安静时段' };
const monday = { until: new Date('2026-11-30T00:00:00Z'), reason: '休息日' };

describe('what the page says before the first message', () => {
  it('names the time and offers to start at once', () => {
    expect(startView(edition, true, at(-1), none)).toMatchObject({
      text: expect.stringContaining('2026年11月23日 10:00') as string,
      wait: null,
      maySendNow: true,
    });
    expect(startView(edition, false, at(-1), none)?.maySendNow).toBe(false);
  });

  it('says what time it is, and of a clock that was ahead at sign-off that this is why', () => {
    const text = (signedAt: Date) => startView({ ...edition, signedAt }, true, at(-480), none)!.text;
    expect(text(at(-1))).toContain(
      '定于2026年11月23日 10:00开始发送，现在时间2026年11月23日 02:00。签发时系统的时钟比现在快约8小时',
    );
    expect(text(at(-500))).not.toContain('时钟');
  });

  it('asks when the time was missed', () => {
    expect(startView(edition, true, at(60), none)).toMatchObject({ tone: 'bad', maySendNow: true });
  });

  it('says nothing without an edition, or once it is planned', () => {
    expect(startView(undefined, true, at(0), none)).toBeNull();
    expect(startView({ ...edition, plannedAt: at(0) }, true, at(1), none)).toBeNull();
  });

  it.each<[string, number, StartWaits, string | null]>([
    [
      'at its start',
      -60,
      { atStart: morning, ifNow: null },
      '届时是安静时段，不打扰收件人，第一批消息到2026年11月24日 08:00才会发出。',
    ],
    [
      'at its start and now alike',
      -60,
      { atStart: morning, ifNow: morning },
      '届时是安静时段，不打扰收件人，第一批消息到2026年11月24日 08:00才会发出。现在发送也是这样。',
    ],
    [
      'only if it starts now',
      -60,
      { atStart: null, ifNow: monday },
      '现在是休息日，如果现在发送，第一批消息到2026年11月30日 08:00才会发出。',
    ],
    [
      'while it is planned',
      1,
      { atStart: morning, ifNow: morning },
      '现在是安静时段，第一批消息到2026年11月24日 08:00才会发出。',
    ],
    [
      'after a missed start',
      60,
      { atStart: morning, ifNow: monday },
      '现在是休息日，即使现在决定发送，第一批消息到2026年11月30日 08:00才会发出。',
    ],
  ])('says when messages that wait %s really leave, and why', (_when, minutes, waits, words) => {
    expect(startView(edition, true, at(minutes), waits)?.wait).toBe(words);
  });

  it('speaks of starting now only to somebody who may', () => {
    expect(startView(edition, false, at(-1), { atStart: null, ifNow: monday })?.wait).toBeNull();
  });
});
