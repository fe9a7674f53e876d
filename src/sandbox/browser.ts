/** The little of a browser that a recipient needs: cookies, forms, redirects, the headers of a same-origin post. */

export interface Page {
  status: number;
  url: URL;
  body: string;
}

const timeoutMs = 15_000;
const mostRedirects = 5;

export class Browser {
  private readonly cookies = new Map<string, string>();

  /** `baseUrl` is the only origin it ever asks. */
  constructor(
    private readonly baseUrl: string,
    private readonly signal: AbortSignal,
  ) {}

  get(path: string): Promise<Page> {
    return this.follow('GET', new URL(path, this.baseUrl));
  }

  /** Sends a form with the hidden fields of the page it stands on. */
  submit(page: Page, path: string, fields: Readonly<Record<string, string>> = {}): Promise<Page> {
    const body = new URLSearchParams({ ...hiddenFields(page.body), ...fields }).toString();
    return this.follow('POST', new URL(path, page.url), body);
  }

  private async follow(method: 'GET' | 'POST', url: URL, body?: string): Promise<Page> {
    let [nextMethod, nextUrl, nextBody] = [method, url, body];
    for (let redirects = 0; ; redirects++) {
      const response = await this.request(nextMethod, nextUrl, nextBody);
      const location = response.headers.get('location');
      const text = await response.text();
      if (response.status < 300 || response.status >= 400 || location === null || redirects === mostRedirects)
        return { status: response.status, url: nextUrl, body: text };
      const target = new URL(location, nextUrl);
      // A redirect to the public name still means the server under test.
      nextUrl = new URL(target.pathname + target.search, this.baseUrl);
      if (response.status !== 307 && response.status !== 308) [nextMethod, nextBody] = ['GET', undefined];
    }
  }

  private async request(method: 'GET' | 'POST', url: URL, body: string | undefined): Promise<Response> {
    const headers: Record<string, string> = {
      accept: 'text/html',
      'accept-language': 'zh-CN',
      'user-agent': 'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36',
    };
    if (this.cookies.size > 0) headers.cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    if (method === 'POST') {
      headers['content-type'] = 'application/x-www-form-urlencoded';
      headers.origin = url.origin;
      headers['sec-fetch-site'] = 'same-origin';
    }
    const signal = AbortSignal.any([this.signal, AbortSignal.timeout(timeoutMs)]);
    const response = await fetch(url, { method, headers, body, redirect: 'manual', signal });
    for (const cookie of response.headers.getSetCookie()) this.keep(cookie);
    return response;
  }

  private keep(cookie: string): void {
    const [, name, value] = /^([^=;]+)=([^;]*)/.exec(cookie) ?? [];
    if (name !== undefined && value !== undefined) this.cookies.set(name.trim(), value.trim());
  }
}

function hiddenFields(body: string): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const [tag] of body.matchAll(/<input\b[^>]*\btype="hidden"[^>]*>/gi)) {
    const name = /\bname="([^"]*)"/i.exec(tag)?.[1];
    if (name) fields[name] = /\bvalue="([^"]*)"/i.exec(tag)?.[1] ?? '';
  }
  return fields;
}
