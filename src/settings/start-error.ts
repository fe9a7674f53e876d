/** A start that failed for a reason the operator can mend: what is wrong, and the way out. Printed without a stack. */
export class StartError extends Error {
  constructor(
    readonly what: string,
    readonly advice: string,
  ) {
    super(`${what}\n${advice}`);
    this.name = 'StartError';
  }
}

/** Prints what a person can act on; only an unexpected error shows where it came from. */
export function printStartError(error: unknown): void {
  if (error instanceof StartError) process.stderr.write(`\n启动失败：${error.what}\n怎么办：${error.advice}\n`);
  else process.stderr.write(`\n意外错误：${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
}
