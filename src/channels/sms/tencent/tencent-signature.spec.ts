import { createHash } from 'node:crypto';
import { canonicalCall, signTc3 } from './tencent-signature.js';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const at = (seconds: number) => new Date(seconds * 1000);

describe('signTc3', () => {
  it("gives the vendor's own example signature", () => {
    const call = {
      host: 'cvm.tencentcloudapi.com',
      service: 'cvm',
      contentType: 'application/json; charset=utf-8',
      payload: '{"Limit": 1, "Filters": [{"Values": ["\\u672a\\u547d\\u540d"], "Name": "instance-name"}]}',
      at: at(1551113065),
    };
    const credentials = {
      secretId: 'AKIDz8krbsJ5yKBZQpn74WFkmLPx3*******',
      secretKey: 'Gu5t9xGARNpq86cd98joQYCN3*******',
    };
    expect(signTc3(call, credentials)).toBe(
      'TC3-HMAC-SHA256 Credential=AKIDz8krbsJ5yKBZQpn74WFkmLPx3*******/2019-02-25/cvm/tc3_request, ' +
        'SignedHeaders=content-type;host, Signature=2230eefd229f582d8b1b891af7107b91597240707d778ab3738f756258d7652c',
    );
  });

  it('signs a message with Chinese in it', () => {
    const payload =
      '{"PhoneNumberSet":["+8613800138000"],"SmsSdkAppId":"1400006666","TemplateId":"1110","SignName":"某县政务","TemplateParamSet":["防汛通知"],"SessionContext":"dlv_01J0000000000000000000000A"}';
    const call = {
      host: 'sms.tencentcloudapi.com',
      service: 'sms',
      contentType: 'application/json',
      payload,
      at: at(1767323045),
    };
    expect(sha256(payload)).toBe('1b210bb2b425c7e70f90decc28dce1ef5445cda3380e9896d642f7664954f303');
    expect(sha256(canonicalCall(call))).toBe('a89db0fbc0939a7b65ee5757c60ed39e68e94d79a5f561883348b28c7a7443ee');
    expect(signTc3(call, { secretId: 'testSecretId', secretKey: 'testSecretKey' })).toMatch(
      /Signature=6a70a1f84729e4b1a844ba1181349ddea48c5aff03bb7927f672ed3e53eaa867$/,
    );
  });
});
