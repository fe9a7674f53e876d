/** Rows of the first batch, when nothing is known yet of how fast a provider takes them; and the fewest worth a claim. */
const LEAST = 50;
/** What is claimed is out of others' reach, so it should not be more than leaves in this time. */
const AIM_MS = 2_000;
/** A channel's largest batch is ten to twenty times what it sends at once: with fewer, some of its connections would be idle. */
const SHARE = 1 / 10;

/**
 * How many rows to claim at once: what leaves in two seconds, as measured, so that a pause takes hold in seconds and other
 * workers find something to do.
 */
export class Pace {
  size: number;
  private readonly least: number;

  /** @param most rows the channel takes in one batch */
  constructor(private readonly most: number) {
    this.least = Math.min(most, Math.max(LEAST, Math.ceil(most * SHARE)));
    this.size = this.least;
  }

  /** @param count rows of a full batch that left within `ms` */
  note(count: number, ms: number): void {
    const inAim = Math.round((count / Math.max(1, ms)) * AIM_MS);
    // One fast batch may be luck.
    this.size = Math.min(this.most, Math.max(this.least, Math.min(inAim, this.size * 2)));
  }
}
