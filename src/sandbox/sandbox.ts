import { setMaxListeners } from 'node:events';
import type { AliyunFiled } from './aliyun-message.js';
import { aliyunSandbox } from './aliyun-sandbox.js';
import type { MailTarget } from './bounce-sender.js';
import { type AnsweredSms, Book } from './book.js';
import { type CmppSandbox, startCmppSandbox } from './cmpp-sandbox.js';
import type { CmppFiled } from './cmpp-wire.js';
import { listen } from './http.js';
import type { Pace, Range } from './pace.js';
import { phonePages, type SandboxPerson } from './phone-pages.js';
import { isPushing, pushReply } from './reply-pusher.js';
import { behindFaults, type RandomFaultOptions, RandomFaults } from './random-faults.js';
import { startSmtpSandbox } from './smtp-sandbox.js';
import { type TencentFiled, tencentSandbox } from './tencent-sandbox.js';
import { type WecomSandbox, wecomSandbox, type WecomSandboxOptions } from './wecom-sandbox.js';
import { type WechatSandbox, wechatSandbox, type WechatSandboxOptions } from './wechat-sandbox.js';
import type { YunmasFiled } from './yunmas-request.js';
import { yunmasSandbox, type YunmasSandboxOptions } from './yunmas-sandbox.js';

export interface SandboxOptions {
  /** Folder of the book; the same folder again continues where it stopped. */
  dir: string;
  /** 0 or nothing takes a free port. */
  smtpPort?: number;
  httpPort?: number;
  host?: string;
  latencyMs: Range;
  /** From taking a message to its report; 200–1500 ms unless given. */
  reportDelayMs?: Range;
  smtp?: { user: string; password: string };
  bounce?: MailTarget;
  aliyun: {
    accessKeyId: string;
    accessKeySecret: string;
    signName: string;
    templates: Readonly<Record<string, string>>;
    unapproved?: AliyunFiled['unapproved'];
    carriers?: AliyunFiled['carriers'];
    reportUrl?: string;
    /** The vendor's 1, 5 and 10 minutes, shortened to 1, 5 and 10 seconds unless given. */
    reportRetryMs?: readonly number[];
  };
  /** A second SMS vendor; its reports follow the same delays. */
  tencent?: TencentFiled & { reportUrl?: string };
  /** China Mobile 云MAS; as the second vendor. */
  yunmas?: YunmasFiled & Pick<YunmasSandboxOptions, 'limits'> & { reportUrl?: string };
  /** A carrier's gateway, on a port of its own. */
  cmpp?: CmppFiled & { port?: number };
  wecom: Omit<WecomSandboxOptions, 'book' | 'pace' | 'tokenSeconds' | 'callbackUrl'> & {
    tokenSeconds?: number;
    callbackUrl?: string;
  };
  /** WeChat's platform of official accounts. */
  wechat?: Omit<WechatSandboxOptions, 'book' | 'pace' | 'tokenSeconds' | 'callbackUrl'> & { tokenSeconds?: number };
  /** Whose messages belong on one phone; without it each address is a phone of its own. */
  people?: readonly SandboxPerson[];
  /** Makes every provider misbehave at random, whatever the address. */
  faults?: RandomFaultOptions;
}

export interface Sandbox {
  smtpPort: number;
  /** Base of the phone pages, without a slash at the end. */
  httpUrl: string;
  aliyunBase: string;
  tencentBase: string;
  yunmasBase: string;
  wecomBase: string;
  wechatBase: string;
  /** What happens in people's WeChat; null without an official account. */
  wechat: WechatSandbox | null;
  /** Null without a carrier's gateway. */
  cmpp: CmppSandbox | null;
  book: Book;
  setReportUrl(url: string): void;
  /** Somebody answers the newest SMS on the phone, through the vendor that brought it. False when it was not taken. */
  replySms(from: string, content: string): Promise<boolean>;
  /** Somebody answers this SMS. */
  answerSms(message: AnsweredSms, content: string): Promise<boolean>;
  setTencentReportUrl(url: string): void;
  setYunmasReportUrl(url: string): void;
  setBounce(target: MailTarget): void;
  setWecomCallbackUrl(url: string): void;
  setWechatCallbackUrl(url: string): void;
  /** Somebody presses a button of a WeCom card, given by its place in the book. False when the application did not take it. */
  pressCard: WecomSandbox['press'];
  proveWecomCallback: WecomSandbox['proveCallback'];
  /** What the robot said in the WeCom group. */
  saidInGroup: WecomSandbox['saidInGroup'];
  stop(): Promise<void>;
}

/** All stand-in providers in this process. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { host = '127.0.0.1', aliyun, wecom } = options;
  const ending = new AbortController();
  // Each message that waits listens for the end.
  setMaxListeners(0, ending.signal);
  const pace: Pace = {
    latencyMs: options.latencyMs,
    reportDelayMs: options.reportDelayMs ?? [200, 1500],
    stopped: ending.signal,
  };
  const book = new Book(options.dir);
  let bounce = options.bounce;
  let reportUrl = aliyun.reportUrl;
  let tencentReportUrl = options.tencent?.reportUrl;
  let yunmasReportUrl = options.yunmas?.reportUrl;
  const faults = options.faults && new RandomFaults(options.faults, options.dir);
  const reportRetryMs = aliyun.reportRetryMs ?? [1000, 5000, 10_000];
  const sms = aliyunSandbox({
    ...aliyun,
    book,
    pace,
    faults,
    reportUrl: () => reportUrl,
    reportRetryMs,
  });
  const secondSms =
    options.tencent &&
    tencentSandbox({
      ...options.tencent,
      book,
      pace,
      reportUrl: () => tencentReportUrl,
      reportRetryMs,
    });
  const mas =
    options.yunmas && yunmasSandbox({ ...options.yunmas, book, pace, reportUrl: () => yunmasReportUrl, reportRetryMs });
  let wecomCallbackUrl = wecom.callbackUrl;
  const cards = wecomSandbox({
    ...wecom,
    book,
    pace,
    tokenSeconds: wecom.tokenSeconds ?? 7200,
    callbackUrl: () => wecomCallbackUrl,
  });
  let wechatCallbackUrl: string | undefined;
  const wechat =
    options.wechat &&
    wechatSandbox({
      ...options.wechat,
      book,
      pace,
      tokenSeconds: options.wechat.tokenSeconds ?? 7200,
      callbackUrl: () => wechatCallbackUrl,
    });
  const gateway = options.cmpp
    ? await startCmppSandbox({ ...options.cmpp, book, pace, faults }, host, options.cmpp.port)
    : null;
  const answerSms = async ({ provider, to, extension = '' }: AnsweredSms, content: string): Promise<boolean> => {
    const urls = { aliyun: reportUrl, tencent: tencentReportUrl, yunmas: yunmasReportUrl };
    if (provider === 'cmpp') return (await gateway?.reply(to, content, extension)) ?? false;
    if (!isPushing(provider)) return false;
    if (provider === 'tencent' && options.tencent?.pulls) {
      secondSms?.reply({ from: to, content, extension });
      return true;
    }
    return pushReply(provider, urls[provider], { from: to, content, extension }, ending.signal);
  };
  const http = await listen(host, options.httpPort ?? 0, {
    '/aliyun/': behindFaults(
      sms,
      faults,
      'aliyun',
      ({ url: { searchParams: query } }) => ({
        about: query.get('PhoneNumbers') ?? `details of ${query.get('PhoneNumber')}`,
        reference: query.get('OutId') ?? undefined,
      }),
      ending.signal,
    ),
    '/wecom/': behindFaults(
      cards.route,
      faults,
      'wecom',
      ({ headers, body, url }) => ({
        about: /"touser":"([^"]+)"/.exec(body)?.[1] ?? url.pathname,
        reference: headers['x-request-id'],
      }),
      ending.signal,
    ),
    ...(secondSms ? { '/tencent/': secondSms.route } : {}),
    ...(mas ? { '/yunmas/': mas } : {}),
    ...(wechat ? { '/wechat/': wechat.route } : {}),
    '/': phonePages(book, options.people ?? [], { press: cards.press, answer: answerSms }),
  });
  const mail = await startSmtpSandbox({
    book,
    pace,
    host,
    port: options.smtpPort ?? 0,
    login: options.smtp,
    faults,
    bounceTarget: () => bounce,
  });
  const httpUrl = `http://${host}:${http.port}`;
  return {
    smtpPort: mail.port,
    httpUrl,
    aliyunBase: `${httpUrl}/aliyun/`,
    tencentBase: `${httpUrl}/tencent/`,
    yunmasBase: `${httpUrl}/yunmas`,
    wecomBase: `${httpUrl}/wecom`,
    wechatBase: `${httpUrl}/wechat`,
    wechat: wechat ?? null,
    cmpp: gateway,
    book,
    setReportUrl: (url) => (reportUrl = url),
    replySms(from, content) {
      const newest = book.messages().findLast(({ kind, to }) => kind === 'sms' && to === from);
      return answerSms(newest ?? { provider: 'aliyun', to: from }, content);
    },
    answerSms,
    setTencentReportUrl: (url) => (tencentReportUrl = url),
    setYunmasReportUrl: (url) => (yunmasReportUrl = url),
    setBounce: (target) => (bounce = target),
    setWecomCallbackUrl: (url) => (wecomCallbackUrl = url),
    setWechatCallbackUrl: (url) => (wechatCallbackUrl = url),
    pressCard: cards.press,
    proveWecomCallback: cards.proveCallback,
    saidInGroup: cards.saidInGroup,
    async stop() {
      if (ending.signal.aborted) return;
      ending.abort();
      await Promise.all([http.stop(), mail.stop(), gateway?.stop()]);
      book.close();
    },
  };
}
