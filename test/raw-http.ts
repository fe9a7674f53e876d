import { Agent, type IncomingHttpHeaders, request } from 'node:http';

export interface RawRequest {
  method: string;
  /** Sent as it stands: no client mends it. */
  path: string;
  headers?: Readonly<Record<string, string>>;
  payload?: string | Buffer | undefined;
}

export interface RawAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
  text: string;
}

/** A client that sends what it is told to and follows nothing. */
export class RawHttp {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 8 });

  /** @param base e.g. `http://127.0.0.1:3000` */
  constructor(private readonly base: string) {}

  send({ method, path, headers = {}, payload }: RawRequest): Promise<RawAnswer> {
    const { hostname, port } = new URL(this.base);
    return new Promise((done, failed) => {
      const length = payload === undefined ? {} : { 'content-length': String(Buffer.byteLength(payload)) };
      const options = { agent: this.agent, hostname, port, method, path, headers: { ...length, ...headers } };
      const sent = request(options, (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('error', failed);
        answer.on('end', () => {
          const body = Buffer.concat(chunks);
          done({ status: answer.statusCode!, headers: answer.headers, body, text: body.toString('utf8') });
        });
      });
      sent.on('error', failed);
      sent.end(payload);
    });
  }

  close(): void {
    this.agent.destroy();
  }
}
