import { signAcs3 } from '../channels/sms/aliyun/aliyun-signature.js';
import { fillTemplate } from './aliyun-message.js';
import { aliyunGateway } from './aliyun-request.js';
import type { SandboxRequest } from './http.js';

const keys = { accessKeyId: 'id', accessKeySecret: 'secret' };
const now = Date.parse('2026-01-02T03:04:05Z');

function request(changes: { nonce?: string; date?: string; secret?: string; id?: string } = {}): SandboxRequest {
  const query = { PhoneNumbers: '15400000001', TemplateParam: `{"title":"防汛 (1)*!'+&="}` };
  const headers = signAcs3(
    {
      method: 'POST',
      path: '/aliyun/',
      query,
      headers: {
        host: '127.0.0.1:1234',
        'x-acs-action': 'SendSms',
        'x-acs-version': '2017-05-25',
        'x-acs-date': changes.date ?? '2026-01-02T03:04:05Z',
        'x-acs-signature-nonce': changes.nonce ?? 'n1',
      },
      body: '',
    },
    { accessKeyId: changes.id ?? keys.accessKeyId, accessKeySecret: changes.secret ?? keys.accessKeySecret },
  );
  const url = new URL('http://127.0.0.1:1234/aliyun/');
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return { method: 'POST', url, headers, body: '' };
}

describe('aliyunGateway', () => {
  it('takes what is signed as the vendor says', () => {
    expect(aliyunGateway(keys)(request(), now)).toBeNull();
  });

  it('refuses a nonce used before', () => {
    const gateway = aliyunGateway(keys);
    gateway(request(), now);
    expect(gateway(request(), now)).toMatchObject({ Code: 'SignatureNonceUsed' });
    expect(gateway(request({ nonce: 'n2' }), now)).toBeNull();
  });

  it.each([
    ['another secret', { secret: 'other' }, 'SignatureDoesNotMatch'],
    ['an unknown key', { id: 'other' }, 'InvalidAccessKeyId.NotFound'],
    ['a clock sixteen minutes off', { date: '2026-01-02T02:48:04Z' }, 'InvalidTimeStamp.Expired'],
  ])('refuses %s', (_what, changes, Code) => {
    expect(aliyunGateway(keys)(request(changes), now)).toMatchObject({ Code });
  });

  it('refuses parameters changed after signing', () => {
    const changed = request();
    changed.url.searchParams.set('PhoneNumbers', '15400000002');
    expect(aliyunGateway(keys)(changed, now)).toMatchObject({ Code: 'SignatureDoesNotMatch' });
    expect(aliyunGateway(keys)({ ...request(), body: 'x' }, now)).toMatchObject({ Code: 'SignatureDoesNotMatch' });
  });

  it('refuses a request without a signature', () => {
    expect(aliyunGateway(keys)({ ...request(), headers: {} }, now)).toMatchObject({ Code: 'IncompleteSignature' });
  });
});

describe('fillTemplate', () => {
  const filed = { signName: '某县政务', templates: { T: '您有新的《${title}》，签收码${code}。' } };
  const fill = (param: object | string, signName = '某县政务', template = 'T') =>
    fillTemplate(filed, signName, template, typeof param === 'string' ? param : JSON.stringify(param));

  it('writes what the phone shows', () => {
    expect(fill({ title: '快报', code: '482913' })).toEqual({
      text: '【某县政务】您有新的《快报》，签收码482913。',
      parts: 1,
      code: '482913',
    });
  });

  it('counts parts of 67 above 70', () => {
    const filledWith = (length: number) => fill({ title: '汛'.repeat(length), code: '482913' });
    const fixed = '【某县政务】您有新的《》，签收码482913。'.length;
    expect(filledWith(70 - fixed)).toMatchObject({ parts: 1 });
    expect(filledWith(71 - fixed)).toMatchObject({ parts: 2 });
    expect(filledWith(135 - fixed)).toMatchObject({ parts: 3 });
  });

  it.each([
    ['a signature not filed', fill({ title: 'a', code: '1' }, '其他'), 'isv.SMS_SIGNATURE_ILLEGAL'],
    ['a template not filed', fill({ title: 'a', code: '1' }, '某县政务', 'X'), 'isv.SMS_TEMPLATE_ILLEGAL'],
    ['a variable left out', fill({ title: 'a' }), 'isv.TEMPLATE_MISSING_PARAMETERS'],
    ['an empty variable', fill({ title: '', code: '1' }), 'isv.TEMPLATE_MISSING_PARAMETERS'],
    ['variables that are not JSON', fill('{'), 'isv.INVALID_JSON_PARAM'],
    ['a link in a variable', fill({ title: 'https://a.b/c', code: '1' }), 'isv.PARAM_NOT_SUPPORT_URL'],
    ['a domain in a variable', fill({ title: '登录kb.example.cn', code: '1' }), 'isv.PARAM_NOT_SUPPORT_URL'],
    ['signature brackets in a variable', fill({ title: '【通知】', code: '1' }), 'isv.SMS_CONTENT_ILLEGAL'],
    ['a text above 500 characters', fill({ title: '汛'.repeat(500), code: '1' }), 'isv.PARAM_LENGTH_LIMIT'],
  ])('refuses %s', (_what, result, refused) => {
    expect(result).toEqual({ refused });
  });
});
