import { createParamDecorator, type ExecutionContext, Injectable, type PipeTransform } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { DomainError } from '../domain/errors/errors.js';
import { hasAlready, strongTags } from '../platform/http/entity-tags.js';
import { found } from './found.js';
import { type Versioned, versioned, VersionRepository } from './version.repository.js';
import { isId } from '../platform/new-id.js';

interface Asked {
  ifMatch: string | undefined;
  ifNoneMatch: string | undefined;
  /** Under /api/v1: `units`. */
  kind: string;
  id: string;
}

/** The version in an ETag of ours, `"v7-…"`: what else it says of is not what a change counts against. */
const versionIn = (tag: string): number => Number(/^"v(\d{1,9})(?:-[0-9a-f]{12})?"$/.exec(tag)?.[1] ?? NaN);

/**
 * The version that a change counts against. One tag is left to the change itself, which compares and sets at once; of a list
 * or `*` it is the version of now, where that is among them.
 */
@Injectable()
export class MatchedVersion implements PipeTransform<Asked, Promise<number>> {
  constructor(private readonly versions: VersionRepository) {}

  async transform({ ifMatch, ifNoneMatch, kind, id }: Asked): Promise<number> {
    const tags = strongTags(ifMatch);
    if (tags === null) throw new DomainError('api.ifMatchNeeded');
    const wanted = tags === 'any' ? tags : tags.map(versionIn).filter((version) => !Number.isNaN(version));
    if (wanted.length === 1 && ifNoneMatch === undefined) return wanted[0] as number;
    if (!versioned.includes(kind as Versioned) || !isId(id)) throw new DomainError('api.notFound');
    const current = found(await this.versions.current(kind as Versioned, id));
    const had =
      ifNoneMatch?.trim() === '*' || hasAlready(ifNoneMatch?.replace(/-[0-9a-f]{12}(?=")/g, ''), `"v${current}"`);
    if (had || (wanted !== 'any' && !wanted.includes(current))) throw new DomainError('api.stale');
    return current;
  }
}

const conditions = createParamDecorator((_: unknown, context: ExecutionContext): Asked => {
  const { headers, params, routeOptions } = context.switchToHttp().getRequest<FastifyRequest>();
  return {
    ifMatch: headers['if-match'],
    ifNoneMatch: headers['if-none-match'],
    kind: routeOptions.url?.split('/')[3] ?? '',
    id: String((params as { id?: string }).id),
  };
});

/**
 * What If-Match asks for, as a version (RFC 9110 section 13.1.1). Throws api.ifMatchNeeded without one, because a blind
 * change would undo somebody else's, and api.stale where nothing in it can match.
 */
export const IfMatch = (): ParameterDecorator => conditions(MatchedVersion);
