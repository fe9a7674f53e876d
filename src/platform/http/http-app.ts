import type { IncomingMessage } from 'node:http';
import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import multipart from '@fastify/multipart';
import rateLimit from '@fastify/rate-limit';
import { Reflector, NestFactory } from '@nestjs/core';
import type { DynamicModule, Type } from '@nestjs/common';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { peerOf } from '../../domain/reading/peer.js';
import type { Settings } from '../../settings/settings.js';
import { trustedProxies } from '../../settings/trusted-proxies.js';
import { View } from '../view/view.js';
import { limitBodies, takeXml, usualBody } from './bodies.js';
import { compressAnswers } from './compression.js';
import { AnsweredForms } from './answered-forms.js';
import { limitConnections, mostConnections } from './connections.js';
import { CrossSiteGuard } from './cross-site.guard.js';
import { keepDoor } from './door.js';
import { KnownCaller } from './known-caller.js';
import { PageInterceptor } from './page.interceptor.js';
import { PastedAddresses } from './pasted-addresses.js';
import { Presses } from './presses.js';
import { answerUnreadable } from './plain-answer.js';
import { ProblemFilter } from './problem.filter.js';
import { hasAlready } from './entity-tags.js';
import { formWords } from './form-words.js';
import { largestUpload } from './upload.js';

type Plugin = Parameters<NestFastifyApplication['register']>[0];

/** How long is waited for a request; see docs/operation.md for what a proxy adds. */
const patience = {
  /** For its head. */
  headMs: 15_000,
  bodyMs: 20_000,
  /** For all of it: 20 MB, the largest list, at 0.5 Mbit/s. */
  wholeMs: 330_000,
  /** How often is looked for those that are late. */
  lookMs: 2000,
};

/** Generous: a whole office may share one address. Places where something can be guessed have their own, see @Limited. */
const requestsPerMinute = 3000;

const contentSecurityPolicy = {
  useDefaults: false,
  directives: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    imgSrc: ["'self'", 'data:'],
    fontSrc: ["'self'"],
    connectSrc: ["'self'"],
    formAction: ["'self'"],
    frameSrc: ["'self'"],
    frameAncestors: ["'self'"],
    baseUri: ["'none'"],
  },
};

/** What a test or a measurement sets otherwise. */
export interface HttpLimits {
  /** From one address. */
  requestsPerMinute?: number;
  /** Open at once from one address that is no proxy of ours. */
  connections?: number;
  patience?: Partial<typeof patience>;
}

/**
 * The HTTP side of the application, not yet listening.
 *
 * @param module root module; it provides View, Settings and, through APP_GUARD, the session guard
 */
export async function createHttpApp(
  module: Type<unknown> | DynamicModule,
  settings: Settings,
  limits: HttpLimits = {},
): Promise<NestFastifyApplication> {
  z.config({ localeError: formWords });
  const waits = { ...patience, ...limits.patience };
  const isProxy = trustedProxies(settings.http.proxies);
  const pasted = new PastedAddresses();
  const adapter = new FastifyAdapter({
    // Read from the right: the first address that is no proxy of ours is the client, whatever stands before it.
    trustProxy: settings.http.proxies.length > 0 ? isProxy : false,
    bodyLimit: usualBody,
    http: { headersTimeout: waits.headMs, connectionsCheckingInterval: waits.lookMs },
    requestTimeout: waits.wholeMs,
    // A proxy keeps its connections, 60 s usually, and must not be the one that is surprised.
    keepAliveTimeout: settings.http.proxies.length > 0 ? 75_000 : 10_000,
    forceCloseConnections: true, // else an open progress stream would hold up the shutdown
    clientErrorHandler: answerUnreadable,
    rewriteUrl: (request: IncomingMessage) => pasted.read(request),
    routerOptions: { ignoreTrailingSlash: true },
  });
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, { abortOnError: false });
  await registerPlugins(app, settings, limits.requestsPerMinute ?? requestsPerMinute);

  const fastify = app.getHttpAdapter().getInstance();
  limitConnections(fastify.server, isProxy, limits.connections ?? mostConnections);
  pasted.lead(fastify);
  limitBodies(fastify, app.get(KnownCaller), waits);
  takeXml(fastify);
  keepDoor(fastify);
  compressAnswers(fastify);
  const view = app.get(View);
  serveAssets(fastify, view);
  app.useGlobalGuards(new CrossSiteGuard(app.get(Reflector), settings));
  const forms = app.get(AnsweredForms);
  app.useGlobalInterceptors(new PageInterceptor(view, forms, app.get(Presses)));
  app.useGlobalFilters(new ProblemFilter(view, forms));
  return app;
}

async function registerPlugins(app: NestFastifyApplication, settings: Settings, max: number): Promise<void> {
  const https = settings.http.secureCookies;
  // The plugins carry their own copy of Fastify's types.
  const register = (plugin: unknown, options: object) => app.register(plugin as Plugin, options);
  await register(rateLimit, {
    ...{ global: true, max, timeWindow: '1 minute' },
    // Whoever has one address of an IPv6 network has 2^64 of them (RFC 4291 section 2.5.4).
    keyGenerator: (request: FastifyRequest) => peerOf(request.ip),
  });
  await register(cookie, {});
  await register(multipart, { limits: { fileSize: largestUpload, files: 1, fields: 10, fieldSize: largestUpload } });
  await register(helmet, {
    contentSecurityPolicy,
    // Browsers then still send Origin with our own forms, and no other site learns an address that holds a token.
    referrerPolicy: { policy: 'same-origin' },
    hsts: https ? { maxAge: 180 * 86_400 } : false,
    crossOriginOpenerPolicy: https,
    originAgentCluster: https,
  });
}

function serveAssets(fastify: FastifyInstance, view: View): void {
  fastify.get('/assets/:name', { config: { rateLimit: false } }, (request: FastifyRequest, reply) => {
    const asset = view.assets.get((request.params as { name: string }).name);
    if (!asset) return reply.callNotFound();
    const current = (request.query as { v?: string }).v === asset.version;
    const etag = `W/"${asset.version}"`; // weak: the same file, compressed or not
    void reply.header('etag', etag);
    if (hasAlready(request.headers['if-none-match'], etag)) return reply.code(304).send();
    return reply
      .header('cache-control', current ? 'public, max-age=31536000, immutable' : 'no-cache')
      .type(asset.type)
      .send(asset.bytes);
  });
}
