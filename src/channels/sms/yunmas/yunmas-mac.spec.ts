import { createHash } from 'node:crypto';
import { templateBody, textBody } from './yunmas-mac.js';

const account = { ecName: '某县人民政府办公室', apId: 'testap', secretKey: 'testKey123' };
const sign = 'AbCdEfGhI';
const jsonOf = (body: string) => JSON.parse(Buffer.from(body, 'base64').toString('utf8')) as Record<string, string>;

/** Computed by an independent program. */
describe('the body of a call', () => {
  it('is as computed for one text to two numbers', () => {
    const body = textBody(account, {
      mobiles: '13800138000,13900139000',
      content: '【某县政务】防汛通知，请登录平台查收。',
      sign,
      addSerial: '',
    });
    expect(jsonOf(body).mac).toBe('134f4470f520f8972ff6ae5dd4c987fc');
    expect(body).toHaveLength(316);
    const sha256 = createHash('sha256').update(body).digest('hex');
    expect(sha256).toBe('0a63108b0e303c432c277652a3118fe1efe2240b2629f2ba2dc667bcb5552bda');
  });

  it('is as computed for a text for each number', () => {
    const content = JSON.stringify({
      13800138000: '【某县政务】第12期，查阅码0123456789。',
      13900139000: '【某县政务】第12期，查阅码9876543210。',
    });
    const body = textBody(account, { mobiles: '', content, sign, addSerial: '0017' });
    expect(jsonOf(body)).toEqual({
      ecName: '某县人民政府办公室',
      apId: 'testap',
      mobiles: '',
      content:
        '{"13800138000":"【某县政务】第12期，查阅码0123456789。","13900139000":"【某县政务】第12期，查阅码9876543210。"}',
      sign,
      addSerial: '0017',
      mac: '7c8ce3b33df927192aacab0adce44080',
    });
    expect(body).toBe(
      'eyJlY05hbWUiOiLmn5Dljr/kurrmsJHmlL/lupzlip7lhazlrqQiLCJhcElkIjoidGVzdGFwIiwibW9iaWxlcyI6IiIsImNvbnRlbnQiOiJ7XCIxMzgwMDEzODAwMFwiOlwi44CQ5p+Q5Y6/5pS/5Yqh44CR56ysMTLmnJ/vvIzmn6XpmIXnoIEwMTIzNDU2Nzg544CCXCIsXCIxMzkwMDEzOTAwMFwiOlwi44CQ5p+Q5Y6/5pS/5Yqh44CR56ysMTLmnJ/vvIzmn6XpmIXnoIE5ODc2NTQzMjEw44CCXCJ9Iiwic2lnbiI6IkFiQ2RFZkdoSSIsImFkZFNlcmlhbCI6IjAwMTciLCJtYWMiOiI3YzhjZTNiMzNkZjkyNzE5MmFhY2FiMGFkY2U0NDA4MCJ9',
    );
  });

  it('is as computed for a template', () => {
    const params = JSON.stringify(['延津政务快报', '12', '0123456789']);
    const body = templateBody(account, { templateId: 'tpl00001', mobiles: '13800138000', params, sign, addSerial: '' });
    expect(jsonOf(body).mac).toBe('950cfca0818a4722050b049b27815ce9');
    expect(body).toBe(
      'eyJlY05hbWUiOiLmn5Dljr/kurrmsJHmlL/lupzlip7lhazlrqQiLCJhcElkIjoidGVzdGFwIiwidGVtcGxhdGVJZCI6InRwbDAwMDAxIiwibW9iaWxlcyI6IjEzODAwMTM4MDAwIiwicGFyYW1zIjoiW1wi5bu25rSl5pS/5Yqh5b+r5oqlXCIsXCIxMlwiLFwiMDEyMzQ1Njc4OVwiXSIsInNpZ24iOiJBYkNkRWZHaEkiLCJhZGRTZXJpYWwiOiIiLCJtYWMiOiI5NTBjZmNhMDgxOGE0NzIyMDUwYjA0OWIyNzgxNWNlOSJ9',
    );
  });

  it('never holds the secret', () => {
    const text = { mobiles: '13800138000', content: '文', sign, addSerial: '1' };
    for (const body of [textBody(account, text), templateBody(account, { ...text, templateId: 't', params: '[]' })])
      expect(JSON.stringify(jsonOf(body))).not.toContain(account.secretKey);
  });
});
