import { peerOf } from '../domain/reading/peer.js';

export interface PeerLimitSettings {
  /** Open at once from one peer. */
  connections: number;
  /** New ones from one peer in a minute. */
  perMinute: number;
}

interface Peer {
  open: number;
  /** Of the minute that began at `since`, in milliseconds since the epoch. */
  opened: number;
  since: number;
}

const minute = 60_000;

/** Who may connect, so that one peer never takes the places of all others. Forgets who is gone. */
export class PeerLimits {
  private readonly peers = new Map<string, Peer>();
  private forgottenAt = 0;

  constructor(private readonly settings: PeerLimitSettings) {}

  /** True when the peer may have one more connection, which is then counted until it is released. */
  admit(address: string, now: Date): boolean {
    const at = now.getTime();
    this.forget(at);
    const key = peerOf(address);
    const peer = this.peers.get(key) ?? { open: 0, opened: 0, since: at };
    if (at - peer.since >= minute) Object.assign(peer, { opened: 0, since: at });
    this.peers.set(key, peer);
    peer.opened += 1;
    if (peer.open >= this.settings.connections || peer.opened > this.settings.perMinute) return false;
    peer.open += 1;
    return true;
  }

  release(address: string): void {
    const peer = this.peers.get(peerOf(address));
    if (peer) peer.open -= 1;
  }

  private forget(at: number): void {
    if (at - this.forgottenAt < minute) return;
    this.forgottenAt = at;
    for (const [key, { open, since }] of this.peers) if (open <= 0 && at - since >= minute) this.peers.delete(key);
  }
}
