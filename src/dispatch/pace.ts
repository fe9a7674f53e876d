/** Rows of the first batch, when nothing is known yet of how fast a provider takes them. */
const FIRST = 128;
const LEAST = 50;
/** What is claimed leaves even if somebody pauses the issue meanwhile, so it should not be more than leaves in this time. */
const LONGEST_MS = 2_000;

/** How many rows to claim at once: many from a fast provider, few from a slow one, so that a pause takes hold in seconds. */
export class Pace {
  size: number;

  constructor(private readonly most: number) {
    this.size = Math.min(most, FIRST);
  }

  /** A full batch took that long to send. */
  note(ms: number): void {
    if (ms > LONGEST_MS) this.size = Math.max(Math.ceil(this.size / 2), Math.min(this.most, LEAST));
    else if (ms < LONGEST_MS / 2) this.size = Math.min(this.size * 2, this.most);
  }
}
