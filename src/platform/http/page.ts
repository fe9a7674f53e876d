import type { OutgoingHttpHeaders } from 'node:http';

/** What a controller answers with; page.interceptor.ts makes the response of it. */
export class PageReply {
  constructor(
    readonly template: string,
    readonly props: object,
    readonly options: PageOptions,
  ) {}
}

export interface PageOptions {
  status?: number;
  /** Template sent instead, with the same props, when htmx asks for a part of the page. */
  fragment?: string;
  /** False for an answer to a form that must not be kept to be shown by a GET, for it holds what may be stored nowhere. */
  keep?: boolean;
  /** 大字 as its reader has it stored, for a device on which he has chosen nothing. */
  largeType?: boolean;
}

export class SeeOther {
  constructor(readonly url: string) {}
}

export class RawReply {
  constructor(
    readonly body: string | Uint8Array,
    readonly headers: OutgoingHttpHeaders,
    readonly status = 200,
  ) {}
}

/** `return page('console/sending/board', { board }, { fragment: 'console/_board' })` */
export const page = (template: string, props: object, options: PageOptions = {}): PageReply =>
  new PageReply(template, props, options);

/** After a POST that worked; for htmx the whole page moves on. A header is ASCII; what the address repeats may not be. */
export const seeOther = (url: string): SeeOther =>
  new SeeOther(url.replace(/[^\x21-\x7e]+/g, (text) => Buffer.from(text).toString('hex').replace(/../g, '%$&')));

/** A file to save. @param disposition value of Content-Disposition */
export const download = (body: string | Uint8Array, type: string, disposition: string): RawReply =>
  new RawReply(body, { 'content-type': type, 'content-disposition': disposition });

/**
 * Foreign HTML, such as an e-mail with inline styles, to be shown in a frame of ours: it may be styled, but it runs nothing,
 * loads nothing and posts nothing.
 */
export const framedHtml = (html: string): RawReply =>
  new RawReply(html, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy':
      "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'self'; sandbox",
  });

/** A page of our own that does not wear the console's frame, under the same content policy. */
export const ownHtml = (html: string, status = 200): RawReply =>
  new RawReply(html, { 'content-type': 'text/html; charset=utf-8' }, status);

/** A path inside this system, else `fallback`: where to go next must never lead to another site. */
export function localPath(path: unknown, fallback: string): string {
  if (typeof path !== 'string' || !/^\/(?![/\\])[^\s\\]*$/.test(path) || path.length > 500) return fallback;
  return path;
}
