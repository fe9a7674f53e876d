import { DomainError } from '../domain/errors/errors.js';

/** @throws DomainError api.notFound */
export function found<T>(row: T | null): T {
  if (row === null) throw new DomainError('api.notFound');
  return row;
}
