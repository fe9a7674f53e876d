import { RouteConfig } from '@nestjs/platform-fastify';
import { FASTIFY_ROUTE_CONFIG_METADATA } from '@nestjs/platform-fastify/constants.js';
import type { FastifyContextConfig } from 'fastify';

/** Adds to what other decorators have said of the route; Nest's own RouteConfig forgets it. */
export const withConfig =
  (more: FastifyContextConfig): MethodDecorator =>
  (target, key, descriptor) => {
    const known = Reflect.getMetadata(FASTIFY_ROUTE_CONFIG_METADATA, descriptor.value as object) as object | undefined;
    (RouteConfig({ ...known, ...more }) as MethodDecorator)(target, key, descriptor);
  };
