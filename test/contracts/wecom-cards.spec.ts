import type { SendOutcome } from '../../src/domain/delivery.js';
import { seenIp } from '../../src/sandbox/wecom-sandbox.js';
import { afterwards } from './afterwards.js';
import { outcomeOf, outgoing } from './channel.contract.js';
import { buttonCard, wecomButton, wecomCard, wecomChannel } from './channels-under-test.js';
import { office, startSandboxUnderTest, type SandboxUnderTest } from './sandbox-under-test.js';

let place: SandboxUnderTest;
const closing = afterwards();
const open = (changes: Parameters<typeof wecomChannel>[1] = {}) =>
  closing(wecomChannel(place.sandbox, { button: wecomButton, ...changes }));
const begin = async (wecom: object = {}) => {
  const users = 'any' as const;
  place = closing(
    await startSandboxUnderTest({ wecom: { ...office.wecom, users, callback: office.wecomCallback, ...wecom } }),
  );
};
const handleOf = (outcome: SendOutcome): string =>
  outcome.kind === 'accepted' && outcome.handle ? outcome.handle : '';
const shown = () => place.sandbox.book.messages();
const changes = () => shown().map(({ n }) => place.sandbox.book.changesOf(n));

describe('a WeCom card with a button', () => {
  it('leads to the page, and names the delivery when it is pressed', async () => {
    await begin();
    const message = outgoing('ZhangSan', buttonCard);
    expect(handleOf(await outcomeOf(open(), message))).toMatch(/^sealed ./);
    const [card] = shown();
    expect(card).toMatchObject({ to: 'ZhangSan', title: buttonCard.title, link: buttonCard.url });
    expect(card!.task!.id).toContain(message.deliveryId);
    expect(card!.task!.buttons).toEqual([
      { text: '查阅全文', url: buttonCard.url },
      { text: '签收', key: 'ack' },
    ]);
  });

  it.each([
    ['nothing is asked of its reader', wecomCard, { button: wecomButton }],
    ['nobody hears of presses', buttonCard, { button: undefined }],
  ])('is a plain one where %s', async (_, content, how) => {
    await begin();
    expect(handleOf(await outcomeOf(open(how), outgoing('ZhangSan', content)))).toBe('');
    expect(shown()).toMatchObject([{ link: content.url }]);
    expect(shown()[0]!.task).toBeUndefined();
  });

  it('keeps to the lengths of a card, whatever it is given', async () => {
    await begin();
    const long = { ...buttonCard, title: '关于'.repeat(40), description: 'a汛'.repeat(200) };
    const officeName = '某某县人民政府办公室'.repeat(3);
    const channel = open({ button: { ...wecomButton, officeName } });
    expect(await outcomeOf(channel, outgoing('lisi', long))).toMatchObject({ kind: 'accepted' });
  });

  it.each(['dropped', 'refused'] as const)(
    'is one card when a doubt is sent again, and the vendor has it %s',
    async (repeatedTask) => {
      await begin({ repeatedTask });
      const channel = open();
      const message = outgoing('drop1', buttonCard);
      expect(await outcomeOf(channel, message)).toMatchObject({ kind: 'unknown' });
      expect(await outcomeOf(channel, { ...message, mayHaveArrived: true })).toMatchObject({ kind: 'accepted' });
      expect(shown()).toHaveLength(1);
    },
  );

  it('is not taken for sent when the vendor refuses its task on the first try', async () => {
    await begin({ repeatedTask: 'refused' });
    const channel = open();
    const message = outgoing('lisi', buttonCard);
    await outcomeOf(channel, message);
    expect(await outcomeOf(channel, message)).toMatchObject({ kind: 'refused', class: 'content', code: '42014' });
  });

  it('has another task for another address', async () => {
    await begin();
    const channel = open();
    const message = outgoing('lisi', buttonCard);
    await outcomeOf(channel, message);
    expect(await outcomeOf(channel, { ...message, address: 'wangwu' })).toMatchObject({ kind: 'accepted' });
    expect(shown()).toHaveLength(2);
  });

  it('is redrawn once', async () => {
    await begin();
    const channel = open();
    const message = outgoing('ZhangSan', buttonCard);
    const handle = handleOf(await outcomeOf(channel, message));
    const sent = { address: 'ZhangSan', reference: '', handle };
    expect(await channel.redraw(sent, '已签收 09:12')).toEqual({ kind: 'done' });
    expect(changes()).toEqual([{ drawn: '已签收 09:12', codeUsed: true }]);
    expect(await channel.redraw(sent, '已签收 09:13')).toMatchObject({ kind: 'notDone', code: '40058' });
    expect(changes()).toMatchObject([{ drawn: '已签收 09:12' }]);
    expect(await channel.redraw({ ...sent, handle: 'sealed never' }, 'x')).toMatchObject({ kind: 'notDone' });
  });

  it('is redrawn for nobody but whom it was sent to', async () => {
    await begin();
    const channel = open();
    const handle = handleOf(await outcomeOf(channel, outgoing('ZhangSan', buttonCard)));
    const answer = await channel.redraw({ address: 'lisi', reference: '', handle }, '已签收');
    expect(answer).toMatchObject({ kind: 'notDone', code: '40031' });
    expect(changes()).toEqual([{}]);
  });

  it('goes nowhere when it is pressed and nobody is called', async () => {
    await begin();
    await outcomeOf(open(), outgoing('ZhangSan', buttonCard));
    expect(await place.sandbox.pressCard(1, 'ack')).toBe(false);
    const page = await fetch(`${place.sandbox.httpUrl}/phone/ZhangSan`);
    expect(await page.text()).toContain('<button name="key" value="ack">签收</button>');
  });
});

describe('any WeCom card', () => {
  it('is taken back by its number, and not by another', async () => {
    await begin();
    const channel = open();
    const outcome = await outcomeOf(channel, outgoing('ZhangSan', wecomCard));
    const reference = outcome.kind === 'accepted' ? outcome.reference : '';
    expect(await channel.recall({ reference: 'other' })).toMatchObject({ kind: 'notDone', code: '40058' });
    expect(await channel.recall({ reference })).toEqual({ kind: 'done' });
    expect(changes()).toEqual([{ recalled: true }]);
    const page = await fetch(`${place.sandbox.httpUrl}/phone/ZhangSan`);
    expect(await page.text()).toContain('已被撤回');
  });

  it('waits for the settings when our address is not on the vendor’s list, and so does every change', async () => {
    await begin({ trustedIp: false });
    const channel = open();
    const refused = {
      kind: 'refused',
      class: 'configuration',
      code: '60020',
      // With the address that the vendor names.
      reason: expect.stringContaining(`（${seenIp}）不在企业微信可信 IP`) as string,
    };
    expect(await outcomeOf(channel, outgoing('lisi', buttonCard))).toEqual(refused);
    expect(await channel.check()).toContain(seenIp);
    expect(await channel.recall({ reference: 'x' })).toMatchObject({ kind: 'notDone', code: '60020' });
  });

  it('is sent with a new token when the old one has run out', async () => {
    await begin({ tokenSeconds: 0 });
    // The vendor forgets every token at once: the repeat fails as well, and nothing is taken for the recipient’s fault.
    expect(await outcomeOf(open(), outgoing('lisi', buttonCard))).toMatchObject({
      kind: 'refused',
      class: 'configuration',
    });
  });
});

describe('trying the WeCom application', () => {
  it.each([
    ['all is well', {}, {}, null],
    ['the secret is another', {}, { secret: 'other' }, /WECOM_SECRET/],
    ['the corporation is another', {}, { corpId: 'other' }, /WECOM_CORP_ID/],
    ['the application is another', {}, { agentId: 1 }, /WECOM_AGENT_ID/],
    ['our address is not trusted', { trustedIp: false }, {}, new RegExp(seenIp)],
    ['the token is refused, fresh as it is', { tokenSeconds: 0 }, {}, /访问令牌/],
    ['it is closed', { agent: { closed: true } }, {}, /已停用/],
    ['nobody may see it', { agent: { visible: false } }, {}, /可见范围/],
    ['WeCom would lead readers to an error page', {}, { trustedDomain: 'kb.example.cn' }, /网页授权/],
  ])('says what to do when %s', async (_, vendor, own, expected) => {
    await begin(vendor);
    const said = await open(own).check();
    if (expected === null) expect(said).toBeNull();
    else expect(said).toMatch(expected);
    expect(shown()).toEqual([]);
  });
});
