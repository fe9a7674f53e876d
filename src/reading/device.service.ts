import { Injectable } from '@nestjs/common';
import { ChannelRegistry } from '../channels/channel-registry.js';
import { DomainError } from '../domain/errors/errors.js';
import { ContactRepository, type KeptContact } from '../organisation/contact.repository.js';
import { ContactService } from '../organisation/contact.service.js';
import { Clock } from '../platform/clock.js';
import { sameText, Vault } from '../platform/crypto.js';
import { newId } from '../platform/new-id.js';
import { DeviceRepository } from './device.repository.js';

/** A device is asked about twice a year. */
export const deviceDays = 180;

/** Of one person: phone, tablet and computers, each in two browsers. */
const mostDevices = 10;

/**
 * Personal pages open on devices on which the person has typed a code that was sent to him: whoever was only passed a link has
 * no such code. Each device is a row, so that it can be revoked; its cookie is sealed for this one person.
 */
@Injectable()
export class DeviceService {
  constructor(
    private readonly devices: DeviceRepository,
    private readonly contacts: ContactRepository,
    private readonly proofs: ContactService,
    private readonly channels: ChannelRegistry,
    private readonly vault: Vault,
    private readonly clock: Clock,
  ) {}

  async isKnown(cookie: string, personId: string): Promise<boolean> {
    const [id = '', seal = ''] = cookie.split('.');
    if (!/^[0-9a-f-]{36}$/.test(id) || !sameText(seal, this.seal(id, personId))) return false;
    return this.devices.isLiving(id, personId, this.clock.now());
  }

  /** Where the code goes: the person's phone, else an address that he has proven before; null when there is neither. */
  async codeContact(personId: string): Promise<KeptContact | null> {
    const usable = (await this.contacts.ofPerson(personId)).filter(
      ({ kind, badSince }) => !badSince && this.channels.get(kind),
    );
    const phone = usable.find(({ kind }) => kind === 'sms');
    return phone ?? usable.find(({ verifiedAt }) => verifiedAt !== null) ?? null;
  }

  /** @throws DomainError contact.tooManyCodes, reading.noCodeAddress */
  async sendCode(personId: string): Promise<void> {
    const by = `person:${personId}`;
    await this.proofs.sendCode((await this.mustHaveContact(personId)).id, by, { id: by });
  }

  /** @returns the cookie of this device. @throws DomainError contact.codeWrong, contact.codeUnreadable, reading.noCodeAddress */
  async prove(personId: string, code: string): Promise<string> {
    const contact = await this.mustHaveContact(personId);
    await this.proofs.confirm(contact.id, code, { id: `person:${personId}` });
    const [id, provenAt] = [newId(), this.clock.now()];
    const expiresAt = new Date(provenAt.getTime() + deviceDays * 86_400_000);
    await this.devices.addDevice({ id, personId, lookupHash: contact.lookupHash, provenAt, expiresAt }, mostDevices);
    return `${id}.${this.seal(id, personId)}`;
  }

  /** All have to be proven anew. */
  async forget(personId: string): Promise<void> {
    await this.devices.forget(personId);
  }

  private async mustHaveContact(personId: string): Promise<KeptContact> {
    const contact = await this.codeContact(personId);
    if (!contact) throw new DomainError('reading.noCodeAddress');
    return contact;
  }

  private seal(id: string, personId: string): string {
    return this.vault.deriveToken('reader device', id, personId);
  }
}
