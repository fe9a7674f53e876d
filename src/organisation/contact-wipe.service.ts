import { Injectable } from '@nestjs/common';
import { beijingDate } from '../domain/calendar.js';
import { Audit } from '../platform/audit.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database.js';
import { Settings } from '../settings/settings.js';
import { ContactWipeRepository, type Leaver } from './contact-wipe.repository.js';
import { MessageRows } from './message-rows.js';

const AT_ONCE = 500;

/** Addresses are kept only as long as somebody serves, and CONTACT_WIPE_DAYS longer (个人信息保护法 art. 19). */
@Injectable()
export class ContactWipeService {
  constructor(
    private readonly database: Database,
    private readonly rows: ContactWipeRepository,
    private readonly messages: MessageRows,
    private readonly audit: Audit,
    private readonly clock: Clock,
    private readonly settings: Settings,
  ) {}

  /** Whose addresses the next run removes. */
  async preview(take: number, skip: number): Promise<{ total: number; leavers: Leaver[]; days: number }> {
    const { today, limit } = this.days();
    const [total, leavers] = await Promise.all([
      this.rows.count(today, limit),
      this.rows.listContactsToWipe(today, limit, take, skip),
    ]);
    return { total, leavers, days: this.settings.contactWipeDays };
  }

  /** @returns how many people were wiped */
  async run(actorId: string): Promise<number> {
    const { today, limit } = this.days();
    let wiped = 0;
    for (;;) {
      const ids = await this.database.transaction(async () => {
        const batch = await this.rows.wipe(today, limit, AT_ONCE, this.clock.now());
        // What is still under way keeps its address until it is done; the next run finds it.
        if (batch.length) await this.messages.forgetRemovedAddresses(this.clock.now());
        if (batch.length)
          await this.audit.record(actorId, 'contact.wiped', 'list', { people: batch.length, ids: batch });
        return batch;
      });
      wiped += ids.length;
      if (ids.length < AT_ONCE) break;
    }
    await this.messages.forgetRemovedAddresses(this.clock.now());
    return wiped;
  }

  private days(): { today: Date; limit: Date } {
    const today = new Date(beijingDate(this.clock.now()));
    return { today, limit: new Date(today.getTime() - this.settings.contactWipeDays * 86_400_000) };
  }
}
