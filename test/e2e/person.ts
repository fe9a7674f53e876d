import { until } from './open-service.js';

/** Somebody with a browser that has no script: follows redirects, keeps cookies, posts forms. */
export class Person {
  private readonly cookies = new Map<string, string>();

  constructor(private readonly base: string) {}

  async get(path: string): Promise<Page> {
    return this.request('GET', path);
  }

  async post(path: string, fields: Record<string, string | readonly string[]> = {}): Promise<Page> {
    const body = new URLSearchParams();
    for (const [name, value] of Object.entries(fields)) for (const one of [value].flat()) body.append(name, one);
    return this.request('POST', path, body);
  }

  /** Reads a page and presses 签收; who presses sooner than a person can is asked once more. */
  async acknowledge(link: string): Promise<Page> {
    const form = formOf((await this.get(link)).html, `${link}/acknowledge`);
    const press = () => this.post(`${link}/acknowledge`, form);
    return until(async () => [await press()].find(({ path }) => path === link), 'a press that counts');
  }

  /** A form with a file field, or one that is sent like it because it is long. */
  async upload(
    path: string,
    file: { name: string; bytes: Uint8Array } | null,
    fields: Record<string, string> = {},
  ): Promise<Page> {
    const body = new FormData();
    for (const [name, value] of Object.entries(fields)) body.append(name, value);
    if (file) body.append('file', new Blob([Buffer.from(file.bytes)]), file.name);
    return this.request('POST', path, body);
  }

  private async request(method: string, path: string, body?: URLSearchParams | FormData): Promise<Page> {
    const url = new URL(path, this.base);
    const response = await fetch(url, {
      method,
      body,
      redirect: 'manual',
      headers: {
        cookie: [...this.cookies].map(([k, v]) => `${k}=${v}`).join('; '),
        ...(method === 'POST' ? { origin: this.base, 'sec-fetch-site': 'same-origin' } : {}),
      },
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!;
      this.cookies.set(name!, value!);
    }
    const location = response.headers.get('location');
    if (location) return this.request('GET', location);
    return { status: response.status, path: url.pathname + url.search, html: await response.text() };
  }
}

export interface Page {
  status: number;
  path: string;
  html: string;
}

/** What a person reads: text without tags, entities or white space. */
export function textOf(html: string): string {
  return html
    .replace(/<(script|style)[\s\S]*?<\/\1>/g, '')
    .replace(/<[^>]+>/g, '')
    .replace(/&#x3D;/g, '=')
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, '');
}

/** The value of a hidden or typed field. */
export function fieldOf(html: string, name: string): string {
  const tag = new RegExp(`<input[^>]*name="${name}"[^>]*>`).exec(html)?.[0];
  const value = tag && /value="([^"]*)"/.exec(tag)?.[1];
  if (value === undefined || value === '') throw new Error(`no field ${name} on the page`);
  return value;
}

/** Every field of the form that posts to `action`, as a browser would send it. */
export function formOf(html: string, action: string): Record<string, string> {
  const form = [...html.matchAll(/<form[\s\S]*?<\/form>/g)]
    .map(([f]) => f)
    .find((f) => f.includes(`action="${action}"`));
  if (!form) throw new Error(`no form for ${action}`);
  const fields: Record<string, string> = {};
  const decode = (s: string) =>
    s
      .replace(/&quot;/g, '"')
      .replace(/&lt;/g, '<')
      .replace(/&gt;/g, '>')
      .replace(/&#x27;/g, "'")
      .replace(/&#x3D;/g, '=')
      .replace(/&amp;/g, '&');
  for (const [tag] of form.matchAll(/<input[^>]*>/g)) {
    const name = /name="([^"]*)"/.exec(tag)?.[1];
    if (!name || /type="(submit|file)"/.test(tag)) continue;
    if (/type="(radio|checkbox)"/.test(tag) && !/\schecked/.test(tag)) continue;
    fields[name] = decode(/value="([^"]*)"/.exec(tag)?.[1] ?? '');
  }
  for (const [, attributes, text] of form.matchAll(/<textarea([^>]*)>([\s\S]*?)<\/textarea>/g)) {
    const name = /name="([^"]*)"/.exec(attributes!)?.[1];
    if (name) fields[name] = decode(text!.replace(/^\n/, ''));
  }
  for (const [, attributes, options] of form.matchAll(/<select([^>]*)>([\s\S]*?)<\/select>/g)) {
    const name = /name="([^"]*)"/.exec(attributes!)?.[1];
    const chosen =
      /<option value="([^"]*)"[^>]*selected/.exec(options!)?.[1] ?? /<option value="([^"]*)"/.exec(options!)?.[1];
    if (name) fields[name] = decode(chosen ?? '');
  }
  return fields;
}
