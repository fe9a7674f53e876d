import { smsProviders } from './sms-providers.js';
import { readVendorValues } from './vendor-values.js';

const given: Readonly<Record<string, string>> = {
  ALIYUN_ACCESS_KEY_ID: 'id',
  ALIYUN_ACCESS_KEY_SECRET: 'secret',
  TENCENT_SECRET_ID: 'id',
  TENCENT_SECRET_KEY: 'secret',
  TENCENT_SDK_APP_ID: '1400006666',
  ...Object.fromEntries(
    ['DIGEST', 'NOTICE', 'REMINDER', 'WITHDRAWAL', 'CODE', 'SUBSCRIBER'].map((use) => [`TENCENT_TEMPLATE_${use}`, '1']),
  ),
  YUNMAS_BASE: 'http://127.0.0.1:1992',
  YUNMAS_EC_NAME: '某县',
  YUNMAS_AP_ID: 'ap',
  YUNMAS_SECRET_KEY: 'secret',
  YUNMAS_SIGN: 'sign',
  CMPP_HOST: '127.0.0.1',
  CMPP_SP_ID: '900001',
  CMPP_SECRET: 'secret',
  CMPP_SRC_ID: '1065000017',
  CMPP_SERVICE_ID: 'GOV',
};

describe.each(smsProviders)('the form of $text', (vendor) => {
  it('asks for all that the vendor needs, and for nothing it does not know', () => {
    expect([vendor.opens, ...vendor.needs].filter((key) => vendor.form[key] === undefined)).toEqual([]);
    expect(Object.keys(vendor.form).filter((key) => !(key in vendor.keys))).toEqual([]);
  });

  it('opens an account from what is asked for', () => {
    const read = readVendorValues(vendor, given);
    expect(read).toHaveProperty('values');
    const shared = { signName: '县政府办', templates: {} as never };
    expect('values' in read && vendor.settings(read.values, shared)).toMatchObject({ serialDigits: 0 });
  });

  it('names what is missing, in Chinese', () => {
    const read = readVendorValues(vendor, {});
    expect(read).toMatchObject({
      faults: expect.arrayContaining([{ key: vendor.opens, message: '请填写。' }]) as object,
    });
  });
});

describe('readVendorValues', () => {
  const cmpp = smsProviders.find(({ name }) => name === 'cmpp')!;

  it.each([
    [{ CMPP_PORT: '99999' }, 'CMPP_PORT'],
    [{ CMPP_SP_ID: '90000100' }, 'CMPP_SP_ID'],
    [{ CMPP_SRC_ID: '1'.repeat(20), CMPP_SERIAL_DIGITS: '4' }, 'CMPP_SERIAL_DIGITS'],
  ])('finds the fault in %j', (changes, key) => {
    const read = readVendorValues(cmpp, { ...given, ...changes });
    expect(read).toMatchObject({ faults: [{ key, message: expect.stringMatching(/\p{Script=Han}.*。$/u) as string }] });
  });
});
