import { createServer } from 'node:http';
import type { PartReport } from '../../src/domain/delivery.js';
import { yunmasKeys, yunmasSettings } from '../../src/channels/sms/yunmas/settings.js';
import { readYunmasReports } from '../../src/channels/sms/yunmas/yunmas-report.js';
import { yunmasRefusals } from '../../src/sandbox/yunmas-sandbox.js';
import { readTable } from '../../src/settings/read.js';
import { afterwards } from './afterwards.js';
import { outcomeOf, outcomesOf, outgoing } from './channel.contract.js';
import { smsContent, yunmasChannel } from './channels-under-test.js';
import { startReportCallback } from './report-callback.js';
import { office, startSandboxUnderTest, type SandboxUnderTest } from './sandbox-under-test.js';

let place: SandboxUnderTest;
const closing = afterwards();
beforeEach(async () => {
  place = closing(await startSandboxUnderTest());
});

const account = {
  YUNMAS_BASE: 'http://x',
  YUNMAS_EC_NAME: 'e',
  YUNMAS_AP_ID: 'a',
  YUNMAS_SECRET_KEY: 's',
  YUNMAS_SIGN: 'g',
};
const { reportFields } = yunmasSettings(
  readTable(yunmasKeys, [], () => [], account),
  { signName: '县政府办' },
)!;
const booked = () => place.sandbox.book.messages();

describe('SMS through China Mobile', () => {
  it('is reported under the numbers that the answers gave', async () => {
    const reports: PartReport[] = [];
    let all: () => void;
    const arrived = new Promise<void>((resolve) => (all = resolve));
    const callback = closing(
      await startReportCallback((body) => {
        reports.push(...(readYunmasReports(body, new Date(), reportFields)?.rows ?? []));
        if (reports.length === 4) all();
        return true;
      }),
    );
    place.sandbox.setYunmasReportUrl(callback.url);
    const messages = ['15400000001', '15400009906', '15400000003', '15400009908'].map((number) =>
      outgoing(number, smsContent),
    );
    const outcomes = await outcomesOf(yunmasChannel(place.sandbox, { perCall: 10 }), messages);
    await arrived;
    const statusOf = (at: number) => {
      const outcome = outcomes.get(messages[at]!.deliveryId);
      const [part] = outcome?.kind === 'accepted' ? outcome.parts! : [];
      return reports.filter(({ reference }) => reference === part).map(({ status, code }) => `${status} ${code}`);
    };
    expect(statusOf(0)).toEqual(['delivered DELIVRD']);
    expect(statusOf(1)).toEqual(['failed UNDELIV']);
    expect(statusOf(2)).toEqual(['delivered DELIVRD']);
  });

  it.each(Object.entries(yunmasRefusals))('refuses …%s as %s, and no phone shows it', async (ending, word) => {
    const outcome = await outcomeOf(yunmasChannel(place.sandbox), outgoing(`1540000${ending}`, smsContent));
    expect(outcome).toMatchObject({ code: word, reason: expect.stringMatching(/。$/) as string });
    expect(outcome.kind).not.toBe('accepted');
    expect(booked()).toEqual([]);
  });

  it.each([
    ['a signature of another account', { sign: 'other' }, 'IllegalSignId'],
    ['no signature', { sign: '' }, 'NoSignId'],
    ['another account', { apId: 'other' }, 'InvalidUsrOrPwd'],
    ['a text without its signature', { signInText: false }, 'InvalidMessage'],
    [
      'a template that is not filed',
      { flavour: 'template', templates: { ...smsTemplatesOf('none') } },
      'IllegalUseTemplate',
    ],
  ] as const)('is refused with %s', async (_what, changes, code) => {
    const channel = yunmasChannel(place.sandbox, changes);
    expect(await outcomeOf(channel, outgoing('15400000001', smsContent))).toMatchObject({ kind: 'refused', code });
  });

  it('leaves the signature to a platform that puts it in front', async () => {
    const yunmas = { ...office.yunmas, signName: office.signName, templates: {}, addsSign: true };
    place = closing(await startSandboxUnderTest({ yunmas }));
    await outcomeOf(yunmasChannel(place.sandbox, { signInText: false }), outgoing('15400000001', smsContent));
    expect(booked().map(({ text }) => text)).toEqual([smsContent.text]);
  });

  it('is refused while the signature is not filed with the carriers, and within the limits of the account', async () => {
    const filed = { ...office.yunmas, signName: office.signName, templates: {} };
    place = closing(await startSandboxUnderTest({ yunmas: { ...filed, signNotLoaded: true } }));
    const code = async () => outcomeOf(yunmasChannel(place.sandbox), outgoing('15400000001', smsContent));
    expect(await code()).toMatchObject({ class: 'configuration', code: 'NotLoadedSign' });
    place = closing(await startSandboxUnderTest({ yunmas: { ...filed, limits: { perDay: 1 } } }));
    expect(await code()).toMatchObject({ kind: 'accepted' });
    expect(await code()).toMatchObject({ class: 'throttled', code: 'OverDailyMax' });
    place = closing(await startSandboxUnderTest({ yunmas: { ...filed, limits: { perSecond: 0 } } }));
    expect(await code()).toMatchObject({ class: 'throttled', code: 'FlowOverLimit' });
  });

  it('does not know what an answer means that is both yes and no, or none of the platform', async () => {
    const bodies = [
      '{"rspcod":"success","success":false,"msgGroup":"1"}',
      '{"rspcod":"IllegalMac","success":true}',
      '{"success":true}',
      '<html>',
      '[]',
    ];
    for (const body of bodies) {
      const server = createServer((_request, response) => response.end(body));
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const { port } = server.address() as { port: number };
      const outcome = await outcomeOf(
        yunmasChannel({ yunmasBase: `http://127.0.0.1:${port}` }),
        outgoing('15400000001', smsContent),
      );
      server.closeAllConnections();
      server.close();
      expect([body, outcome.kind]).toEqual([body, 'unknown']);
    }
  });

  it('cannot be asked about a doubt', () => expect(yunmasChannel(place.sandbox).reconcile).toBeUndefined());
});

describe('many in one call', () => {
  const send = (numbers: readonly string[], perCall = 100, signal?: AbortSignal) =>
    outcomesOf(
      yunmasChannel(place.sandbox, { perCall }),
      numbers.map((number) => outgoing(number, smsContent)),
      signal,
    );

  it('go a hundred at once, our ids of all of them beside', async () => {
    const numbers = Array.from({ length: 100 }, (_, at) => `1540000${String(at).padStart(4, '0')}`);
    const outcomes = await send(numbers);
    expect(new Set([...outcomes.values()].map(({ kind }) => kind))).toEqual(new Set(['accepted']));
    expect(new Set(booked().map(({ providerId }) => providerId)).size).toBe(1);
    expect(new Set(booked().map(({ reference }) => reference))).toEqual(new Set(outcomes.keys()));
  });

  it('bring each his own text, in as few calls as can be told apart', async () => {
    const messages = ['15400000001', '15500000001', '15400000002', '15400000003'].map((number, at) =>
      outgoing(number, { ...smsContent, text: `【${office.signName}】第${at}人，请查收，签收码48291${at}。` }),
    );
    const outcomes = await outcomesOf(yunmasChannel(place.sandbox, { perCall: 3 }), messages);
    expect(new Set([...outcomes.values()].flatMap((o) => (o.kind === 'accepted' ? o.parts! : []))).size).toBe(4);
    const byNumber = (a: { to: string }, b: { to: string }) => a.to.localeCompare(b.to);
    expect([...booked()].sort(byNumber).map(({ to, text, reference }) => ({ to, text, reference }))).toEqual(
      messages
        .map(({ address, content, deliveryId }) => ({
          to: address,
          text: (content as typeof smsContent).text,
          reference: deliveryId,
        }))
        .sort(byNumber),
    );
    // The second number ends like the first, so it travels in a call of its own.
    expect(new Set(booked().map(({ providerId }) => providerId)).size).toBe(2);
  });

  it('are tried one by one when one of them is refused, so that it is refused alone', async () => {
    const outcomes = [...(await send(['15400000001', '15400009901', '15400000003', '123'])).values()];
    expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['accepted', 'accepted', 'refused', 'refused']);
    expect(booked()).toHaveLength(2);
  });

  it('are all in doubt when the answer is lost, and nothing is sent again', async () => {
    const outcomes = [...(await send(['15400000001', '15400009904'])).values()];
    expect(outcomes.map(({ kind }) => kind)).toEqual(['unknown', 'unknown']);
    expect(booked()).toHaveLength(2);
  });

  it('wait together for a limit or a mended account', async () => {
    for (const [ending, kind] of [
      ['9909', 'retry'],
      ['9921', 'refused'],
    ]) {
      const outcomes = [...(await send(['15400000001', `1540000${ending}`])).values()];
      expect(outcomes.map((outcome) => outcome.kind)).toEqual([kind, kind]);
    }
    expect(booked()).toEqual([]);
  });
});

function smsTemplatesOf(code: string) {
  const keys = ['digest', 'notice', 'reminder', 'withdrawal', 'code', 'subscriber', 'decision'] as const;
  return Object.fromEntries(keys.map((key) => [key, code])) as Record<(typeof keys)[number], string>;
}
