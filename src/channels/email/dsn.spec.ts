import { readBounceMail } from './bounce-mail.js';
import { readDeliveryStatus } from './dsn.js';

function status(...recipientFields: string[]): string {
  return ['Reporting-MTA: dns; mx.example.cn', 'Original-Envelope-Id: x', '', ...recipientFields, ''].join('\r\n');
}

describe('readDeliveryStatus', () => {
  it.each([
    ['failed', '5.1.1', 'failed', '5.1.1'],
    ['failed', '4.4.7', 'failed', '4.4.7'],
    ['delivered', '2.0.0', 'delivered', '2.0.0'],
    ['relayed', '2.0.0', 'pending', '2.0.0'],
    ['expanded', '2.0.0', 'pending', '2.0.0'],
    ['delayed', '4.4.1', 'pending', '4.4.1'],
  ])('reads action %s, status %s', (action, code, expected, reported) => {
    const verdict = readDeliveryStatus(
      status('Final-Recipient: rfc822; a@b.cn', `Action: ${action}`, `Status: ${code}`),
    );
    expect(verdict).toMatchObject({ status: expected, code: reported });
  });

  it('says nothing in reason when delivered and something when not', () => {
    expect(readDeliveryStatus(status('Action: delivered', 'Status: 2.0.0'))?.reason).toBe('');
    expect(readDeliveryStatus(status('Action: failed', 'Status: 5.2.2'))?.reason).toMatch(/邮箱已满/);
  });

  it('joins folded lines and takes comments in the action and status', () => {
    const part = status(
      'Action: FAILED (bad\r\n address)',
      'Status:\r\n 5.1.1 (no such user)',
      'Diagnostic-Code: smtp; 550',
    );
    expect(readDeliveryStatus(part)).toMatchObject({ status: 'failed', code: '5.1.1' });
  });

  it('takes a failure before anything else said about the message', () => {
    const part = `${status('Action: delayed', 'Status: 4.4.1')}\r\nAction: failed\r\nStatus: 5.1.1\r\n`;
    expect(readDeliveryStatus(part)).toMatchObject({ status: 'failed' });
  });

  it('needs no status field', () => {
    expect(readDeliveryStatus(status('Action: failed'))).toMatchObject({ code: '5.0.0' });
  });

  it.each(['', 'no fields at all', status('Action: vanished')])('makes nothing of %j', (part) => {
    expect(readDeliveryStatus(part)).toBeNull();
  });
});

describe('readBounceMail', () => {
  const mail = (headers: string[], body: string) => Buffer.from([...headers, '', body].join('\r\n'));

  it('reads a notification in the standard form', () => {
    const raw = mail(
      ['Content-Type: multipart/report; report-type=delivery-status; boundary=B'],
      `--B\r\nContent-Type: text/plain\r\n\r\n550 in words\r\n--B\r\nContent-Type: message/delivery-status\r\n\r\n${status('Action: delivered', 'Status: 2.1.5')}\r\n--B--\r\n`,
    );
    expect(readBounceMail(raw, '')).toMatchObject({ status: 'delivered', code: '2.1.5' });
  });

  it('reads a bounce in the form of a provider of its own, in GB18030 too', () => {
    const text = Buffer.from('cdcbd0c5d4add2f2a3ba353530205573657220756e6b6e6f776e', 'hex');
    const raw = Buffer.concat([mail(['Content-Type: text/html; charset=gb18030'], ''), text]);
    expect(readBounceMail(raw, 'postmaster@qq.com')).toMatchObject({ status: 'failed', code: '550' });
  });

  it.each([
    ['an out-of-office answer', ['Auto-Submitted: auto-replied'], ''],
    ["a person's reply", [], 'lisi@example.cn'],
  ])('makes nothing of %s', (_what, headers, sender) => {
    expect(readBounceMail(mail(headers, '分机 550 转 1，谢谢'), sender)).toBeNull();
  });
});
