import type { Server, Socket } from 'node:net';
import { PeerLimits } from '../peer-limits.js';
import type { TrustedProxies } from '../../settings/trusted-proxies.js';

/** A whole office behind one address: a hundred browsers with six connections each (the most that browsers open to one host). */
export const mostConnections = 600;

/** One address cannot take all sockets of the console; a proxy of the office's own brings everybody, and counts itself. */
export function limitConnections(server: Server, isProxy: TrustedProxies, connections: number): void {
  const limits = new PeerLimits({ connections, perMinute: Number.POSITIVE_INFINITY });
  server.on('connection', (socket: Socket) => {
    const address = socket.remoteAddress ?? '';
    if (isProxy(address)) return;
    if (!limits.admit(address, new Date())) return void socket.destroy();
    socket.once('close', () => limits.release(address));
  });
}
