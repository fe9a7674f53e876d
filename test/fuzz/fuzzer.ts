import type { IncomingHttpHeaders } from 'node:http';
import { formsOn } from './forms.js';
import { FuzzOffice } from './fuzz-office.js';
import type { RawAnswer } from '../raw-http.js';
import type { Route } from './routes.js';

export interface Trial {
  query?: string;
  payload?: string | Buffer;
  headers?: Readonly<Record<string, string>>;
  address?: string;
}

type FuzzAnswer = Pick<RawAnswer, 'status' | 'headers' | 'text'>;

export const encode = (name: string, value: string): string =>
  `${encodeURIComponent(name)}=${encodeURIComponent(value)}`;

/** A form's fields as sent; for a GET they stand in the address. */
export const sentBy = ({ method }: Route, pairs: string): Trial =>
  method === 'GET'
    ? { query: pairs }
    : { payload: pairs, headers: { 'content-type': 'application/x-www-form-urlencoded' } };

/** What a person must not see: a stack, an English sentence of some library, a value that is none. */
const leak = /\bat .+:\d+:\d+|\b\w*(?:Error|Exception)\b|\[object |invalid input|must be|expected|\bundefined\b/i;

/** Sends, learns which fields there are, and keeps what went wrong. */
export class Fuzzer {
  readonly faults = new Map<string, string>();
  private readonly read = new Set<string>();
  private readonly logged: string[] = [];
  private readonly forms = new Map<string, Map<string, string>>();
  private sent = 0;

  private constructor(readonly office: FuzzOffice) {}

  static async open(): Promise<Fuzzer> {
    let fuzzer: Fuzzer | undefined;
    const office = await FuzzOffice.open((app) => {
      const error = (...said: unknown[]) => void fuzzer?.logged.push(said.join(' '));
      app.useLogger({ log: () => undefined, warn: () => undefined, error });
      app
        .getHttpAdapter()
        .getInstance()
        .addHook('preHandler', (request, _reply, done) => {
          request.query = watched(request.query, (name) => fuzzer?.read.add(name));
          request.body = watched(request.body, (name) => fuzzer?.read.add(name));
          done();
        });
    });
    return (fuzzer = new Fuzzer(office));
  }

  async send(route: Route, trial: Trial): Promise<string> {
    this.sent += 1;
    const address = trial.address ?? this.office.addressOf(route, this.sent);
    const headers = {
      // Each from another place, so that what is tried is not the limit of requests.
      ...{
        accept: 'text/html',
        'x-forwarded-for': `10.${this.sent >> 16}.${(this.sent >> 8) & 255}.${this.sent & 255}`,
      },
      ...(await this.office.headersFor(route)),
      ...trial.headers,
    };
    const path = trial.query === undefined ? address : `${address}?${trial.query}`;
    const answer: FuzzAnswer = await this.office.http
      .send({ method: route.method, path, headers, payload: trial.payload })
      .catch((error: Error): FuzzAnswer => ({ status: 599, headers: {}, text: error.message }));
    if (answer.status === 401 || answer.headers.location?.startsWith('/signin')) this.office.forgetSessions();
    this.judge(route, answer.status, isPage(answer.headers) ? textOf(answer.text) : '', { ...trial, address });
    return answer.text;
  }

  private judge({ method, path }: Route, status: number, page: string, trial: Trial): void {
    const said = this.logged.splice(0).join('\n').slice(0, 600);
    const shown = leak.exec(page)?.[0] ?? '';
    if (status < 500 && said === '' && shown === '') return;
    const what = `${method} ${path}: ${status} ${said.replace(/^[\w-]{8} /, '')}${shown}`;
    if (!this.faults.has(what)) this.faults.set(what, JSON.stringify(trial).slice(0, 400));
  }

  /** Looks at the page, and remembers its forms. */
  async look(route: Route): Promise<void> {
    for (let turn = 0; turn < 2; turn++) {
      const address = this.office.addressOf(route, turn);
      for (const { action, method, fields } of formsOn(await this.send(route, { address }), address))
        this.forms.set(`${method} ${action.replace(/[?#].*/, '')}`, new Map(fields));
    }
  }

  /**
   * The fields of the route with a value each that it takes: those of the form that leads there, and whatever it was seen
   * to read.
   */
  async fieldsOf(route: Route): Promise<Map<string, string>> {
    const form = [0, 1].map((turn) => this.forms.get(`${route.method} ${this.office.addressOf(route, turn)}`));
    const fields = new Map([...(form[0] ?? []), ...(form[1] ?? [])]);
    this.read.clear();
    await this.send(route, sentBy(route, [...fields].map(([name, value]) => encode(name, value)).join('&')));
    const declared = [route.query, route.body].flatMap((schema) => Object.keys(schema?.properties ?? {}));
    for (const name of [...this.read, ...declared]) if (!fields.has(name)) fields.set(name, '');
    return fields;
  }
}

const isPage = (headers: IncomingHttpHeaders): boolean => headers['content-type']?.startsWith('text/html') === true;

/** Without what was typed, which comes back in the fields. */
const textOf = (html: string): string =>
  html.replace(/<textarea[\s\S]*?<\/textarea>/g, '').replace(/<(?:!--[\s\S]*?--|[^>]*)>/g, ' ');

/** The same, with a note of each name that is asked for. */
function watched<T>(value: T, note: (name: string) => unknown): T {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return new Proxy(value, {
    get: (target, name, self) => {
      if (typeof name === 'string' && !(name in Object.prototype) && name !== 'then') note(name);
      return Reflect.get(target, name, self) as unknown;
    },
  });
}
