import { ParseUUIDPipe } from '@nestjs/common';
import { DomainError } from '../domain/errors/errors.js';

/** An address with something else than an id in it is a page that does not exist, not a failure of the database. */
export const issueId = new ParseUUIDPipe({ exceptionFactory: () => new DomainError('issue.notFound') });
export const groupId = new ParseUUIDPipe({ exceptionFactory: () => new DomainError('list.groupNotFound') });
export const importId = new ParseUUIDPipe({ exceptionFactory: () => new DomainError('list.importNotFound') });
export const copyId = new ParseUUIDPipe({ exceptionFactory: () => new DomainError('http.notFound') });
export const unitId = new ParseUUIDPipe({ exceptionFactory: () => new DomainError('list.unitNotFound') });
export const postId = new ParseUUIDPipe({ exceptionFactory: () => new DomainError('list.postNotFound') });
export const personId = new ParseUUIDPipe({ exceptionFactory: () => new DomainError('list.personNotFound') });
export const tenureId = new ParseUUIDPipe({ exceptionFactory: () => new DomainError('list.tenureNotFound') });
export const liaisonId = new ParseUUIDPipe({ exceptionFactory: () => new DomainError('list.liaisonNotFound') });
export const changeId = new ParseUUIDPipe({ exceptionFactory: () => new DomainError('list.changeNotFound') });
export const replyId = new ParseUUIDPipe({ exceptionFactory: () => new DomainError('reply.notFound') });
export const recordId = new ParseUUIDPipe({ exceptionFactory: () => new DomainError('http.notFound') });
