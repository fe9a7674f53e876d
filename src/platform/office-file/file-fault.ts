/** `encoding`: a part states one that nobody knows. */
export type FaultKind = 'damaged' | 'locked' | 'tooLarge' | 'encoding';

/** Why a file of an office program cannot be read. What a person is told of it depends on what the file was to be. */
export class FileFault extends Error {
  /** @param met what the reader met, for the log; nothing of the file's content */
  constructor(
    readonly kind: FaultKind,
    readonly met: string | null = null,
  ) {
    super(kind);
  }
}

export const damaged = (met?: unknown): FileFault =>
  new FileFault('damaged', met instanceof Error ? met.message : null);
export const locked = (): FileFault => new FileFault('locked');
export const tooLarge = (): FileFault => new FileFault('tooLarge');
