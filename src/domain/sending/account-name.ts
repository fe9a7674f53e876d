/**
 * Accounts as they stand on attempts and gates: the first of a provider has the provider's name, a further one its number behind it:
 * `smtp`, `smtp2`. No provider's name ends in a digit.
 */

/** Of one provider. */
export const mostAccounts = 9;

/** @param n 1 for the first */
export const accountOf = (provider: string, n: number): string => (n === 1 ? provider : `${provider}${n}`);

export const providerOf = (account: string): string => account.replace(/[2-9]$/, '');

export const numberOf = (account: string): number => Number(/[2-9]$/.exec(account)?.[0] ?? 1);
