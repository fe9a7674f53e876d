import { channelKinds } from '../domain/delivery.js';
import { beijingTime } from './beijing-time.js';
import type { AnsweredSms, Book, BookMessage, CardChange } from './book.js';
import type { SandboxReply, SandboxRequest, SandboxRoute } from './http.js';
import { escapeHtml, phonePage } from './phone-layout.js';

/** Somebody whose mail, SMS and WeCom messages belong on one phone. */
export interface SandboxPerson {
  name?: string;
  email?: string;
  mobile?: string;
  wecom?: string;
}

interface Phone {
  key: string;
  name: string;
  messages: BookMessage[];
}

/** A text message that is longer is none. */
const longestAnswer = 500;

/** What whoever holds a phone does. */
export interface PhoneActs {
  /** Presses a button of a card; false when nothing came back. */
  press(n: number, key: string): Promise<boolean>;
  /** Sends an SMS back through the vendor that brought it; false when it was not taken. */
  answer(message: AnsweredSms, content: string): Promise<boolean>;
}

/** What recipients would see, for demonstrations: people, their phones, their mail. */
export function phonePages(book: Book, people: readonly SandboxPerson[], acts: PhoneActs): SandboxRoute {
  const ownerOf = new Map<string, string>();
  for (const { name, email, mobile, wecom } of people) {
    const owner = name ?? email ?? mobile ?? wecom ?? '';
    for (const address of [email, mobile, wecom]) if (address) ownerOf.set(address.toLowerCase(), owner);
  }

  function phones(): Map<string, Phone> {
    const found = new Map<string, Phone>();
    for (const message of book.messages()) {
      const key = phoneOf(message);
      const phone = found.get(key) ?? { key, name: key, messages: [] };
      phone.messages.push(message);
      found.set(key, phone);
    }
    return found;
  }

  const phoneOf = ({ to }: BookMessage): string => ownerOf.get(to.toLowerCase()) ?? to;

  /** The card is drawn as the application answered; where it did not, the button is still there. */
  async function pressed({ headers, body, url }: SandboxRequest, n: number): Promise<SandboxReply> {
    const message = book.all()[n - 1];
    const isOurs = headers.origin === undefined || headers.origin === url.origin;
    if (!message || !isOurs) return notFound();
    const taken = await acts.press(n, new URLSearchParams(body).get('key') ?? '');
    const location = `/phone/${encodeURIComponent(phoneOf(message))}${taken ? '' : '?nothing'}`;
    return { ...html(''), status: 303, headers: { location } };
  }

  /** The form below an SMS. */
  async function sendBack(phone: Phone, { headers, body, url }: SandboxRequest): Promise<SandboxReply> {
    const form = new URLSearchParams(body);
    const message = phone.messages.find(({ kind, n }) => kind === 'sms' && String(n) === form.get('n'));
    const content = form.get('text') ?? '';
    const isOurs = headers.origin === undefined || headers.origin === url.origin;
    if (!message || !isOurs || content === '' || content.length > longestAnswer) return notFound();
    const taken = await acts.answer(message, content).catch(() => false);
    const location = `/phone/${encodeURIComponent(phone.key)}?sent=${taken ? 'yes' : 'no'}`;
    return { status: 303, type: 'text/plain', body: '', headers: { location } };
  }

  return async (request) => {
    const { url, method } = request;
    const [, place, which] = url.pathname.split('/');
    if (place === 'press' && method === 'POST') return pressed(request, Number(which));
    if (!place) return html(peoplePage([...phones().values()]));
    if (place === 'phone' && which) {
      const phone = phones().get(decode(which));
      if (!phone) return notFound();
      return method === 'POST' ? sendBack(phone, request) : html(personPage(phone, book, noteOf(url)));
    }
    const body = place === 'mail' && which ? book.htmlOf(Number(which)) : undefined;
    return body === undefined ? notFound() : html(body, mailPolicy);
  };
}

const pagePolicy =
  "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
/** A mail may style itself and hold links, nothing more: no script, no forms, no remote content. */
const mailPolicy = `sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:`;

function html(body: string, policy = pagePolicy): SandboxReply {
  const headers = {
    'content-security-policy': policy,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  };
  return { status: 200, type: 'text/html; charset=utf-8', body, headers };
}

function notFound(): SandboxReply {
  return { ...html(phonePage('没有这一页', '<p><a href="/">返回名单</a></p>')), status: 404 };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}

function peoplePage(phones: readonly Phone[]): string {
  const rows = phones
    .map(
      ({ key, name, messages }) =>
        `<tr><td><a href="/phone/${encodeURIComponent(key)}">${escapeHtml(name)}</a></td>` +
        channelKinds
          .map((kind) => `<td class="number">${messages.filter((message) => message.kind === kind).length}</td>`)
          .join('') +
        '</tr>',
    )
    .join('');
  const table = `<table><thead><tr><th>收件人</th><th>邮件</th><th>短信</th><th>企业微信</th><th>微信</th></tr></thead><tbody>${rows}</tbody></table>`;
  const intro =
    '<p class="note">演示用的收件一侧：这里显示每个人的手机和邮箱实际会收到什么，不连接任何真实服务商。</p>';
  return phonePage('收件人', intro + (phones.length > 0 ? table : '<p>还没有人收到消息。</p>'));
}

/** What became of the last act. */
function noteOf({ searchParams }: URL): string | null {
  if (searchParams.has('nothing')) return '按下后没有收到答复，请稍后再按。';
  const sent = searchParams.get('sent');
  if (sent === null) return null;
  return sent === 'yes' ? '短信已发出，服务商已经转给系统。' : '短信没有发到：系统没有接收。';
}

function personPage({ key, name, messages }: Phone, book: Book, note: string | null): string {
  const newestFirst = [...messages].reverse();
  const section = (title: string, kind: BookMessage['kind'], draw: (message: BookMessage) => string) => {
    const own = newestFirst.filter((message) => message.kind === kind);
    return own.length === 0 ? '' : `<h2>${title}</h2>${own.map(draw).join('')}`;
  };
  return phonePage(
    name,
    `<p><a href="/">返回名单</a></p>` +
      (note === null ? '' : `<p class="note" role="status">${note}</p>`) +
      section('短信', 'sms', (message) => smsBubble(message, key)) +
      section('企业微信', 'wecom', (message) => wecomCard(message, book.changesOf(message.n))) +
      section('微信服务号', 'wechat', noticeCard) +
      section('邮件', 'email', mailRow),
  );
}

function smsBubble(message: BookMessage, phone: string): string {
  const answer =
    `<form class="answer" method="post" action="/phone/${encodeURIComponent(phone)}"><input type="hidden" name="n" value="${message.n}">` +
    `<input name="text" required maxlength="${longestAnswer}" autocomplete="off" aria-label="回复第${message.n}条短信" placeholder="例如 1、已阅、TD"><button>回复</button></form>`;
  return `<div class="bubble">${escapeHtml(message.text)}</div><p class="note">${time(message)}，计 ${message.parts ?? 1} 条</p>${answer}`;
}

function wecomCard(message: BookMessage, { drawn, recalled }: CardChange): string {
  if (recalled) return `<p class="note">${time(message)}，这条消息已被撤回</p>`;
  const parts = [
    `<strong>${escapeHtml(message.title)}</strong>${escapeHtml(message.text)}`,
    ...(message.task ? [] : [webLink(message.link, '查看')]),
    drawn === undefined ? buttonsOf(message) : `<span class="drawn">${escapeHtml(drawn)}</span>`,
  ];
  return `<div class="card">${parts.filter(Boolean).join('\n')}</div><p class="note">${time(message)}</p>`;
}

function noticeCard(message: BookMessage): string {
  const lines = [
    `<strong>${escapeHtml(message.title)}</strong>${escapeHtml(message.text)}`,
    webLink(message.link, '详情'),
  ];
  return `<div class="card">${lines.join('\n')}</div><p class="note">${time(message)}</p>`;
}

function buttonsOf({ n, task }: BookMessage): string {
  const buttons = (task?.buttons ?? []).map(({ text, key, url }) =>
    key === undefined
      ? webLink(url, text)
      : `<form method="post" action="/press/${n}"><button name="key" value="${escapeHtml(key)}">${escapeHtml(text)}</button></form>`,
  );
  return buttons.length > 0 ? `<div class="buttons">${buttons.join('')}</div>` : '';
}

function webLink(url: string | undefined, text: string): string {
  return url && /^https?:\/\//.test(url) ? `<a href="${escapeHtml(url)}">${escapeHtml(text)}</a>` : '';
}

function mailRow(message: BookMessage): string {
  return `<div class="mail"><a href="/mail/${message.n}">${escapeHtml(message.title || '（无主题）')}</a>\n<span class="note">${time(message)}</span></div>`;
}

function time({ at }: BookMessage): string {
  return `<time datetime="${escapeHtml(at)}">${beijingTime(at)}</time>`;
}
