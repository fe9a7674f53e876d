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

  it('open with nothing set', () => expect(readSettings({})).toMatchObject({ role: 'all', databaseUrl: null }));
});
