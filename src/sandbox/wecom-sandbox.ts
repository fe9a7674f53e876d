import { createHash, randomBytes } from 'node:crypto';
import type { Book } from './book.js';
import { json, type SandboxAnswer, type SandboxRequest, type SandboxRoute } from './http.js';
import { pause, pick, type Pace } from './pace.js';
import { rollingCount } from './rolling-count.js';
import { readTextCard, type TextCard } from './wecom-card.js';
import { wecomFaultOf } from './wecom-faults.js';
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
}

/** What one member may get from one application in a minute; the rest vanishes without an error. */
const memberLimit = { count: 30, windowMs: 60_000 };

/** Mounted under any prefix; the path ends as the vendor's does. */
export function wecomSandbox(options: WecomSandboxOptions): SandboxRoute {
  const { book, pace } = options;
  const tokens = wecomTokens(options.tokenSeconds);
  const members = options.users === 'any' ? null : new Set(options.users.map((user) => user.toLowerCase()));
  const tried = new Set<string>();
  const perMember = rollingCount(memberLimit.windowMs);
  /** Request text -> when it was last shown; known again after a restart. */
  const lastShown = new Map<string, number>();
  for (const { fingerprint, shown, at } of book.all())
    if (fingerprint && shown) lastShown.set(fingerprint, Date.parse(at));

  return (request) => {
    const path = request.url.pathname;
    if (path.endsWith('/cgi-bin/gettoken')) return getToken(request.url.searchParams);
    if (path.endsWith('/cgi-bin/message/send') && request.method === 'POST') return send(request);
    return json({ errcode: 43001, errmsg: 'unknown interface' }, 404);
  };

  function getToken(query: URLSearchParams): SandboxAnswer {
    if (query.get('corpid') !== options.corpId) return failure(40013);
    if (query.get('corpsecret') !== options.secret) return failure(40001);
    const { token, expiresInSeconds } = tokens.issue(Date.now());
    return json({ errcode: 0, errmsg: 'ok', access_token: token, expires_in: expiresInSeconds });
  }

  async function send(request: SandboxRequest): Promise<SandboxAnswer> {
    const stale = tokens.check(request.url.searchParams.get('access_token'), Date.now());
    if (stale !== 0) return failure(stale);
    const card = readTextCard(request.body, options.agentId);
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
    const halfLatency = pick(pace.latencyMs) / 2;
    if (!(await pause(halfLatency, pace.stopped))) return 'cut';
    const msgid = randomBytes(32).toString('base64url');
    take(card, reached, fingerprint, msgid, request.headers['x-request-id'] ?? fingerprint);
    if (faults.includes('drop') && isFirstTry) return 'cut';
    if (!(await pause(halfLatency, pace.stopped))) return 'cut';
    return json({ errcode: 0, errmsg: 'ok', ...names, invalidparty: '', invalidtag: '', msgid });
  }

  function take(card: TextCard, users: readonly string[], fingerprint: string, msgid: string, reference: string): void {
    const now = Date.now();
    const isDuplicate = now - (lastShown.get(fingerprint) ?? -Infinity) < card.duplicateWindowMs;
    if (!isDuplicate) lastShown.set(fingerprint, now);
    for (const user of users) {
      perMember.add(user.toLowerCase(), now);
      const overLimit = perMember.count(user.toLowerCase(), now) > memberLimit.count;
      book.add({
        provider: 'wecom',
        kind: 'wecom',
        reference,
        to: user,
        providerId: msgid,
        shown: !isDuplicate && !overLimit,
        title: card.title,
        text: card.description,
        link: card.url,
        fingerprint,
      });
    }
  }

  function isMember(user: string): boolean {
    const fault = wecomFaultOf(user);
    if (fault !== null) return fault !== 'nouser';
    return members === null || members.has(user.toLowerCase());
  }
}

/** The vendor gives user ids back in lower case. */
function lowered(users: readonly string[]): string {
  return users.map((user) => user.toLowerCase()).join('|');
}

function failure(errcode: number, more: Readonly<Record<string, string>> = {}): SandboxAnswer {
  return json({ errcode, errmsg: `refused, hint: [${randomBytes(6).toString('hex')}]`, ...more });
}
