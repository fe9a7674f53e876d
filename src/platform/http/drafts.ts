import { Injectable } from '@nestjs/common';
import { mayBeKept } from '../../domain/bulletin/keepable.js';
import { chineseDateTime } from '../../domain/calendar.js';
import { Clock } from '../clock.js';
import { Vault } from '../crypto.js';
import { fillForms, formActions, type TypedForm } from '../view/fill-form.js';
import { FormStoreRepository } from './form-store.repository.js';

export type Fields = readonly (readonly [string, string])[];

const hour = 3_600_000;
/** A form that was sent and not taken waits until the next day; what is being typed, over a week's leave. */
const lifetime = { posted: 24 * hour, typed: 7 * 24 * hour };
/** Secrets, and what a page says of itself. */
const notKept = /^(?:password|again|code|token|_.*)$/i;
/** Several times the longest issue. */
const longest = 2_000_000;

/**
 * What somebody types, kept sealed for his account alone until the form is taken: as it is typed, and when a form comes
 * that cannot be taken, because the session has ended or somebody was faster. What the secrecy gate refuses is not kept.
 */
@Injectable()
export class Drafts {
  constructor(
    private readonly store: FormStoreRepository,
    private readonly vault: Vault,
    private readonly clock: Clock,
  ) {}

  /** @returns false when nothing was kept, for it may not be, or there is nothing */
  async save(accountId: string, form: string, all: Fields, posted: boolean): Promise<boolean> {
    const fields = all.filter(([name]) => !notKept.test(name));
    const text = fields.map(([, value]) => value);
    if (!text.some((value) => value.trim() !== '')) {
      if (!posted) await this.store.forgetDrafts(accountId, form, false);
      return false;
    }
    return this.put(accountId, form, JSON.stringify(fields), text, posted);
  }

  /** Anything else that is to wait for an account under a key. @param texts what of it a person typed */
  async put(
    accountId: string,
    form: string,
    value: string,
    texts: readonly string[],
    posted = false,
  ): Promise<boolean> {
    if (value.length > longest || !texts.every(mayBeKept)) {
      await this.store.forgetDrafts(accountId, form);
      return false;
    }
    const now = this.clock.now();
    const expiresAt = new Date(now.getTime() + (posted ? lifetime.posted : lifetime.typed));
    const sealed = this.vault.sealBytes(Buffer.from(value, 'utf8'));
    await this.store.saveDraft({ accountId, form, posted }, sealed, now, expiresAt);
    return true;
  }

  async get(accountId: string, form: string, posted = false): Promise<{ value: string; savedAt: Date } | null> {
    const stored = await this.store.draft(accountId, form, posted, this.clock.now());
    return stored && { value: this.vault.openBytes(stored.sealed).toString('utf8'), savedAt: stored.savedAt };
  }

  /** The form was taken, or its text is not wanted any more. */
  async forget(accountId: string, form: string): Promise<void> {
    await this.store.forgetDrafts(accountId, form);
  }

  /** The page with what this account has typed into its forms. */
  async fillIn(html: string, accountId: string): Promise<string> {
    const known = await this.store.drafts(accountId, this.clock.now());
    if (known.length === 0) return html;
    const actions = new Set(formActions(html));
    const typed: TypedForm[] = [];
    for (const { form, posted } of known.filter((one) => actions.has(one.form))) {
      const draft = await this.get(accountId, form, posted);
      if (draft === null) continue;
      const fields = JSON.parse(draft.value) as Fields;
      typed.push({ form, fields, posted, savedAt: chineseDateTime(draft.savedAt) });
    }
    return typed.length === 0 ? html : fillForms(html, typed);
  }
}

/** The fields of a body as they came. */
export function fieldsOf(body: unknown): Fields {
  if (typeof body !== 'object' || body === null) return [];
  return Object.entries(body).flatMap(([name, value]: [string, unknown]) =>
    (Array.isArray(value) ? value : [value])
      .filter((one): one is string => typeof one === 'string')
      .map((one) => [name, one.replace(/\r\n?/g, '\n')] as const),
  );
}
