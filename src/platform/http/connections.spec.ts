import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { limitConnections } from './connections.js';

describe('the sockets of one address', () => {
  let server: Server;
  const open: Socket[] = [];
  const start = async (isProxy: boolean) => {
    server = createServer((socket) => socket.on('data', (data) => socket.write(data)));
    limitConnections(server, () => isProxy, 3);
    await once(server.listen(0, '127.0.0.1'), 'listening');
  };
  afterEach(async () => {
    for (const socket of open.splice(0)) socket.destroy();
    await new Promise((done) => server.close(done));
  });
  /** What comes first: an answer to what is written, or the end. */
  const talk = async (): Promise<{ socket: Socket; served: boolean }> => {
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1', () => socket.write('?'));
    socket.on('error', () => undefined);
    open.push(socket);
    const served = await Promise.race([once(socket, 'data').then(() => true), once(socket, 'close').then(() => false)]);
    return { socket, served };
  };
  const servedOf = async (count: number) => {
    let served = 0;
    for (let n = 0; n < count; n++) served += (await talk()).served ? 1 : 0;
    return served;
  };

  it('are limited, and free again when one is closed', async () => {
    await start(false);
    const { socket } = await talk();
    expect(await servedOf(4)).toBe(2);
    socket.destroy();
    await once(socket, 'close');
    let next = await talk();
    // The server hears of the end when it comes to it.
    while (!next.served) next = await talk();
    expect(next.served).toBe(true);
    expect(await servedOf(2)).toBe(0);
  });

  it('are not limited for a proxy of the office’s own, which brings everybody', async () => {
    await start(true);
    expect(await servedOf(8)).toBe(8);
  });
});
