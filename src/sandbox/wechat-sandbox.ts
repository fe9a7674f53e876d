import { randomBytes, randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Book } from './book.js';
import { json, type SandboxAnswer, type SandboxRequest, type SandboxRoute } from './http.js';
import { pause, pick, type Pace } from './pace.js';
import { WechatCaller } from './wechat-events.js';
import { fieldFault, readData } from './wechat-data.js';
import { refusalOf, type WechatFault, wechatFaultOf } from './wechat-faults.js';
import { wechatScenes } from './wechat-scenes.js';
import { wecomTokens } from './wecom-tokens.js';

export interface WechatSandboxOptions {
  book: Book;
  pace: Pace;
  appId: string;
  secret: string;
  /** Openids of those who follow from the beginning, or everybody. */
  followers: readonly string[] | 'any';
  /** 我的模板 by id: of which kind, and its text with `{{thing1.DATA}}`. */
  templates: Readonly<Record<string, { kind: 'template' | 'subscription'; content: string }>>;
  tokenSeconds: number;
  /** False: the caller's address is not in the IP 白名单. */
  trustedIp?: () => boolean;
  /** As entered at the vendor; without it nothing is told. Without a key in plain mode. */
  callback?: { token: string; aesKey?: string };
  callbackUrl: () => string | undefined;
  /** Of what is told and asked of readers; milliseconds since the epoch. */
  now?: () => number;
}

export interface WechatSandbox {
  /** Mounted under any prefix; the path ends as the vendor's does. */
  route: SandboxRoute;
  /** Somebody scans a QR code, by what the code leads to; follows if he did not. What the account answers him, null when it heard nothing. */
  scan: (openid: string, url: string) => Promise<string | null>;
  /** Somebody follows without a code, or stops following. */
  follow: (openid: string) => Promise<string | null>;
  unfollow: (openid: string) => Promise<string | null>;
  /** Tells the newest message's end again. */
  finishAgain: (n: number) => Promise<string | null>;
  proveCallback: () => Promise<boolean>;
  /** No token that was given out is valid any more, and the same ones go on being given, until it is forced. */
  breakToken: () => void;
}

const onceForMs = 10 * 60_000;
const sendBody = z.object({
  touser: z.string(),
  template_id: z.string(),
  url: z.string().max(2048).optional(),
  page: z.string().max(2048).optional(),
  client_msg_id: z.string().max(64).optional(),
  data: z.unknown(),
});

/** The platform of official accounts, as far as notices, binding and readers go. */
export function wechatSandbox(options: WechatSandboxOptions): WechatSandbox {
  const { book, pace, callback, templates } = options;
  const now = options.now ?? Date.now;
  const caller = callback && new WechatCaller({ appId: options.appId, callback, now, stopped: pace.stopped });
  let tokens = wecomTokens(options.tokenSeconds);
  let broken = false;
  const scenes = wechatScenes(now);
  const gone = new Set<string>();
  const come = new Set<string>();
  const tried = new Set<string>();
  /** `openid client_msg_id` -> number of the message and when. */
  const known = new Map<string, { msgid: string; at: number }>();
  const interceptions: { id: number; tmpl_msg_id: string; title: string; openid: string; send_timestamp: number }[] =
    [];
  const interfaces: Readonly<Record<string, SandboxRoute>> = {
    'POST cgi-bin/message/template/send': (request) => send(request, 'template'),
    'POST cgi-bin/message/subscribe/bizsend': (request) => send(request, 'subscription'),
    'GET cgi-bin/template/get_all_private_template': () =>
      json({
        template_list: listed('template').map(([template_id, { content }]) => ({ template_id, content, title: '' })),
      }),
    'GET wxaapi/newtmpl/gettemplate': () =>
      json({
        errcode: 0,
        errmsg: 'ok',
        data: listed('subscription').map(([priTmplId, { content }]) => ({ priTmplId, content })),
      }),
    'POST wxa/sec/queryblocktmplmsg': blocked,
    'POST cgi-bin/qrcode/create': ({ body, url }) =>
      scenes.create(body, url.origin + url.pathname.replace(/cgi-bin.*/, '')),
  };

  async function route(request: SandboxRequest): Promise<SandboxAnswer> {
    const { pathname, searchParams } = request.url;
    const { trustedIp = () => true } = options;
    if (pathname.endsWith('/cgi-bin/showqrcode')) return scenes.draw(searchParams.get('ticket') ?? '');
    if (pathname.endsWith('/cgi-bin/stable_token')) return trustedIp() ? stableToken(request.body) : failure(40164);
    const work = interfaces[`${request.method} ${/\/((?:cgi-bin|wxaapi|wxa)\/[\w/]+)$/.exec(pathname)?.[1]}`];
    if (!work) return json({ errcode: 40066, errmsg: 'invalid url' });
    const stale = tokens.check(searchParams.get('access_token'), Date.now());
    if (stale !== 0 || broken) return failure(stale === 40014 || broken ? 40001 : stale);
    return trustedIp() ? work(request) : failure(40164);
  }

  /** The same token inside its life, unless forced. */
  function stableToken(body: string): SandboxAnswer {
    const asked = parsed(body) as { grant_type?: unknown; appid?: unknown; secret?: unknown; force_refresh?: unknown };
    if (asked.grant_type !== 'client_credential') return failure(40002);
    if (asked.appid !== options.appId) return failure(40013);
    if (asked.secret !== options.secret) return failure(40125);
    if (asked.force_refresh === true) [tokens, broken] = [wecomTokens(options.tokenSeconds), false];
    const { token, expiresInSeconds } = tokens.issue(Date.now());
    return json({ access_token: token, expires_in: expiresInSeconds });
  }

  const listed = (kind: 'template' | 'subscription') =>
    Object.entries(templates).filter(([, own]) => own.kind === kind);

  async function send({ body, headers }: SandboxRequest, kind: 'template' | 'subscription'): Promise<SandboxAnswer> {
    const read = sendBody.safeParse(parsed(body));
    if (!read.success) return failure(47001);
    const { touser: openid, template_id, url, page, client_msg_id: once } = read.data;
    const template = templates[template_id];
    if (template?.kind !== kind) return failure(40037);
    const data = readData(read.data.data);
    if (!data) return failure(47001);
    const fault = wechatFaultOf(openid);
    const isFirstTry = !tried.has(openid) && !!tried.add(openid);
    if (fault === 'slow') return 'silent';
    const refusal = refusalOf(fault, isFirstTry) || (follows(openid) ? 0 : kind === 'template' ? 43004 : 43101);
    if (refusal !== 0) return failure(refusal);
    const wrong = kind === 'subscription' ? fieldFault(template.content, data) : null;
    if (wrong !== null) return failure(47003, `argument invalid! data.${wrong}.value invalid`);
    if (!(await pause(pick(pace.latencyMs), pace.stopped))) return 'cut';
    const before = once === undefined ? undefined : known.get(`${openid} ${once}`);
    if (before && now() - before.at < onceForMs) return taken(before.msgid, kind);
    const msgid = (randomBytes(8).readBigUInt64BE() & 0x7fff_ffff_ffff_ffffn) | 0x1000_0000_0000_0000n;
    if (once !== undefined) known.set(`${openid} ${once}`, { msgid: String(msgid), at: now() });
    const lines = Object.entries(data).map(([, value]) =>
      kind === 'template' ? [...value].slice(0, 20).join('') : value,
    );
    const message = book.add({
      ...{ provider: 'wechat', kind: 'wechat', reference: headers['x-request-id'] ?? randomUUID(), to: openid },
      ...{
        providerId: String(msgid),
        shown: fault !== 'intercept',
        title: lines[0] ?? '',
        text: lines.slice(1).join('\n'),
      },
      ...{ link: url ?? page, templateCode: template_id },
    });
    if (fault === 'intercept')
      interceptions.push({
        id: interceptions.length + 1,
        tmpl_msg_id: template_id,
        title: message.title,
        openid,
        send_timestamp: Math.floor(now() / 1000),
      });
    else void finishLater(message.n, kind);
    return fault === 'drop' && isFirstTry ? 'cut' : taken(String(msgid), kind);
  }

  /** A number of 64 bits, which is no number of JavaScript's; a subscription notice has none. */
  const taken = (msgid: string, kind: 'template' | 'subscription'): SandboxAnswer => ({
    ...{ status: 200, type: 'application/json; charset=utf-8' },
    body: kind === 'template' ? `{"errcode":0,"errmsg":"ok","msgid":${msgid}}` : '{"errcode":0,"errmsg":"ok"}',
  });

  async function finishLater(n: number, kind: 'template' | 'subscription'): Promise<void> {
    if (await pause(pick(pace.reportDelayMs), pace.stopped)) await finish(n, kind);
  }

  async function finish(n: number, kind: 'template' | 'subscription'): Promise<string | null> {
    const { to, providerId, templateCode } = book.all()[n - 1]!;
    const fault = wechatFaultOf(to);
    const id = fault === 'zeroid' ? '0' : providerId;
    const calls = fault === 'twice' ? 2 : 1;
    let answer: string | null = null;
    for (let call = 0; call < calls; call++)
      answer = await tell(to, kind === 'template' ? jobFinished(id, fault) : noticeSent(id, templateCode ?? '', fault));
    if (answer !== null) book.markReported(n, 'taken');
    return answer;
  }

  function blocked({ body }: SandboxRequest): SandboxAnswer {
    const { tmpl_msg_id, largest_id = 0, limit = 100 } = parsed(body) as Record<string, string | number>;
    const rows = interceptions.filter((row) => row.tmpl_msg_id === tmpl_msg_id && row.id > Number(largest_id));
    return json({ errcode: 0, errmsg: 'ok', msginfo: rows.slice(0, Number(limit)) });
  }

  async function tell(openid: string, event: Parameters<WechatCaller['tell']>[2]): Promise<string | null> {
    const url = options.callbackUrl();
    return caller && url !== undefined ? caller.tell(url, openid, event) : null;
  }

  function follows(openid: string): boolean {
    if (gone.has(openid)) return false;
    return (
      come.has(openid) ||
      wechatFaultOf(openid) !== null ||
      options.followers === 'any' ||
      options.followers.includes(openid)
    );
  }

  async function follow(openid: string, key = ''): Promise<string | null> {
    gone.delete(openid);
    come.add(openid);
    return tell(openid, [
      ['Event', 'subscribe'],
      ['EventKey', key],
    ]);
  }

  return {
    route,
    follow: (openid) => follow(openid),
    async scan(openid, url) {
      const scene = scenes.sceneOf(url);
      if (scene === null) return null;
      if (!follows(openid)) return follow(openid, `qrscene_${scene}`);
      return tell(openid, [
        ['Event', 'SCAN'],
        ['EventKey', scene],
        ['Ticket', 'ticket'],
      ]);
    },
    async unfollow(openid) {
      gone.add(openid);
      return tell(openid, [
        ['Event', 'unsubscribe'],
        ['EventKey', ''],
      ]);
    },
    finishAgain: (n) => finish(n, templates[book.all()[n - 1]?.templateCode ?? '']?.kind ?? 'template'),
    proveCallback: async () => (await caller?.proves(options.callbackUrl() ?? '')) ?? false,
    breakToken: () => void (broken = true),
  };
}

/** The blank after the colon is the vendor's own, once. */
const endings: Partial<Record<WechatFault, string>> = {
  block: 'failed:user block',
  sysfail: 'failed: system failed',
  freq: 'failed:freq limit',
};

const jobFinished = (msgid: string, fault: WechatFault | null) =>
  [
    ['Event', 'TEMPLATESENDJOBFINISH'],
    ['MsgID', msgid],
    ['Status', (fault && endings[fault]) ?? 'success'],
  ] as const;

const noticeSent = (msgid: string, template: string, fault: WechatFault | null) =>
  [
    ['Event', 'subscribe_msg_sent_event'],
    [
      'SubscribeMsgSentEvent',
      [
        [
          'List',
          [
            ['TemplateId', template],
            ['MsgID', msgid],
            ['ErrorCode', fault && endings[fault] ? '43004' : '0'],
            ['ErrorStatus', (fault && endings[fault]) ?? 'success'],
          ],
        ],
      ],
    ],
  ] as const;

function parsed(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return {};
  }
}

function failure(errcode: number, said = 'refused'): SandboxAnswer {
  const errmsg = errcode === 40164 ? `invalid ip 203.0.113.7 ipv6 ::ffff:203.0.113.7, not in whitelist` : said;
  return json({ errcode, errmsg: `${errmsg} rid: ${randomBytes(6).toString('hex')}` });
}
