import { afterwards } from './afterwards.js';
import { outcomeOf, outgoing } from './channel.contract.js';
import { impatient, smsChannel, smsContent, tencentChannel, tencentTemplates } from './channels-under-test.js';
import { office, startSandboxUnderTest, tencentFiled } from './sandbox-under-test.js';

const closing = afterwards();
const number = '15400000001';

describe('what is filed with Aliyun', () => {
  const filed = {
    signName: office.signName,
    templates: { notice: office.templateCode, reminder: 'SMS_NONE', code: '' },
  };
  const place = async (unapproved = {}, carriers = {}) =>
    closing(
      await startSandboxUnderTest({
        aliyun: {
          ...office.aliyun,
          signName: office.signName,
          templates: { [office.templateCode]: '《${publication}》${number}，${code}。' },
          unapproved,
          carriers,
        },
      }),
    ).sandbox;

  it('is told by signature and by code, what the vendor does not know as well', async () => {
    expect(await smsChannel(await place(), { filed }).filings!()).toEqual({
      kind: 'known',
      filings: [
        { kind: 'sign', use: null, code: office.signName, state: 'filed', reason: null },
        { kind: 'template', use: 'notice', code: office.templateCode, state: 'filed', reason: null },
        { kind: 'template', use: 'reminder', code: 'SMS_NONE', state: 'missing', reason: null },
      ],
    });
  });

  it.each([
    [0, 'pending', null],
    [2, 'rejected', '资质不能判断'],
    [10, 'expired', null],
  ] as const)('is told as it is at the vendor, %i, where it is not sent either', async (status, state, reason) => {
    const sandbox = await place({
      [office.signName]: { status, reason: '资质不能判断' },
      [office.templateCode]: { status, reason: '资质不能判断' },
    });
    const channel = smsChannel(sandbox, { filed });
    expect(await channel.filings!()).toMatchObject({ filings: [{ state, reason }, { state, reason }, {}] });
    expect(await outcomeOf(channel, outgoing(number, smsContent))).toMatchObject({
      kind: 'refused',
      class: 'configuration',
    });
  });

  it.each([
    [{ telecom: 0 }, 'partly', '中国电信报备失败。'],
    [{ mobile: 2, unicom: -2 }, 'partly', '中国移动报备失效，中国联通没有报备。'],
    [{ mobile: -2, unicom: -2, telecom: 0 }, 'missing', '中国移动没有报备，中国联通没有报备，中国电信报备失败。'],
    [{ mobile: -1, unicom: 1 }, 'filed', null],
  ] as const)('is told by carrier, %j', async (carriers, state, reason) => {
    const channel = smsChannel(await place({}, carriers), { filed });
    expect(await channel.filings!()).toMatchObject({ filings: [{ kind: 'sign', state, reason }, {}, {}] });
  });

  it('is not known when the vendor cannot be asked or does not know us', async () => {
    const sandbox = await place();
    const stranger = smsChannel(sandbox, { filed, accessKeySecret: 'wrong' });
    expect(await stranger.filings!()).toEqual({
      kind: 'notKnown',
      reason: '短信接口密钥无效或签名校验失败，请检查 AccessKey。',
    });
    const nobody = smsChannel({ aliyunBase: 'http://127.0.0.1:9/' }, { filed, timeoutMs: impatient });
    expect(await nobody.filings!()).toMatchObject({ kind: 'notKnown' });
  });
});

describe('what is filed with Tencent', () => {
  const templates = { ...tencentTemplates, digest: '2220' };
  const channelAt = async (
    changes: Partial<Parameters<typeof tencentChannel>[1]> = {},
    there: Partial<typeof tencentFiled> & object = {},
  ) => {
    const { sandbox } = closing(await startSandboxUnderTest({ tencent: { ...tencentFiled, ...there } }));
    return tencentChannel(sandbox, { templates, ...changes });
  };

  it('is told by the numbers of signature and templates', async () => {
    expect(await (await channelAt()).filings!()).toEqual({
      kind: 'known',
      filings: [
        { kind: 'sign', use: null, code: office.signName, state: 'filed', reason: null },
        { kind: 'template', use: 'digest', code: '2220', state: 'missing', reason: null },
        { kind: 'template', use: 'notice', code: office.tencentTemplate, state: 'filed', reason: null },
      ],
    });
  });

  it.each([
    [1, 'pending', null],
    [2, 'pending', null],
    [-1, 'rejected', '未完成首次报备'],
  ] as const)('is told as it is at the vendor, %i, where it is not sent either', async (status, state, reason) => {
    const one = { status, reason: '未完成首次报备' };
    const unapproved = { [office.signName]: one, [office.tencentTemplate]: one };
    const channel = await channelAt({}, { unapproved } as object);
    expect(await channel.filings!()).toMatchObject({ filings: [{ state, reason }, {}, { state, reason }] });
    expect(await outcomeOf(channel, outgoing(number, smsContent))).toMatchObject({ class: 'configuration' });
  });

  it('is missing where no signature has the name', async () => {
    expect(await (await channelAt({ signName: '别的签名' })).filings!()).toMatchObject({
      filings: [{ state: 'missing', reason: null }, {}, {}],
    });
  });

  it('is not known when the vendor does not know us', async () => {
    expect(await (await channelAt({ secretKey: 'wrong' })).filings!()).toMatchObject({ kind: 'notKnown' });
  });

  it('tells what is left of the packages that have not expired', async () => {
    const packages = [
      { amount: 1000, used: 400 },
      { amount: 500, used: 0, expired: true },
      { amount: 100, used: 1 },
    ];
    expect(await (await channelAt({}, { packages } as object)).balance!()).toBe('短信套餐还剩699条。');
    expect(await (await channelAt({ secretKey: 'wrong' })).balance!()).toBeNull();
  });
});
