import { readSettings } from './config.js';
import { StartError } from './platform/start-error.js';

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

  it('open with nothing set', () => expect(readSettings({})).toMatchObject({ role: 'all', databaseUrl: null }));
});
