import { readSettings } from './read.js';
import { filedWith } from '../platform/filed-with.js';
import { StartError } from './start-error.js';

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
    expect([sms?.templates.decision, sms?.tencent?.templates.decision]).toEqual(['', '']);
    expect(filedWith('decision', sms)).toBeNull();
    expect(filedWith('subscriber', sms)).toBe('aliyun');
    const filed = { ...sms!.tencent!, templates: { ...sms!.tencent!.templates, decision: '7' } };
    expect(filedWith('decision', { ...sms!, tencent: filed })).toBe('tencent');
  });

  it('open with nothing set', () => expect(readSettings({})).toMatchObject({ role: 'all', databaseUrl: null }));
});
