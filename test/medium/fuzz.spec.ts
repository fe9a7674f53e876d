import { Draw, numbersOf } from '../fuzz/chance.js';
import { encode, Fuzzer, sentBy, type Trial } from '../fuzz/fuzzer.js';
import { hostileBodies, hostileHeaders, hostileJson, hostilePairs, hostileTexts } from '../fuzz/hostile.js';
import { allRoutes, type Route, sampleOf } from '../fuzz/routes.js';

/** Other seeds choose other values; more rounds send more of them: KUAIBAO_FUZZ_ROUNDS=5 takes some minutes. */
const seed = Number(process.env.KUAIBAO_FUZZ_SEED ?? 9);
const rounds = Number(process.env.KUAIBAO_FUZZ_ROUNDS ?? 1);

const next = numbersOf(seed);
const texts = new Draw(hostileTexts, next);
const json = new Draw(hostileJson, next);
const bodies = new Draw(hostileBodies, next);
const wrong = new Draw(['%E0%A4%A', '%ff', '%', '%2e%2e%2f', '%2F'], next);
const headers = new Draw(hostileHeaders, next);

const routes = allRoutes();

/** Every route of the running application, as somebody who may use it, and every field that it was seen to read. */
describe('whatever is sent', () => {
  let fuzzer: Fuzzer;

  beforeAll(async () => {
    fuzzer = await Fuzzer.open();
    for (const route of routes.filter(({ method }) => method === 'GET')) await fuzzer.look(route);
  });
  afterAll(() => fuzzer?.office.close());
  afterEach(() => expect([...fuzzer.faults].map(([what, sent]) => `${what}\n    ${sent}`)).toEqual([]));

  const withFields = async (work: (route: Route, fields: Map<string, string>) => Promise<void>) => {
    for (const route of routes) await work(route, await fuzzer.fieldsOf(route));
  };
  const form = (route: Route, fields: Iterable<[string, string]>) =>
    sentBy(route, [...fields].map(([name, value]) => encode(name, value)).join('&'));

  it('in one field or in all, no route fails', async () => {
    await withFields(async (route, fields) => {
      await fuzzer.send(
        route,
        form(
          route,
          [...fields].map(([name, value]) => [name, `${value}\0`]),
        ),
      );
      for (const field of fields.keys())
        for (const value of texts.some(rounds))
          await fuzzer.send(route, form(route, new Map([...fields, [field, value]])));
    });
  });

  it('once, twice or as a list, and with whatever headers, no route fails', async () => {
    await withFields(async (route, fields) => {
      for (const field of [...fields.keys(), 'q']) {
        const pairs = new Draw(hostilePairs(field), next).some(rounds);
        const others = form(
          route,
          [...fields].filter(([name]) => name !== field),
        );
        for (const pair of pairs)
          await fuzzer.send(route, sentBy(route, [others.query ?? others.payload, pair].filter(Boolean).join('&')));
      }
      for (const odd of headers.some(rounds)) await fuzzer.send(route, { ...form(route, fields), headers: odd });
    });
  });

  it('in the path, no route fails', async () => {
    for (const route of routes.filter(({ path }) => path.includes(':')))
      for (const value of [...texts.some(rounds).map(encodeURIComponent), ...wrong.some(rounds)])
        await fuzzer.send(route, {
          address: fuzzer.office.addressOf({ ...route, path: route.path.replace(/:[^/]+$|:[^/]+/, value) }, 0),
        });
  });

  it('as JSON, no route fails', async () => {
    const sent = (value: unknown): Trial => ({
      payload: JSON.stringify(value),
      headers: { 'content-type': 'application/json', accept: 'application/json', 'if-match': '"v1"' },
    });
    for (const route of routes.filter(({ method, body }) => body !== null || method === 'POST')) {
      const good = route.body ? (sampleOf(route.body, fuzzer.office.anyId('posts')) as object) : {};
      for (const field of Object.keys(good))
        for (const value of ['a\0b', 'a\udc00b', ...json.some(4 * rounds)]) {
          await fuzzer.send(route, sent({ ...good, [field]: value }));
          await fuzzer.send(route, sent({ ...good, [field]: [value] }));
        }
      for (const value of json.some(rounds)) await fuzzer.send(route, sent(value));
      for (const payload of bodies.some(rounds)) await fuzzer.send(route, { ...sent(null), payload });
      await fuzzer.send(route, { ...sent(null), payload: Buffer.from('{"name":"\xff\xfe"}', 'latin1') });
    }
  });
});
