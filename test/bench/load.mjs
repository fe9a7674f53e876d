// HTTP load over kept-alive sockets, cheap enough not to be what is measured.
import { connect } from 'node:net';

/** Posts each form once; requests a second and the spread of the answer times in ms. */
export async function post(port, forms, sockets, expected) {
  const times = [];
  let next = 0;
  const from = performance.now();
  await Promise.all(
    Array.from({ length: sockets }, async () => {
      const talk = await open(port);
      for (let form = forms[next++]; form; form = forms[next++]) {
        const { path, body } = form;
        const started = performance.now();
        // Each reader comes from an address of their own, as behind a proxy.
        const n = next;
        const status = await talk(
          `POST ${path} HTTP/1.1\r\nHost: kb.example.cn\r\nOrigin: http://kb.example.cn\r\nX-Forwarded-For: 10.${(n >> 16) & 255}.${(n >> 8) & 255}.${n & 255}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
        );
        if (status !== expected) throw new Error(`POST answered ${status}`);
        times.push(performance.now() - started);
      }
      talk.close();
    }),
  );
  const ms = performance.now() - from;
  times.sort((a, b) => a - b);
  const at = (share) => Number(times[Math.min(times.length - 1, Math.floor(times.length * share))].toFixed(1));
  return { perSecond: Math.round((times.length / ms) * 1000), p50: at(0.5), p99: at(0.99) };
}

async function open(port) {
  const socket = connect(port, '127.0.0.1').setNoDelay(true);
  await new Promise((done, fail) => socket.once('connect', done).once('error', fail));
  let answered;
  let failed;
  let rest = '';
  socket.on('data', (chunk) => {
    rest += chunk.toString('latin1');
    const head = rest.indexOf('\r\n\r\n');
    if (head === -1) return;
    const length = Number(/content-length: (\d+)/i.exec(rest.slice(0, head))?.[1] ?? 0);
    if (rest.length < head + 4 + length) return;
    const status = Number(rest.slice(9, 12));
    rest = rest.slice(head + 4 + length);
    answered(status);
  });
  socket.on('close', () => failed?.(new Error('connection closed')));
  const talk = (request) =>
    new Promise((done, fail) => {
      [answered, failed] = [done, fail];
      socket.write(request);
    });
  talk.close = () => {
    failed = undefined;
    socket.end();
  };
  return talk;
}
