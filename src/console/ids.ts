import { ParseUUIDPipe } from '@nestjs/common';
import { DomainError } from '../domain/errors.js';

/** An address with something else than an id in it is a page that does not exist, not a failure of the database. */
export const issueId = new ParseUUIDPipe({ exceptionFactory: () => new DomainError('issue.notFound') });
export const copyId = new ParseUUIDPipe({ exceptionFactory: () => new DomainError('http.notFound') });
