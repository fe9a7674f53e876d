import { readTable } from '../../../settings/read.js';
import { StartError } from '../../../settings/start-error.js';
import { cmppFaults, cmppKeys, cmppSettings } from './settings.js';

const account = {
  ...{ CMPP_HOST: 'ismg.example', CMPP_SP_ID: '900001', CMPP_SECRET: 's', CMPP_SRC_ID: '1065000017' },
  CMPP_SERVICE_ID: 'GOVBULL',
};
const valuesOf = (more: Record<string, string>) => readTable(cmppKeys, [], cmppFaults, { ...account, ...more });
const faultOf = (more: Record<string, string>): string => {
  try {
    valuesOf(more);
  } catch (error) {
    if (error instanceof StartError) return error.message;
    throw error;
  }
  return '';
};

describe('the settings of a carrier’s gateway', () => {
  it('are switched off without its address', () =>
    expect(cmppSettings(valuesOf({ CMPP_HOST: '' }), { signName: '县政府办' })).toBeNull());

  it('follow the standard unless told otherwise', () =>
    expect(cmppSettings(valuesOf({}), { signName: '县政府办' })).toMatchObject({
      ...{ port: 7890, offered: 0x20, serialDigits: 0, links: 1, window: 16, idleMs: 30_000, answerMs: 60_000 },
      ...{ padsSpId: true, reportKey: null },
    }));

  it.each([
    [{ CMPP_SP_ID: '9000011' }, '应为不超过6位的企业代码'],
    [{ CMPP_SP_ID: '企业' }, '应为不超过6位的企业代码'],
    [{ CMPP_SECRET: '密码' }, '只能含半角字符'],
    [{ CMPP_SRC_ID: '1065-17' }, '应为不超过21位的数字'],
    [{ CMPP_SERVICE_ID: 'GOVERNMENTS' }, '应为不超过10位的业务代码'],
    [{ CMPP_SRC_ID: '1'.repeat(19), CMPP_SERIAL_DIGITS: '3' }, '接入号连同扩展位不能超过21位'],
    [{ CMPP_VERSION: '2.1' }, 'CMPP_VERSION＝2.1'],
  ])('refuse %p in words', (more, words) => expect(faultOf(more as Record<string, string>)).toContain(words));

  it('never print the secret', () => expect(faultOf({ CMPP_SECRET: '密码一' })).not.toContain('密码一'));
});
