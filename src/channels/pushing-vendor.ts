import { NotFoundException } from '@nestjs/common';
import { DomainError } from '../domain/errors/errors.js';
import { providerOf } from '../domain/sending/account-name.js';
import type { SmsProvider } from './sms/sms-provider.js';
import { smsProviders } from './sms/sms-providers.js';

/** The vendor of the account that an address for pushes names. @throws NotFoundException */
export function vendorCalled(account: string): SmsProvider {
  const vendor = smsProviders.find(({ name }) => name === providerOf(account));
  if (!vendor) throw new NotFoundException();
  return vendor;
}

export function notAList(what: string): never {
  throw new DomainError('http.badInput', { reason: `${what}的格式不正确。` });
}
