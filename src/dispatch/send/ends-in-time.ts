/** A mail server may take ten minutes over one answer; whoever stops the system does not wait that long. */
export const stoppingPatienceMs = 20_000;

/** False when the system stops and the work has not ended some time after. */
export async function endsInTime(work: Promise<void>, stopping: AbortSignal): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  let stop: () => void = () => undefined;
  const tooLate = new Promise<false>((done) => {
    stop = () => (timer = setTimeout(() => done(false), stoppingPatienceMs));
    if (stopping.aborted) stop();
    else stopping.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([work.then(() => true as const), tooLate]);
  } finally {
    clearTimeout(timer);
    stopping.removeEventListener('abort', stop);
    work.catch(() => undefined);
  }
}
