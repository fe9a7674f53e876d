import { z } from 'zod';
import type { RecipientReport } from '../../domain/delivery.js';
import type { Incoming } from '../channel.js';
import type { Timers } from '../sms/timers.js';
import type { WechatClient } from './wechat-client.js';
import { intercepted } from './wechat-errors.js';

export interface WechatInterceptionOptions {
  client: WechatClient;
  templateId: string;
  everyMs: number;
  timers: Timers;
  warn(what: string): void;
}

/** The vendor's most in one answer. */
const mostRows = 100;
/** In one round; the rest waits for the next. */
const mostPages = 20;

const row = z.object({
  id: z.union([z.string(), z.number()]).transform(Number).pipe(z.number().int().min(0)),
  openid: z.string().min(1).max(64),
  send_timestamp: z.number().int().positive(),
});
const body = z.object({
  errcode: z.number(),
  // A list in fact, one object in the vendor's sample.
  msginfo: z.union([z.array(z.unknown()), z.unknown().transform((one) => (one === undefined ? [] : [one]))]),
});

/**
 * Asks which template messages the platform kept from their readers, which it tells in no other way
 * (developers.weixin.qq.com/doc/service/api/notify/template/api_queryblocktmplmsg). An entry names reader and time only.
 */
export class WechatInterceptions {
  private incoming: Incoming | null = null;
  private cancel: (() => void) | null = null;
  private closed = false;
  private saidLast = '';
  /** Entries up to this one have been taken. */
  private largest = 0;

  constructor(private readonly options: WechatInterceptionOptions) {}

  start(incoming: Incoming): void {
    this.incoming = incoming;
    this.next();
  }

  close(): void {
    this.closed = true;
    this.cancel?.();
  }

  private next(): void {
    const { everyMs, timers } = this.options;
    this.cancel = timers.after(everyMs, () => void this.round());
  }

  /** Never throws. */
  private async round(): Promise<void> {
    const problem = await this.ask().catch((error: unknown) => (error instanceof Error ? error.name : 'unknown'));
    if (this.closed) return;
    if (problem !== null && problem !== this.saidLast)
      this.options.warn(`interceptions could not be asked for: ${problem}`);
    this.saidLast = problem ?? '';
    this.next();
  }

  private async ask(): Promise<string | null> {
    const { client, templateId, timers } = this.options;
    for (let page = 0; page < mostPages && !this.closed; page++) {
      const asked = { tmpl_msg_id: templateId, largest_id: this.largest, limit: mostRows };
      const answer = await client.post('/wxa/sec/queryblocktmplmsg', JSON.stringify(asked));
      if (answer.kind === 'refused') return String(answer.errcode);
      if (answer.kind !== 'answer') return answer.code;
      const parsed = body.safeParse(answer.body);
      if (!parsed.success) return `HTTP_${answer.status}`;
      if (parsed.data.errcode !== 0) return String(parsed.data.errcode);
      const rows = parsed.data.msginfo.flatMap((one) => row.safeParse(one).data ?? []);
      const now = timers.now();
      await this.incoming!.ofRecipients?.(
        rows.map(({ openid, send_timestamp: seconds }): RecipientReport => {
          const sentAt = new Date(seconds * 1000);
          return {
            ...{ provider: 'wechat', kind: 'wechat', address: openid, sentAt },
            ...{ status: 'failed', ...intercepted, reportedAt: now },
          };
        }),
      );
      const before = this.largest;
      this.largest = Math.max(before, ...rows.map(({ id }) => id));
      if (rows.length < mostRows || this.largest === before) return null;
    }
    return null;
  }
}
