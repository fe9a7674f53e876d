import { accountOf, mostAccounts, numberOf, providerOf } from './account-name.js';

it('leads from an account to its provider and its number, and back', () => {
  for (const provider of ['smtp', 'aliyun', 'cmpp'])
    for (let n = 1; n <= mostAccounts; n++) {
      const account = accountOf(provider, n);
      expect([providerOf(account), numberOf(account)]).toEqual([provider, n]);
    }
  expect(accountOf('aliyun', 1)).toBe('aliyun');
  expect(accountOf('aliyun', 2)).toBe('aliyun2');
});
