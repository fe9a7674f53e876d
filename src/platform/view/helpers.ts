import type Handlebars from 'handlebars';
import { beijingDate, chineseDate, chineseDateTime, parseIsoDate } from '../../domain/calendar.js';

/** Text for a page: each line of `text` a paragraph, escaped; blank lines are dropped. */
export function paragraphsHtml(text: string, escape: (value: string) => string): string {
  return text
    .split(/\r\n|\r|\n/)
    .filter((line) => line.trim() !== '')
    .map((line) => `<p>${escape(line.trim())}</p>`)
    .join('\n');
}

/** A name with its number, escaped: no line ends between 第 and 期, nor before what stands in round brackets behind it. */
export function keptTogetherHtml(text: string, escape: (value: string) => string): string {
  return escape(text).replace(/第\d+期(?:（[^（）]{1,6}）)?/g, '<span class="nowrap">$&</span>');
}

/** Whole percent, rounded down, so that 100% is shown only when nobody is missing. */
export function percentText(part: number, total: number): string {
  return `${total === 0 ? 0 : Math.floor((part / total) * 100)}%`;
}

function instant(value: unknown): Date {
  const at = value instanceof Date ? value : new Date(String(value));
  if (Number.isNaN(at.getTime())) throw new TypeError(`not a time: ${String(value)}`);
  return at;
}

const absent = (value: unknown): value is null | '' => value === null || value === '';

/** 2026年11月23日 of a Date or an ISO text, in Beijing; empty for null. */
function date(value: unknown): string {
  if (absent(value)) return '';
  const civil = typeof value === 'string' ? parseIsoDate(value) : null;
  return chineseDate(civil ?? beijingDate(instant(value)));
}

/** A template that says {{count}} and means a field of that name would show nonsense: it fails instead. */
function count(value: unknown): string {
  const number = Number(value);
  if (Number.isNaN(number)) throw new TypeError('not a number: a name may be hidden by the helper of that name');
  return number.toLocaleString('zh-CN');
}

/**
 * What templates may call. Handlebars passes an options object as the last argument of every helper.
 *
 * @param assetUrl address of a file in templates/assets, with the hash of its content
 */
export function registerHelpers(hb: typeof Handlebars, assetUrl: (name: string) => string): void {
  const words = (given: unknown[]): unknown[] => given.slice(0, -1);
  hb.registerHelper({
    date,
    dateTime: (value: unknown) => (absent(value) ? '' : chineseDateTime(instant(value))),
    isoTime: (value: unknown) => (absent(value) ? '' : instant(value).toISOString()),
    count,
    percent: (part: unknown, total: unknown) => percentText(Number(part), Number(total)),
    add: (a: unknown, b: unknown) => Number(a) + Number(b),
    eq: (a: unknown, b: unknown) => a === b,
    not: (value: unknown) => !value,
    and: (...given: unknown[]) => words(given).every(Boolean),
    or: (...given: unknown[]) => words(given).find(Boolean) ?? false,
    includes: (list: unknown, value: unknown) => Array.isArray(list) && list.includes(value),
    concat: (...given: unknown[]) => words(given).join(''),
    paragraphs: (text: string | null) => new hb.SafeString(paragraphsHtml(text ?? '', hb.escapeExpression)),
    kept: (text: string | null) => new hb.SafeString(keptTogetherHtml(text ?? '', hb.escapeExpression)),
    faultOf: (faults: unknown, field: unknown) =>
      (faults as { field: string; message: string }[]).find((fault) => fault.field === field)?.message ?? null,
    asset: (name: string) => new hb.SafeString(assetUrl(name)),
    may: (permission: string, options: { data: TemplateData }) =>
      options.data.page.account?.permissions.includes(permission) ?? false,
  });
}

/** Whom a page is for; in templates `@page`. */
export interface PageContext {
  account: { name: string; permissions: readonly string[]; trial?: boolean } | null;
  largeType: boolean;
  /** Path with query, for forms that come back to the page. */
  path: string;
}

/** In templates `@app` and `@page`. */
export interface TemplateData {
  app: { office: string; phone: string; demo: boolean; sandboxUrl: string | null };
  page: PageContext;
}
