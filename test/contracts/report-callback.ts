import { createServer } from 'node:http';

export interface ReportCallback {
  url: string;
  close(): Promise<void>;
}

/** An address for SMS reports; `take` gets each parsed push and says whether it answers as taken. */
export async function startReportCallback(take: (body: unknown) => boolean): Promise<ReportCallback> {
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      if (take(JSON.parse(body))) response.end('{"code":0,"msg":"接收成功","result":0,"errmsg":"OK","msgGroup":"1"}');
      else response.writeHead(500).end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}/report`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
