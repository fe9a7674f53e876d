import type { LoggerService } from '@nestjs/common';
import { pino } from 'pino';

/** Structured lines on standard error: level, time, where, message. Callers put ids in messages, never names or addresses. */
export class JsonLog implements LoggerService {
  private readonly pino;

  constructor(level: string) {
    this.pino = pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination(2));
  }

  log(message: unknown, ...rest: unknown[]): void {
    this.pino.info({ where: context(rest) }, String(message));
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.pino.warn({ where: context(rest) }, String(message));
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.pino.error({ where: context(rest), ...(rest.length > 1 ? { stack: rest[0] } : {}) }, String(message));
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.pino.fatal({ where: context(rest) }, String(message));
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.pino.debug({ where: context(rest) }, String(message));
  }
}

/** Nest passes the logger's name last. */
function context(rest: readonly unknown[]): string | undefined {
  const last = rest.at(-1);
  return typeof last === 'string' ? last : undefined;
}
