import { routesOf } from '../src/accounts/routes.js';
import { controllers } from '../src/programs/web.js';

/** Addresses that answer a GET with something else than a page of ours. */
const noPages: readonly (readonly [RegExp, string])[] = [
  [/^\/api\/v1\//, 'JSON for programs'],
  [/\.(?:csv|json|xlsx|pdf)$/, 'a file to save'],
  [/\/preview\/email\.html$/, 'the mail itself, shown in a frame of the preview'],
  [/^\/paper-scans\/:id$/, 'a file to save'],
  [/^\/deliveries\/:id$/, 'leads to the copy’s page'],
  [/^\/callbacks\/wecom$/, 'a word for WeCom'],
  [/^\/callbacks\/wechat$/, 'a word for WeChat'],
  [/^\/WW_verify_:name$/, 'a word for WeCom'],
  [/^\/r\/:token\/wecom$/, 'leads to the reading page'],
  [/^\/healthz$/, 'a word for a monitor'],
];

/** Every address that answers a GET and then closes, as the router knows it: `/issues/:id/board`. */
export function knownAddresses(): string[] {
  return routesOf(controllers)
    .filter(({ method, streams }) => method === 'GET' && !streams)
    .map(({ path }) => path);
}

/** Those of them that show a page. */
export function knownPages(): string[] {
  return knownAddresses().filter((path) => !noPages.some(([pattern]) => pattern.test(path)));
}

/** The route that answers this address: of several that fit, the one with the fewest parameters. */
export function routeOf(pathname: string, routes: readonly string[]): string | undefined {
  const parameters = (route: string) => route.split(':').length;
  return routes
    .filter((route) => new RegExp(`^${route.replace(/:\w+/g, '[^/]+')}$`).test(pathname))
    .sort((a, b) => parameters(a) - parameters(b))[0];
}
