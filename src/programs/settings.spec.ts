import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSettings } from './settings.js';
import { smsProviders } from '../channels/sms/sms-providers.js';
import { filedWith } from '../settings/sms.js';
import { StartError } from '../settings/start-error.js';

const faultOf = (environment: Record<string, string>): string => {
  try {
    readSettings(environment);
  } catch (error) {
    if (error instanceof StartError) return error.message;
    throw error;
  }
  return '';
};

describe('settings', () => {
  it('name every fault at once', () => {
    const fault = faultOf({ PORT: 'abc', UNDO_SECONDS: '-1' });
    expect(fault).toContain('PORT＝abc');
    expect(fault).toContain('UNDO_SECONDS');
  });

  it.each(['REDIS_URL', 'DATABASE_URL', 'MASTER_KEY', 'ALIYUN_REPORT_KEY'])('never print what stands in %s', (key) => {
    const fault = faultOf({ [key]: 'ftp:hidden', PORT: 'abc' });
    expect(fault).not.toContain('hidden');
  });

  it('need no text about decisions at either vendor', () => {
    const codes = ['DIGEST', 'NOTICE', 'REMINDER', 'WITHDRAWAL', 'CODE', 'SUBSCRIBER'].map((key) => [key, '1']);
    const { sms } = readSettings({
      ...{ ALIYUN_ACCESS_KEY_ID: 'id', ALIYUN_ACCESS_KEY_SECRET: 's' },
      ...{ TENCENT_SECRET_ID: 'id', TENCENT_SECRET_KEY: 's', TENCENT_SDK_APP_ID: '1400' },
      ...Object.fromEntries(codes.map(([key, code]) => [`TENCENT_TEMPLATE_${key}`, code])),
    });
    const tencent = sms!.vendors.get('tencent')!;
    expect([sms!.templates.decision, tencent.templates.decision]).toEqual(['', '']);
    expect(filedWith('decision', sms)).toBeNull();
    expect(filedWith('subscriber', sms)).toBe('aliyun');
    const filed = { ...tencent, templates: { ...tencent.templates, decision: '7' } };
    expect(filedWith('decision', { ...sms!, vendors: new Map(sms!.vendors).set('tencent', filed) })).toBe('tencent');
  });

  it('put the preferred of several vendors first', () => {
    const keys = ['DIGEST', 'NOTICE', 'REMINDER', 'WITHDRAWAL', 'CODE', 'SUBSCRIBER'].map(
      (key) => `TENCENT_TEMPLATE_${key}`,
    );
    const both = {
      ...{ ALIYUN_ACCESS_KEY_ID: 'id', ALIYUN_ACCESS_KEY_SECRET: 's' },
      ...{ TENCENT_SECRET_ID: 'id', TENCENT_SECRET_KEY: 's', TENCENT_SDK_APP_ID: '1400' },
      ...Object.fromEntries(keys.map((key) => [key, '1'])),
    };
    const orderOf = (environment: Record<string, string>) => [...readSettings(environment).sms!.vendors.keys()];
    expect(orderOf(both)).toEqual(['aliyun', 'tencent']);
    expect(orderOf({ ...both, SMS_PREFERRED: 'tencent' })).toEqual(['tencent', 'aliyun']);
    expect(faultOf({ ...both, SMS_PREFERRED: 'nobody' })).toContain('SMS_PREFERRED＝nobody');
  });

  it('have a name for each key that no vendor and no concern uses twice', () => {
    const vendors = smsProviders.flatMap(({ keys }) => Object.keys(keys));
    expect(vendors.filter((key) => !smsProviders.some(({ name }) => key.startsWith(`${name.toUpperCase()}_`)))).toEqual(
      [],
    );
    expect(new Set(vendors).size).toBe(vendors.length);
  });

  it('say which key a vendor misses', () => {
    expect(faultOf({ TENCENT_SECRET_ID: 'id' })).toContain('TENCENT_SECRET_KEY：启用腾讯云短信时必须设置');
  });

  describe('of a mail server', () => {
    const mail = { SMTP_HOST: 'mail.example.gov.cn', MAIL_FROM: 'kb@example.gov.cn' };
    const tls = join(import.meta.dirname, '../../test/fixtures/tls');
    const file = (name: string) => join(tls, `test-only.${name}`);
    let folder: string;
    beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'kuaibao-ca-'))));
    afterEach(() => rmSync(folder, { recursive: true }));
    const written = (text: string) => {
      writeFileSync(join(folder, 'ca.pem'), text);
      return join(folder, 'ca.pem');
    };

    it('need the address the office writes from', () => {
      expect(faultOf({ SMTP_HOST: mail.SMTP_HOST })).toContain('MAIL_FROM：启用邮件时必须设置');
      expect(readSettings(mail).email).toMatchObject({ from: 'kb@example.gov.cn', ca: null });
    });

    it('take the authorities of both servers from files', () => {
      const two = readFileSync(file('crt'), 'utf8') + readFileSync(file('expired.crt'), 'utf8');
      const both = { ...mail, SMTP_CA_FILE: file('crt'), SMTP2_HOST: 'b.example.gov.cn', SMTP2_CA_FILE: written(two) };
      const { email } = readSettings(both);
      expect(email!.ca).toBe(readFileSync(file('crt'), 'utf8'));
      expect(email!.second!.ca).toBe(two);
    });

    it.each([
      ['a file that is not there', () => join(folder, 'none.pem'), '读不到这个文件（ENOENT）'],
      ['a folder', () => folder, '读不到这个文件（EISDIR）'],
      ['a key', () => file('key'), '文件里有私钥'],
      [
        'a certificate with its key',
        () => written(readFileSync(file('crt'), 'utf8') + readFileSync(file('key'), 'utf8')),
        '文件里有私钥',
      ],
      ['another text', () => written('-----BEGIN PGP MESSAGE-----'), '没有PEM格式的证书'],
      ['an empty file', () => written(''), '没有PEM格式的证书'],
      ['one in DER', () => written('\u0030\u0082'), '没有PEM格式的证书'],
      [
        'a torn certificate',
        () => written(readFileSync(file('crt'), 'utf8').replace(/\n(\w{20})/, '\n')),
        '第1个证书已损坏',
      ],
    ])('refuse %s as authorities', (_, path, fault) => {
      expect(faultOf({ ...mail, SMTP_CA_FILE: path() })).toContain(fault);
    });
  });

  it('have WeCom lead back to the address of the links only', () => {
    const wecom = {
      WECOM_CORP_ID: 'ww1',
      WECOM_AGENT_ID: '1',
      WECOM_SECRET: 's',
      WECOM_TRUSTED_DOMAIN: 'kb.example.gov.cn',
    };
    const at = (address: string) => faultOf({ ...wecom, PUBLIC_URL: address });
    expect(() => readSettings({ ...wecom, PUBLIC_URL: 'https://KB.example.gov.cn/' })).not.toThrow();
    expect(at('https://kb.example.gov.cn:8443')).toContain('WECOM_TRUSTED_DOMAIN');
    expect(faultOf(wecom)).toContain('PUBLIC_URL');
  });

  it('open with nothing set', () => expect(readSettings({})).toMatchObject({ role: 'all', databaseUrl: null }));
});
