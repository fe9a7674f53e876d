import type {} from '@fastify/multipart';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { DomainError } from '../../domain/errors/errors.js';
import { cleanInput } from './clean-input.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Called by programs, which are told what is wrong with their input instead of having it mended. */
    forPrograms?: boolean;
    /** The form may hold a file; the controller reads it, see readUpload. */
    takesFile?: boolean;
  }
}

/** What every request passes before a controller sees it: controllers and databases meet only clean input. */
export function keepDoor(fastify: FastifyInstance): void {
  fastify.addHook('preValidation', (request, reply, done) => {
    const { forPrograms, takesFile } = request.routeOptions.config;
    const how = forPrograms ? 'refuse' : 'drop';
    request.params = cleanInput(request.params, how);
    request.query = cleanInput(request.query, how);
    if (request.isMultipart() && !takesFile) {
      void reply.header('connection', 'close'); // nobody will read the rest
      throw new DomainError('http.badInput', { reason: '这里不收文件' });
    }
    request.body = takesFile ? request.body : cleanInput(bodyOf(request), how);
    done();
  });
}

/** A form without a field is an empty one. */
function bodyOf({ body }: FastifyRequest): unknown {
  if (body === undefined || body === null) return {};
  if (typeof body !== 'object') throw new DomainError('http.badInput', { reason: '应为对象或数组' });
  return body;
}
