// A mail server that takes everything at once, or after SINK_WAIT_MS, with PIPELINING. Mails are kept and looked through only when asked, so that
// the looking costs none of the measured time.
import { createServer } from 'node:net';
import { serve } from './children.mjs';

const end = Buffer.from('\r\n.\r\n');
/** The first are kept and looked through; of a large issue the rest are only counted. */
const kept = 20_000;
const waitMs = Number(process.env.SINK_WAIT_MS ?? 0);
let mails = [];
let came = 0;

const server = createServer((socket) => {
  let rest = Buffer.alloc(0);
  let inMail = false;
  socket.setNoDelay(true);
  socket.on('error', () => undefined);
  socket.write('220 sink ESMTP\r\n');
  let waiting = false;
  socket.on('data', (chunk) => {
    rest = rest.length ? Buffer.concat([rest, chunk]) : chunk;
    if (!waiting) read();
  });
  const read = () => {
    let answer = '';
    for (;;) {
      if (inMail) {
        const at = rest.indexOf(end);
        if (at === -1) break;
        came++;
        if (mails.length < kept) mails.push(rest.subarray(0, at + 2));
        rest = rest.subarray(at + end.length);
        inMail = false;
        if (waitMs > 0) {
          waiting = true;
          setTimeout(() => {
            waiting = false;
            if (socket.writable) socket.write('250 2.0.0 Ok\r\n');
            read();
          }, waitMs);
          break;
        }
        answer += '250 2.0.0 Ok\r\n';
        continue;
      }
      const at = rest.indexOf('\r\n');
      if (at === -1) break;
      const verb = rest.toString('latin1', 0, Math.min(4, at)).toUpperCase();
      rest = rest.subarray(at + 2);
      if (verb === 'EHLO') answer += '250-sink\r\n250-PIPELINING\r\n250 SIZE 20000000\r\n';
      else if (verb === 'DATA') {
        inMail = true;
        answer += '354 Go on\r\n';
      } else if (verb === 'QUIT') {
        socket.end(`${answer}221 Bye\r\n`);
        return;
      } else answer += '250 2.0.0 Ok\r\n';
    }
    if (answer) socket.write(answer);
  };
});

/** Links found in both parts of a mail, whatever the encoding. */
function linkIn(mail) {
  const parts = mail
    .toString('latin1')
    .split(/\r\n--/)
    .slice(1, 3);
  const links = parts.map((part) => {
    const [head, ...body] = part.split('\r\n\r\n');
    const encoded = body.join('\r\n\r\n');
    const text = /base64/i.test(head)
      ? Buffer.from(encoded, 'base64').toString('utf8')
      : encoded.replace(/=\r\n/g, '').replace(/=3D/g, '=');
    return /\/r\/([\w-]{22})/.exec(text)?.[1];
  });
  return links[0] !== undefined && links[0] === links[1] ? links[0] : null;
}

server.listen(0, '127.0.0.1', () =>
  serve(
    { port: server.address().port },
    {
      count: () => ({ mails: came }),
      /** How many came, how many different personal links stood in both parts, and the mean size; then forgets them. */
      look: () => {
        const links = new Set(mails.map(linkIn).filter((link) => link !== null));
        const bytes = mails.reduce((sum, mail) => sum + mail.length, 0);
        const seen = { mails: mails.length, links: links.size, meanBytes: Math.round(bytes / (mails.length || 1)) };
        mails = [];
        came = 0;
        return seen;
      },
    },
  ),
);
