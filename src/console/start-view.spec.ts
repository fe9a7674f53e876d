import { startView } from './start-view.js';

const sendAt = new Date('2026-11-23T02:00:00Z');
const at = (minutes: number) => new Date(sendAt.getTime() + minutes * 60_000);
const edition = { sendAt, plannedAt: null };

describe('what the page says before the first message', () => {
  it('names the time and offers to start at once', () => {
    expect(startView(edition, true, at(-1))).toMatchObject({
      text: expect.stringContaining('2026年11月23日 10:00') as string,
      maySendNow: true,
    });
    expect(startView(edition, false, at(-1))?.maySendNow).toBe(false);
  });

  it('asks when the time was missed', () => {
    expect(startView(edition, true, at(60))).toMatchObject({ tone: 'bad', maySendNow: true });
  });

  it('says nothing without an edition, or once it is planned', () => {
    expect(startView(undefined, true, at(0))).toBeNull();
    expect(startView({ sendAt, plannedAt: at(0) }, true, at(1))).toBeNull();
  });
});
