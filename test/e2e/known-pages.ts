import { RequestMethod } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA, SSE_METADATA } from '@nestjs/common/constants.js';
import { web } from '../../src/web.js';

/** Addresses that answer a GET with something else than a page of ours. */
const noPages: readonly (readonly [RegExp, string])[] = [
  [/^\/api\/v1\//, 'JSON for programs'],
  [/\.(?:csv|json|xlsx)$/, 'a file to save'],
  [/\/preview\/email\.html$/, 'the mail itself, shown in a frame of the preview'],
  [/^\/deliveries\/:id$/, 'leads to the copy’s page'],
  [/^\/healthz$/, 'a word for a monitor'],
  [/^\/$/, 'leads to the first page of the role'],
];

/** Every route that shows a page, as the router knows it: `/issues/:id/board`. */
export function knownPages(): string[] {
  return web.controllers
    .flatMap((controller) => {
      const prototype = controller.prototype as Record<string, unknown>;
      return Object.getOwnPropertyNames(prototype)
        .map((name) => prototype[name])
        .filter(isGet)
        .map((route) => `/${[pathOf(controller), pathOf(route)].filter(Boolean).join('/')}`);
    })
    .filter((path) => !noPages.some(([pattern]) => pattern.test(path)));
}

/** The route that answers this address: of several that fit, the one with the fewest parameters. */
export function routeOf(pathname: string, routes: readonly string[]): string | undefined {
  const parameters = (route: string) => route.split(':').length;
  return routes
    .filter((route) => new RegExp(`^${route.replace(/:\w+/g, '[^/]+')}$`).test(pathname))
    .sort((a, b) => parameters(a) - parameters(b))[0];
}

const pathOf = (target: object): string =>
  String(Reflect.getMetadata(PATH_METADATA, target) ?? '').replace(/^\/|\/$/g, '');

const isGet = (member: unknown): member is object =>
  typeof member === 'function' &&
  Reflect.getMetadata(METHOD_METADATA, member) === RequestMethod.GET &&
  Reflect.getMetadata(SSE_METADATA, member) !== true;
