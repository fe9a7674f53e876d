import type { Timers } from '../timers.js';
import type { CmppLink, LinkRefusal } from './cmpp-link.js';
import type { OfferedVersion } from './cmpp-packet.js';

export interface LinksOptions {
  count: number;
  offered: OfferedVersion;
  open(offered: OfferedVersion): CmppLink;
  timers: Timers;
  /** Before the first, and the longest, try to open a link again; it doubles in between. */
  backOff: { firstMs: number; longestMs: number };
}

interface Place {
  link: CmppLink | null;
  opening: Promise<unknown> | null;
  stopWaiting: () => void;
}

const versionTooHigh = 4;

/** The account's links. Each that is lost is opened again, later and later while that fails. */
export class CmppLinks {
  private readonly places: Place[] = [];
  private offered: OfferedVersion;
  private refusal: LinkRefusal = { kind: 'network', code: 'NOT_CONNECTED' };
  private closed = false;

  constructor(private readonly options: LinksOptions) {
    this.offered = options.offered;
  }

  start(): void {
    if (this.places.length > 0 || this.closed) return;
    for (let n = 0; n < this.options.count; n++) {
      const place: Place = { link: null, opening: null, stopWaiting: () => undefined };
      this.places.push(place);
      void this.keepOpen(place);
    }
  }

  /** The link with the least to do; why there is none, when none is open and none is about to be. */
  async pick(): Promise<CmppLink | LinkRefusal> {
    this.start();
    for (;;) {
      const open = this.places.flatMap(({ link }) => (link?.isOpen() ? [link] : []));
      if (open.length > 0) return open.reduce((a, b) => (b.load() < a.load() ? b : a));
      const opening = this.places.flatMap((place) => place.opening ?? []);
      if (opening.length === 0) return this.refusal;
      await Promise.race(opening);
    }
  }

  close(): void {
    this.closed = true;
    for (const { link, stopWaiting } of this.places) {
      stopWaiting();
      link?.close();
    }
  }

  private async keepOpen(place: Place): Promise<void> {
    for (let failures = 0; !this.closed;) {
      const offered = this.offered;
      const link = this.options.open(offered);
      place.link = link;
      place.opening = link.opened;
      const refusal = await link.opened;
      place.opening = null;
      if (refusal === null) {
        failures = 0;
        await link.ended;
        this.refusal = { kind: 'network', code: 'LINK_LOST' };
      } else {
        this.refusal = refusal;
        if (refusal.kind === 'status' && refusal.status === versionTooHigh && offered === 0x30) {
          // Asked at once for what it may speak.
          this.offered = 0x20;
          continue;
        }
      }
      await this.waitBefore(place, failures);
      failures += 1;
    }
  }

  private waitBefore(place: Place, failures: number): Promise<void> {
    const { firstMs, longestMs } = this.options.backOff;
    const ms = Math.min(firstMs * 2 ** Math.min(failures, 20), longestMs);
    return new Promise((resolve) => {
      if (!this.closed) place.stopWaiting = this.options.timers.after(ms, resolve);
    });
  }
}
