import { mkdtemp, rm } from 'node:fs/promises';
import { Agent } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import dysms from '@alicloud/dysmsapi20170525';
import openApi from '@alicloud/openapi-core';
import tencentSms from 'tencentcloud-sdk-nodejs-sms';
import { aliyunSandbox } from '../../src/sandbox/aliyun-sandbox.js';
import { Book } from '../../src/sandbox/book.js';
import { listen } from '../../src/sandbox/http.js';
import type { Pace } from '../../src/sandbox/pace.js';
import { tencentSandbox, type TencentSandbox } from '../../src/sandbox/tencent-sandbox.js';
import { smsContent } from './channels-under-test.js';
import { office, tencentFiled } from './sandbox-under-test.js';

/**
 * The vendors' own clients against the stand-ins, unchanged: what these accept, sign and answer is what the vendors' programs
 * expect. Each stand-in is mounted at `/`, as the vendors are.
 */
const number = '15400000001';
const stopping = new AbortController();
const pace: Pace = { latencyMs: [0, 0], reportDelayMs: [0, 0], stopped: stopping.signal };
let dir: string;
let book: Book;
let ports: { aliyun: number; tencent: number };
let second: TencentSandbox;
const ends: (() => Promise<void>)[] = [];

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'kuaibao-official-'));
  book = new Book(dir);
  const common = { book, pace, reportUrl: () => undefined, reportRetryMs: [] };
  const aliyun = aliyunSandbox({
    ...common,
    ...office.aliyun,
    signName: office.signName,
    templates: { [office.templateCode]: '您有新的《${publication}》${number}，请查收，签收码${code}。' },
  });
  second = tencentSandbox({ ...common, ...tencentFiled, pulls: true });
  const [first, other] = [
    await listen('127.0.0.1', 0, { '/': aliyun }),
    await listen('127.0.0.1', 0, { '/': second.route }),
  ];
  ports = { aliyun: first.port, tencent: other.port };
  ends.push(
    () => first.stop(),
    () => other.stop(),
  );
});
afterAll(async () => {
  stopping.abort();
  for (const end of ends) await end();
  book.close();
  await rm(dir, { recursive: true, force: true });
});

describe('the official client of Aliyun', () => {
  const client = (accessKeySecret = office.aliyun.accessKeySecret) =>
    new dysms.default(
      new openApi.$OpenApiUtil.Config({
        ...office.aliyun,
        accessKeySecret,
        endpoint: `127.0.0.1:${ports.aliyun}`,
        protocol: 'http',
      }),
    );
  const send = (phoneNumbers: string, outId: string) =>
    new dysms.SendSmsRequest({
      ...{ phoneNumbers, outId, signName: office.signName, templateCode: office.templateCode },
      templateParam: JSON.stringify(smsContent.params),
    });

  it.each(['', '+', '86', '+86', '0086'])(
    'sends to a number behind "%s" and finds it in the details',
    async (prefix) => {
      const outId = `out-${prefix}`;
      const { body } = await client().sendSms(send(`${prefix}${number}`, outId));
      expect(body).toMatchObject({ code: 'OK' });
      expect(book.all().at(-1)).toMatchObject({ provider: 'aliyun', to: number, reference: outId });
      const day = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10).replaceAll('-', '');
      const asked = { phoneNumber: number, sendDate: day, pageSize: 50, currentPage: 1 };
      const details = await client().querySendDetails(
        new dysms.QuerySendDetailsRequest({ ...asked, bizId: body!.bizId }),
      );
      expect(details.body).toMatchObject({ code: 'OK', totalCount: '1' });
      expect(details.body!.smsSendDetailDTOs!.smsSendDetailDTO).toMatchObject([{ outId, phoneNum: number }]);
      const all = await client().querySendDetails(new dysms.QuerySendDetailsRequest(asked));
      expect(Number(all.body!.totalCount)).toBeGreaterThanOrEqual(1);
    },
  );

  it('asks what became of signature and template, and of the signature with each carrier', async () => {
    const sign = await client().getSmsSign(new dysms.GetSmsSignRequest({ signName: office.signName }));
    expect(sign.body).toMatchObject({ code: 'OK', signStatus: 1 });
    expect(sign.body!.signIspRegisterDetailList).toMatchObject([{ registerStatus: 3 }, {}, {}]);
    const template = new dysms.GetSmsTemplateRequest({ templateCode: office.templateCode });
    expect((await client().getSmsTemplate(template)).body).toMatchObject({ code: 'OK', templateStatus: '1' });
  });

  it('is refused with a wrong secret, as the vendor words it', async () => {
    await expect(client('wrong').sendSms(send(number, 'x'))).rejects.toMatchObject({ code: 'SignatureDoesNotMatch' });
  });

  it('reads a refusal by business rules from an answer with status 200', async () => {
    const request = send(number, 'y');
    request.signName = '别的签名';
    expect((await client().sendSms(request)).body).toMatchObject({ code: 'isv.SMS_SIGNATURE_ILLEGAL' });
  });
});

describe('the official client of Tencent', () => {
  /** Its service is the first word of the address, and it signs the address without a port. */
  const client = (secretKey = office.tencent.secretKey) =>
    new tencentSms.sms.v20210111.Client({
      credential: { secretId: office.tencent.secretId, secretKey },
      region: 'ap-guangzhou',
      profile: {
        signMethod: 'TC3-HMAC-SHA256',
        httpProfile: {
          protocol: 'http://',
          endpoint: `sms.tencentcloudapi.com:${ports.tencent}`,
          agent: new Agent({
            lookup: (_name, options, found) => {
              if (options.all) found(null, [{ address: '127.0.0.1', family: 4 }]);
              else found(null, '127.0.0.1', 4);
            },
          }),
        },
      },
    });
  const send = (PhoneNumberSet: string[], title: string) => ({
    ...{ PhoneNumberSet, SmsSdkAppId: office.tencent.sdkAppId, TemplateId: office.tencentTemplate },
    ...{ SignName: office.signName, TemplateParamSet: [title, '第12期', '482913'], SessionContext: 'ours' },
  });
  const about = { PhoneNumber: `+86${number}`, SmsSdkAppId: office.tencent.sdkAppId, Offset: 0 };
  const since = () => Math.floor(Date.now() / 1000) - 60;

  it.each(['', '86', '0086', '+86'])('sends to a number behind "%s"', async (prefix) => {
    const answer = await client().SendSms(send([`${prefix}${number}`], `快报${prefix}`));
    expect(answer.SendStatusSet).toMatchObject([{ Code: 'Ok', PhoneNumber: `+86${number}`, Fee: 1 }]);
    expect(answer.SendStatusSet![0]!.SerialNo).toBe(book.all().at(-1)!.providerId);
  });

  it('lists what was sent to a number, refused ones too, newest first', async () => {
    await client().SendSms(send([`+86${number}`], '周报'));
    const twice = await client().SendSms(send([`+86${number}`], '周报'));
    expect(twice.SendStatusSet).toMatchObject([{ Code: 'LimitExceeded.PhoneNumberThirtySecondLimit' }]);
    const list = await client().DescribeSendRecordList({ ...about, BeginTime: since(), Limit: 50 });
    const rows = list.SendRecordSet!;
    expect(list.TotalCount).toBe(rows.length);
    expect(rows.map(({ SendStatus }) => SendStatus)).toEqual(expect.arrayContaining([1, 2]));
    expect(rows.find(({ SendStatus }) => SendStatus === 2)).toMatchObject({
      StatusCode: 'DELIVRD',
      SerialNo: expect.stringContaining(':') as string,
    });
    expect(rows.map(({ SendTime }) => SendTime!)).toEqual(rows.map(({ SendTime }) => SendTime!).sort((a, b) => b - a));
    expect(rows.map(({ Content }) => Content).join('')).not.toContain('482913');
    const page = await client().DescribeSendRecordList({ ...about, BeginTime: since(), Limit: 1, Offset: 1 });
    expect(page.SendRecordSet).toEqual([rows[1]]);
    await expect(client().DescribeSendRecordList({ ...about, BeginTime: since(), Limit: 51 })).rejects.toMatchObject({
      code: 'InvalidParameter',
    });
  });

  it('fetches each report and each reply once, and by number again', async () => {
    const queue = { SmsSdkAppId: office.tencent.sdkAppId, Limit: 100 };
    second.reply({ from: number, content: '收到', extension: '17' });
    const [reports, replies] = [await client().PullSmsSendStatus(queue), await client().PullSmsReplyStatus(queue)];
    expect(reports.PullSmsSendStatusSet!.length).toBeGreaterThan(0);
    expect(reports.PullSmsSendStatusSet![0]).toMatchObject({ ReportStatus: 'SUCCESS', SessionContext: '' });
    expect(replies.PullSmsReplyStatusSet).toMatchObject([
      { ReplyContent: '收到', SubscriberNumber: number, ExtendCode: '17' },
    ]);
    expect((await client().PullSmsSendStatus(queue)).PullSmsSendStatusSet).toEqual([]);
    expect((await client().PullSmsReplyStatus(queue)).PullSmsReplyStatusSet).toEqual([]);
    const asked = { ...about, BeginTime: since(), Limit: 100 };
    expect((await client().PullSmsReplyStatusByPhoneNumber(asked)).PullSmsReplyStatusSet).toHaveLength(1);
    expect((await client().PullSmsSendStatusByPhoneNumber(asked)).PullSmsSendStatusSet!.length).toBeGreaterThan(0);
  });

  it('lists signatures, templates and packages', async () => {
    const page = { International: 0, Limit: 10, Offset: 0 };
    expect((await client().DescribeSmsSignList(page)).DescribeSignListStatusSet).toMatchObject([
      { SignName: office.signName, StatusCode: 0 },
    ]);
    expect((await client().DescribeSmsTemplateList(page)).DescribeTemplateStatusSet).toMatchObject([
      { TemplateId: Number(office.tencentTemplate), StatusCode: 0 },
    ]);
    const years = { BeginTime: '2024010100', EndTime: '2025010100' };
    const packages = { SmsSdkAppId: office.tencent.sdkAppId, Limit: 10, Offset: 0, ...years };
    expect((await client().SmsPackagesStatistics(packages)).SmsPackagesStatisticsSet).toEqual([]);
  });

  it('is refused with a wrong secret, as the vendor words it', async () => {
    await expect(client('wrong').SendSms(send([number], 'x'))).rejects.toMatchObject({
      code: 'AuthFailure.SignatureFailure',
    });
  });
});
