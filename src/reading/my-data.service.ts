import { Injectable } from '@nestjs/common';
import type { KeptContact } from '../organisation/contact.repository.js';
import { ContactRepository } from '../organisation/contact.repository.js';
import { PreferenceRepository } from '../organisation/preference.repository.js';
import { type Amendment, AmendmentRepository } from '../organisation/amendment.repository.js';
import {
  type StoredSubscription,
  SubscriptionRepository,
} from '../distribution/subscriptions/subscription.repository.js';
import type { PreferenceChoice } from '../domain/sending/preference.js';
import { Audit } from '../platform/audit.js';
import { type HeldPost, type Look, MyDataRepository, type OwnReading } from './my-data.repository.js';

export interface MyData {
  personId: string;
  name: string;
  posts: readonly HeldPost[];
  contacts: readonly KeptContact[];
  preference: PreferenceChoice;
  readings: readonly OwnReading[];
  looks: readonly Look[];
  amendments: readonly Amendment[];
  subscriptions: readonly StoredSubscription[];
}

/** Everything the system holds about one person, for that person (个人信息保护法 art. 45). */
@Injectable()
export class MyDataService {
  constructor(
    private readonly rows: MyDataRepository,
    private readonly contacts: ContactRepository,
    private readonly preferences: PreferenceRepository,
    private readonly amendments: AmendmentRepository,
    private readonly subscriptions: SubscriptionRepository,
    private readonly audit: Audit,
  ) {}

  async dataOf(personId: string, name: string): Promise<MyData> {
    const [posts, contacts, preference, readings, looks, amendments, subscriptions] = await Promise.all([
      this.rows.posts(personId),
      this.contacts.ofPerson(personId),
      this.preferences.preferencesOf(personId),
      this.rows.readings(personId),
      this.rows.looks(personId),
      this.amendments.listAmendments({ personId }, 50, 0),
      this.subscriptions.ofPerson(personId),
    ]);
    return { personId, name, posts, contacts, preference, readings, looks, amendments, subscriptions };
  }

  async recordExport(personId: string, format: 'json' | 'csv'): Promise<void> {
    await this.audit.recordExport(`person:${personId}`, 'person.exported', `person:${personId}`, { format });
  }
}
