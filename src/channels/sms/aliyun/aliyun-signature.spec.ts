import { createHash } from 'node:crypto';
import { canonicalRequest, signAcs3 } from './aliyun-signature.js';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

describe('signAcs3', () => {
  it("gives the vendor's own example signature", () => {
    const headers = signAcs3(
      {
        method: 'POST',
        path: '/',
        query: { ImageId: 'win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd', RegionId: 'cn-shanghai' },
        headers: {
          host: 'ecs.cn-shanghai.aliyuncs.com',
          'x-acs-action': 'RunInstances',
          'x-acs-version': '2014-05-26',
          'x-acs-date': '2023-10-26T10:22:32Z',
          'x-acs-signature-nonce': '3156853299f313e23d1673dc12e1703d',
        },
        body: '',
      },
      { accessKeyId: 'YourAccessKeyId', accessKeySecret: 'YourAccessKeySecret' },
    );
    expect(headers.authorization).toBe(
      'ACS3-HMAC-SHA256 Credential=YourAccessKeyId,' +
        'SignedHeaders=host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version,' +
        'Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0',
    );
  });

  it('signs a message with marks that RFC 3986 reserves', () => {
    const request = {
      method: 'POST',
      path: '/',
      query: {
        PhoneNumbers: '13800138000',
        SignName: '某县政务',
        TemplateCode: 'SMS_123456789',
        TemplateParam: '{"title":"防汛通知 (1)*"}',
        OutId: 'dlv_01J0000000000000000000000A',
      },
      headers: {
        host: 'dysmsapi.aliyuncs.com',
        'x-acs-action': 'SendSms',
        'x-acs-version': '2017-05-25',
        'x-acs-date': '2026-01-02T03:04:05Z',
        'x-acs-signature-nonce': '0f0e0d0c0b0a09080706050403020100',
      },
      body: '',
    };
    const headers = signAcs3(request, { accessKeyId: 'testAccessKeyId', accessKeySecret: 'testAccessKeySecret' });
    const { authorization, ...signed } = headers;
    expect(sha256(canonicalRequest({ ...request, headers: signed }).canonical)).toBe(
      '5f1a3d05f3c1abaafff8ac1a9d573f5939824677b64725e0f505036a35b8227a',
    );
    expect(authorization).toMatch(/Signature=454d8a52104055c99a52f424092a3c8e8bc480bc60a5ad7f238dff54737fc9f6$/);
  });
});
