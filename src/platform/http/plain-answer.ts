import type { Socket } from 'node:net';

const sentences: Readonly<Record<number, string>> = {
  400: '浏览器发来的请求不完整或格式不对，请重新打开页面再试。',
  408: '等待的时间太长，请求还没有发完。请检查网络后重试。',
  429: '来自您所在网络的连接太多，请稍后再试。',
  431: '地址或浏览器附带的信息太长，请清除本网站的 Cookie 后重试。',
};

/**
 * A whole answer for a connection on which there is no request that could be answered otherwise; it ends the connection.
 *
 * @param status one of those with a sentence; 400 for others
 */
export function plainAnswer(status: number): string {
  const known = status in sentences ? status : 400;
  const html = `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>无法完成</title><p>${sentences[known]}</p></html>\n`;
  return [
    `HTTP/1.1 ${known} ${reasons[known]}`,
    'content-type: text/html; charset=utf-8',
    `content-length: ${Buffer.byteLength(html)}`,
    'cache-control: no-store',
    'connection: close',
    '',
    html,
  ].join('\r\n');
}

/** RFC 9110 section 15.5, RFC 6585. */
const reasons: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  408: 'Request Timeout',
  429: 'Too Many Requests',
  431: 'Request Header Fields Too Large',
};

const statusByCode: Readonly<Record<string, number>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 408, // Node's name for both of its time-outs, of the head and of the whole
  HPE_HEADER_OVERFLOW: 431,
};

/** What Node's parser refuses, or has waited for too long. */
export function answerUnreadable(error: NodeJS.ErrnoException, socket: Socket): void {
  // As Node's own handler does: after an answer has begun a second one would be read as its body.
  const begun = (socket as { _httpMessage?: { headersSent: boolean } })._httpMessage?.headersSent === true;
  if (error.code === 'ECONNRESET' || !socket.writable || begun) socket.destroy(error);
  else socket.end(plainAnswer(statusByCode[error.code ?? ''] ?? 400), () => socket.destroy());
}
