import { StartError } from '../../../settings/start-error.js';
import { readTable } from '../../../settings/read.js';
import { yunmasFaults, yunmasKeys, yunmasSettings } from './settings.js';

const account = {
  ...{ YUNMAS_BASE: 'http://112.35.1.155:1992', YUNMAS_EC_NAME: '某县人民政府办公室', YUNMAS_AP_ID: 'a' },
  ...{ YUNMAS_SECRET_KEY: 's', YUNMAS_SIGN: 'AbC' },
};
const valuesOf = (more: Record<string, string>) => readTable(yunmasKeys, [], yunmasFaults, { ...account, ...more });
const faultOf = (more: Record<string, string>): string => {
  try {
    valuesOf(more);
  } catch (error) {
    if (error instanceof StartError) return error.message;
    throw error;
  }
  return '';
};
const templates = Object.fromEntries(
  ['DIGEST', 'NOTICE', 'REMINDER', 'WITHDRAWAL', 'CODE', 'SUBSCRIBER'].map((key, at) => [
    `YUNMAS_TEMPLATE_${key}`,
    `${at}`,
  ]),
);

describe('the settings of 云MAS', () => {
  it('are switched off without the name of the enterprise', () =>
    expect(yunmasSettings(valuesOf({ YUNMAS_EC_NAME: '' }), { signName: '县政府办' })).toBeNull());

  it('send free texts, which need no number, unless told otherwise', () => {
    const own = yunmasSettings(valuesOf({}), { signName: '县政府办' })!;
    expect(own).toMatchObject({ flavour: 'text', perCall: 1, addSerial: '', signInText: true, reportKey: null });
    expect(Object.values(own.templates).every((code) => code !== '')).toBe(true);
  });

  it('need a number for each text that must be filed, and one number in a call, where templates are sent', () => {
    const own = yunmasSettings(valuesOf({ YUNMAS_FLAVOUR: 'template', ...templates }), { signName: '县政府办' })!;
    expect(own.templates).toMatchObject({ digest: '0', subscriber: '5', decision: '' });
    const fault = faultOf({ YUNMAS_FLAVOUR: 'template', YUNMAS_PER_CALL: '5', YUNMAS_TEMPLATE_CODE: '4' });
    for (const key of Object.keys(templates)) expect(fault.includes(`${key}：`)).toBe(key !== 'YUNMAS_TEMPLATE_CODE');
    expect(fault).toContain('YUNMAS_PER_CALL：云MAS 按模板发送时每次只能发一个号码');
  });

  it.each([
    [{ YUNMAS_BASE: 'ftp://x' }, '应为完整的网址'],
    [{ YUNMAS_BASE: '112.35.1.155' }, '应为完整的网址'],
    [{ YUNMAS_PER_CALL: '101' }, 'YUNMAS_PER_CALL'],
    [{ YUNMAS_SERIAL: '12a' }, '应为不超过12位的数字'],
    [{ YUNMAS_SERIAL: '1234567', YUNMAS_SERIAL_DIGITS: '6' }, '不能超过12位'],
    [{ YUNMAS_SERIAL_DIGITS: '4', YUNMAS_PER_CALL: '2' }, '请改为 1'],
    [{ YUNMAS_REPORT_FIELDS: 'a,b' }, '应为六个字段名'],
    [{ YUNMAS_LIMITS: 'fast' }, '不是限额'],
  ])('refuse %p in words', (more, words) => expect(faultOf(more as Record<string, string>)).toContain(words));

  it('name the fields of a report as the contract does', () =>
    expect(
      yunmasSettings(valuesOf({ YUNMAS_REPORT_FIELDS: 'a, b，c,d,e,f' }), { signName: '县政府办' })!.reportFields,
    ).toEqual({
      ...{ reportStatus: 'a', errorCode: 'b', mobile: 'c', submitDate: 'd', receiveDate: 'e', msgGroup: 'f' },
    }));
});
