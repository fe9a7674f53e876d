import { HttpException } from '@nestjs/common';
import { z } from 'zod';
import { DomainError, type ErrorCode, errorText } from '../../domain/errors/errors.js';
import { type FormFault, formFaults } from './form.js';

/** What may be told to the outside about a failure. */
export interface Problem {
  status: number;
  code: ErrorCode;
  /** Chinese sentence. */
  text: string;
  faults: FormFault[];
}

const codeByStatus: Readonly<Record<number, ErrorCode>> = {
  400: 'http.badInput',
  403: 'http.forbidden',
  404: 'http.notFound',
  413: 'http.tooLarge',
  415: 'http.badInput',
  429: 'http.tooManyRequests',
  503: 'http.unavailable',
};

/** Null for an error that nobody expected: it is logged, and the outside learns only its number. */
export function expectedProblem(error: unknown): Problem | null {
  if (error instanceof DomainError) {
    return { status: error.status, code: error.code, text: error.message, faults: faultsOf(error.details) };
  }
  if (error instanceof z.ZodError) {
    return { status: 400, code: 'http.badInput', text: errorText('http.badInput'), faults: formFaults(error) };
  }
  const status = error instanceof HttpException ? error.getStatus() : pluginStatus(error);
  const code = codeByStatus[status] ?? (status >= 400 && status < 500 ? 'http.badInput' : null);
  return code === null ? null : { status, code, text: errorText(code), faults: [] };
}

/** Fastify's plugins throw plain errors with a status, such as 429 of the rate limit. */
function pluginStatus(error: unknown): number {
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : 0;
  return typeof status === 'number' && status < 500 ? status : 0;
}

function faultsOf({ fields }: Record<string, unknown>): FormFault[] {
  return Array.isArray(fields) ? (fields as FormFault[]) : [];
}
