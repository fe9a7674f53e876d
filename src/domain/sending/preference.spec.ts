import { readPreference, type TypedPreference } from './preference.js';

const typed = (more: Partial<TypedPreference> = {}): TypedPreference => ({
  places: ['', '', ''],
  quietFrom: '',
  quietUntil: '',
  dailyDigest: false,
  largeType: false,
  onPaper: false,
  ...more,
});

it('leaves everything to the office where nothing is chosen', () => {
  expect(readPreference(typed())).toEqual({
    value: { channelOrder: [], quiet: null, dailyDigest: false, largeType: false, onPaper: false },
  });
});

it('keeps the order of channels, whatever places are left empty', () => {
  expect(readPreference(typed({ places: ['', 'sms', 'email'] }))).toMatchObject({
    value: { channelOrder: ['sms', 'email'] },
  });
  expect(readPreference(typed({ places: ['fax', 'sms', ''] }))).toMatchObject({ value: { channelOrder: ['sms'] } });
});

it('reads hours across midnight', () => {
  expect(readPreference(typed({ quietFrom: '22', quietUntil: '7' }))).toMatchObject({
    value: { quiet: { from: 22, until: 7 } },
  });
});

it.each([
  ['a channel twice', { places: ['sms', '', 'sms'] }, 'place-3'],
  ['an end without a beginning', { quietUntil: '7' }, 'quietFrom'],
  ['a beginning without an end', { quietFrom: '22' }, 'quietUntil'],
  ['the whole day', { quietFrom: '8', quietUntil: '8' }, 'quietUntil'],
  ['an hour that does not exist', { quietFrom: '24', quietUntil: '8' }, 'quietFrom'],
])('says at which field %s is wrong', (_what, more, field) => {
  const reading = readPreference(typed(more));
  expect(reading).toMatchObject({ field });
  expect('fault' in reading && reading.fault).toMatch(/。$/);
});
