import type { ChannelKind } from '../domain/delivery.js';
import { compose, composeDigestMail } from './compose.js';
import { composeCode } from './code-message.js';
import { composeDecision, composeDecisionSms } from './decision-message.js';
import { seedEdition, seedOffice } from './testing/seed-edition.js';

const edition = { ...seedEdition(), level: 'public', trial: true } as const;
const purposes = ['initial', 'reminder', 'resend', 'withdrawal'] as const;

describe('a drill says so in every message', () => {
  it.each(
    purposes.flatMap(
      (purpose) =>
        [
          ['email', 'fullText', purpose],
          ['sms', 'digest', purpose],
          ['wecom', 'digest', purpose],
          ['wechat', 'digest', purpose],
        ] as const,
    ),
  )('%s, %s, %s', (channel: ChannelKind, carry, purpose) => {
    const { slotted } = compose(edition, { channel, carry, purpose, round: 1, subscriber: false }, seedOffice);
    if (slotted.kind === 'email') {
      expect(slotted.subject).toMatch(/^【演练】/);
      for (const text of [slotted.html, slotted.text]) expect(text).toContain('不是正式印发');
    } else if (slotted.kind === 'sms') {
      expect(slotted.text).toMatch(/^【[^】]+】.*（演练）/);
      expect(slotted.params.publication).toMatch(/^（演练）/);
    } else if (slotted.kind === 'wechat') {
      for (const field of ['issue', 'summary', 'act'] as const) expect(slotted.values[field]).toMatch(/^（演练）/);
      expect(slotted.values.issue).toMatch(/第14期$/);
    } else expect(slotted.title).toMatch(/^【演练】/);
  });

  it('in a digest, a code and a decision', () => {
    const part = { edition, carry: 'digest', personal: { copyNumber: 1, link: 'https://kb.example/r/x' } } as const;
    const person = { name: '赵甲', postTitle: '县长', unitName: '县政府' };
    expect(
      composeDigestMail([part, { ...part, edition: seedEdition({ level: 'public' }) }], person, seedOffice).subject,
    ).toMatch(/^【演练】/);
    const trial = { ...seedOffice, trial: true };
    const code = { code: '123456', link: null, publication: null, minutes: 10 };
    expect(composeCode('email', code, trial)).toMatchObject({ subject: expect.stringMatching(/^【演练】/) as string });
    expect(composeCode('sms', code, trial)).toMatchObject({ text: expect.stringContaining('（演练）') as string });
    expect(composeCode('wecom', code, trial)).toMatchObject({ title: expect.stringMatching(/^【演练】/) as string });
    const decision = {
      name: '赵甲',
      publication: '某报',
      decision: 'approved',
      reason: '',
      unsubscribe: 'https://kb.example/u/x',
    } as const;
    expect(composeDecision(decision, trial).subject).toMatch(/^【演练】/);
    expect(composeDecisionSms(decision, trial).text).toContain('（演练）');
  });

  it('and what is no drill does not', () => {
    const { slotted } = compose(
      { ...seedEdition(), level: 'public' },
      { channel: 'email', carry: 'fullText', purpose: 'initial', round: 0, subscriber: false },
      seedOffice,
    );
    expect(JSON.stringify(slotted)).not.toContain('演练');
  });
});
