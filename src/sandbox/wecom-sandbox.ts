import { createHash, randomBytes } from 'node:crypto';
import type { Book, BookMessage } from './book.js';
import { json, type SandboxAnswer, type SandboxRequest, type SandboxRoute } from './http.js';
import { pause, pick, type Pace } from './pace.js';
import { rollingCount } from './rolling-count.js';
import { type Card, readCard, readMobile, readRecall, readRedraw } from './wecom-card.js';
import { wecomFaultOf } from './wecom-faults.js';
import { wecomOAuth } from './wecom-oauth.js';
import { WecomCaller } from './wecom-press.js';
import { wecomRobot } from './wecom-robot.js';
import { wecomTokens } from './wecom-tokens.js';

export interface WecomSandboxOptions {
  book: Book;
  pace: Pace;
  corpId: string;
  secret: string;
  agentId: number;
  /** User ids of the members who exist, or everybody. */
  users: readonly string[] | 'any';
  tokenSeconds: number;
  /** False: the caller's address is not on the vendor's list, so that every call but that for a token gets 60020. */
  trustedIp?: boolean | (() => boolean);
  /** 可信域名 of the application, to which its page of who reads leads back. */
  trustedDomain?: () => string | undefined;
  /** Members by mobile number. */
  mobiles?: Readonly<Record<string, string>>;
  /** Of a group's robot. */
  robotKey?: string;
  /** How the application is set at the vendor. */
  agent?: { closed?: boolean; visible?: boolean };
  /** The vendor does either with a card that comes again within its window. */
  repeatedTask?: 'dropped' | 'refused';
  /** As entered at the vendor; without it presses go nowhere. */
  callback?: { token: string; aesKey: string };
  /** Of calls to the application; milliseconds since the epoch. */
  now?: () => number;
  /** Where presses are called in, asked each time. */
  callbackUrl: () => string | undefined;
}

export interface WecomSandbox {
  /** Mounted under any prefix; the path ends as the vendor's does. */
  route: SandboxRoute;
  /** Somebody presses a button of a card; whether the application took it. */
  press: (n: number, key: string) => Promise<boolean>;
  /** What the robot of a group said there. */
  saidInGroup: readonly string[];
  /** The vendor asks whether the address is the application's. */
  proveCallback: () => Promise<boolean>;
}

/** What one member may get from one application in a minute; the rest vanishes without an error. */
const memberLimit = { count: 30, windowMs: 60_000 };
const hour = 3_600_000;
/** Numbers that an application may ask about in vain within an hour; the vendor names no figure. */
const mostMisses = 50;
const redrawableMs = 72 * hour;
const recallableMs = 24 * hour;

export function wecomSandbox(options: WecomSandboxOptions): WecomSandbox {
  const { book, pace, callback, repeatedTask = 'dropped' } = options;
  const caller = callback && new WecomCaller({ ...options, ...callback, stopped: pace.stopped });
  const tokens = wecomTokens(options.tokenSeconds);
  const misses = rollingCount(hour);
  const robot = wecomRobot({ ...options, now: options.now ?? Date.now });
  const oauth = wecomOAuth({ ...options, now: options.now ?? Date.now });
  const interfaces: Readonly<Record<string, SandboxRoute>> = {
    'POST message/send': send,
    'POST message/update_template_card': redraw,
    'POST message/recall': recall,
    'POST user/getuserid': getUserId,
    'GET agent/get': getAgent,
    'GET auth/getuserinfo': ({ url }) => oauth.visitor(url.searchParams.get('code')),
  };
  const members = options.users === 'any' ? null : new Set(options.users.map((user) => user.toLowerCase()));
  const tried = new Set<string>();
  const perMember = rollingCount(memberLimit.windowMs);
  /** Request text -> when it was last shown; known again after a restart. */
  const lastShown = new Map<string, number>();
  const usedTasks = new Set<string>();
  for (const { fingerprint, shown, at, task } of book.all()) {
    if (fingerprint && shown) lastShown.set(fingerprint, Date.parse(at));
    if (task) usedTasks.add(task.id);
  }

  async function route(request: SandboxRequest): Promise<SandboxAnswer> {
    const { pathname, searchParams } = request.url;
    if (pathname.endsWith('/cgi-bin/gettoken')) return getToken(searchParams);
    if (pathname.endsWith('/cgi-bin/webhook/send')) return robot.route(request);
    if (pathname.endsWith('/connect/oauth2/authorize')) return oauth.authorize(request);
    const work = interfaces[`${request.method} ${/\/cgi-bin\/([\w/]+)$/.exec(pathname)?.[1]}`];
    if (!work) return json({ errcode: 43001, errmsg: 'unknown interface' }, 404);
    const stale = tokens.check(searchParams.get('access_token'), Date.now());
    if (stale !== 0) return failure(stale);
    const { trustedIp = true } = options;
    if (!(typeof trustedIp === 'function' ? trustedIp() : trustedIp)) return failure(60020);
    return work(request);
  }

  function getToken(query: URLSearchParams): SandboxAnswer {
    if (query.get('corpid') !== options.corpId) return failure(40013);
    if (query.get('corpsecret') !== options.secret) return failure(40001);
    const { token, expiresInSeconds } = tokens.issue(Date.now());
    return json({ errcode: 0, errmsg: 'ok', access_token: token, expires_in: expiresInSeconds });
  }

  function getAgent({ url }: SandboxRequest): SandboxAnswer {
    const { agentId, agent: { closed = false, visible = true } = {}, trustedDomain } = options;
    if (url.searchParams.get('agentid') !== String(agentId)) return failure(301002);
    return json({
      ...{ errcode: 0, errmsg: 'ok', agentid: agentId, name: '政务快报', close: closed ? 1 : 0 },
      ...{ allow_userinfos: { user: [] }, allow_partys: { partyid: visible ? [1] : [] }, allow_tags: { tagid: [] } },
      redirect_domain: trustedDomain?.() ?? '',
    });
  }

  /** Guarded against guessing: who asks in vain too often is refused. */
  function getUserId({ body }: SandboxRequest): SandboxAnswer {
    const mobile = readMobile(body);
    if (!/^1\d{10}$/.test(mobile)) return failure(60103);
    if (misses.count('', Date.now()) >= mostMisses) return failure(45009);
    const userid = options.mobiles?.[mobile];
    if (userid !== undefined) return json({ errcode: 0, errmsg: 'ok', userid });
    misses.add('', Date.now());
    return failure(46004);
  }

  async function send(request: SandboxRequest): Promise<SandboxAnswer> {
    const card = readCard(request.body, options.agentId);
    if ('errcode' in card) return failure(card.errcode);
    const fingerprint = createHash('sha256').update(request.body).digest('hex').slice(0, 32);
    const isFirstTry = !tried.has(fingerprint);
    tried.add(fingerprint);
    const faults = card.users.map(wecomFaultOf);
    if (faults.includes('slow')) return 'silent';
    if (faults.includes('rate')) return failure(45009);
    if (faults.includes('busy') && isFirstTry) return failure(-1);

    const unlicensed = card.users.filter((user) => wecomFaultOf(user) === 'nolicense');
    const invalid = card.users.filter((user) => !isMember(user));
    const reached = card.users.filter((user) => !invalid.includes(user) && !unlicensed.includes(user));
    const names = { invaliduser: lowered(invalid), unlicenseduser: lowered(unlicensed) };
    if (reached.length === 0) return failure(81013, names);
    const now = Date.now();
    const isRepeat = now - (lastShown.get(fingerprint) ?? -Infinity) < card.duplicateWindowMs;
    if (card.task && usedTasks.has(card.task.id) && !(isRepeat && repeatedTask === 'dropped')) return failure(42014);
    const halfLatency = pick(pace.latencyMs) / 2;
    if (!(await pause(halfLatency, pace.stopped))) return 'cut';
    const msgid = token();
    const code = card.task ? { response_code: token() } : {};
    take(card, reached, { fingerprint, isRepeat }, { providerId: msgid, responseCode: code.response_code }, request);
    if (faults.includes('drop') && isFirstTry) return 'cut';
    if (!(await pause(halfLatency, pace.stopped))) return 'cut';
    return json({ errcode: 0, errmsg: 'ok', ...names, invalidparty: '', invalidtag: '', msgid, ...code });
  }

  function take(
    card: Card,
    users: readonly string[],
    { fingerprint, isRepeat }: { fingerprint: string; isRepeat: boolean },
    given: Pick<BookMessage, 'providerId' | 'responseCode'>,
    { headers }: SandboxRequest,
  ): void {
    const now = Date.now();
    if (!isRepeat) lastShown.set(fingerprint, now);
    if (card.task) usedTasks.add(card.task.id);
    for (const user of users) {
      perMember.add(user.toLowerCase(), now);
      const overLimit = perMember.count(user.toLowerCase(), now) > memberLimit.count;
      book.add({
        provider: 'wecom',
        kind: 'wecom',
        reference: headers['x-request-id'] ?? fingerprint,
        to: user,
        ...given,
        shown: !isRepeat && !overLimit,
        title: card.title,
        text: card.description,
        link: card.url,
        ...(card.task ? { task: card.task } : {}),
        fingerprint,
      });
    }
  }

  /** The vendor names no code of its own for a response code that is unknown, used or older than 72 hours. */
  function redraw(request: SandboxRequest): SandboxAnswer {
    const change = readRedraw(request.body, options.agentId);
    if ('errcode' in change) return failure(change.errcode);
    const cards = book.all().filter(({ responseCode }) => responseCode === change.code);
    const isStale = cards.every(
      ({ at, n }) => Date.now() - Date.parse(at) > redrawableMs || book.changesOf(n).codeUsed,
    );
    if (isStale) return failure(40058);
    const users = change.users.map((user) => user.toLowerCase());
    const own = cards.filter(({ to }) => users.includes(to.toLowerCase()));
    for (const { n } of own) book.change(n, { drawn: change.text, codeUsed: true });
    const found = own.map(({ to }) => to.toLowerCase());
    return json({ errcode: 0, errmsg: 'ok', invaliduser: users.filter((user) => !found.includes(user)) });
  }

  function recall(request: SandboxRequest): SandboxAnswer {
    const msgid = readRecall(request.body);
    const own = book.all().filter(({ provider, providerId }) => provider === 'wecom' && providerId === msgid);
    if (own.every(({ at }) => Date.now() - Date.parse(at) > recallableMs)) return failure(40058);
    for (const { n } of own) book.change(n, { recalled: true });
    return json({ errcode: 0, errmsg: 'ok' });
  }

  async function press(n: number, key: string): Promise<boolean> {
    const url = options.callbackUrl();
    const message = book.all()[n - 1];
    if (!caller || url === undefined || !message?.shown) return false;
    const isThere = message.task?.buttons.some((button) => button.key === key);
    const { drawn, recalled } = book.changesOf(n);
    if (!isThere || recalled || drawn !== undefined) return false;
    const answer = await caller.press(url, message, key, token());
    if (answer === 'notTaken') return false;
    if (answer.drawn !== '') book.change(n, { drawn: answer.drawn });
    return true;
  }

  function isMember(user: string): boolean {
    const fault = wecomFaultOf(user);
    if (fault !== null) return fault !== 'nouser';
    return members === null || members.has(user.toLowerCase());
  }

  return {
    route,
    press,
    saidInGroup: robot.said,
    proveCallback: async () => (await caller?.proves(options.callbackUrl() ?? '')) ?? false,
  };
}

/** The address that the vendor sees of everybody. */
export const seenIp = '203.0.113.7';

const token = (): string => randomBytes(32).toString('base64url');

/** The vendor gives user ids back in lower case. */
function lowered(users: readonly string[]): string {
  return users.map((user) => user.toLowerCase()).join('|');
}

function failure(errcode: number, more: Readonly<Record<string, string>> = {}): SandboxAnswer {
  const hint = `hint: [${randomBytes(6).toString('hex')}]`;
  const errmsg =
    errcode === 60020 ? `not allow to access from your ip, ${hint}, from ip: ${seenIp}, more info` : `refused, ${hint}`;
  return json({ errcode, errmsg, ...more });
}
