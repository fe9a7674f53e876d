import { Controller, Get, Param, Post } from '@nestjs/common';
import { z } from 'zod';
import type { Actor } from '../../accounts/actor.js';
import { CurrentActor, Needs } from '../../accounts/needs.js';
import { type StoredAccount, StoredAccounts } from '../../channels/stored-accounts.js';
import { DispatchService } from '../../dispatch/acts/dispatch.service.js';
import { DomainError } from '../../domain/errors/errors.js';
import { Form, type FormFault, storedNumber } from '../../platform/http/form.js';
import { page, type PageReply, seeOther, type SeeOther } from '../../platform/http/page.js';
import { confirmChange, confirmedField } from '../confirm-change.js';
import { changedText, inputName, settingFields } from './channel-settings-view.js';

const settingsForm = z.looseObject({ seen: storedNumber });
const actForm = z.object({ seen: storedNumber, confirmed: confirmedField });
/** Longer than any key, address or name that a vendor gives. */
const longestText = 500;

/** Settings of an SMS vendor, entered at the console: sealed, tried before they are used, never shown again. */
@Needs('channel.manage')
@Controller('channels/:vendor/settings')
export class ChannelSettingsPages {
  constructor(
    private readonly stored: StoredAccounts,
    private readonly dispatch: DispatchService,
  ) {}

  @Get()
  async show(@Param('vendor') name: string): Promise<PageReply> {
    const known = await this.known(name);
    return settingsPage(known, this.stored.shown(known.row), []);
  }

  @Post()
  async save(
    @Param('vendor') name: string,
    @Form(settingsForm) form: z.infer<typeof settingsForm>,
    @CurrentActor() actor: Actor,
  ): Promise<PageReply | SeeOther> {
    const known = await this.known(name);
    const { texts, faults } = typedTexts(known, form);
    if (faults.length === 0) {
      const wrong = await this.stored.save(known.vendor, texts, form.seen, actor);
      faults.push(...wrong.map(({ key, message }) => ({ field: key, message })));
    }
    if (faults.length > 0) {
      const { secrets } = this.stored.shown(known.row);
      return settingsPage(known, { texts, secrets }, faults);
    }
    return this.used(known);
  }

  @Post('remove')
  async remove(
    @Param('vendor') name: string,
    @Form(actForm) { seen, confirmed }: z.infer<typeof actForm>,
    @CurrentActor() actor: Actor,
  ): Promise<PageReply | SeeOther> {
    const { vendor, row } = await this.known(name);
    if (!row?.sealed) throw new DomainError('channel.settingsChanged');
    if (confirmed === undefined)
      return confirmChange({
        title: `删除${vendor.text}的设置`,
        action: `/channels/${vendor.name}/settings/remove`,
        fields: { seen: String(seen) },
        lines: [`不再用${vendor.text}发送，已经交给它的消息照常完成。`],
        warnings: ['没有其他短信账号时，还没有发出的短信会一直等着。'],
        submit: '删除',
        back: `/channels/${vendor.name}/settings`,
        nav: 'channels',
        undo: '删错了可以在这个账号的设置页撤销',
      });
    await this.stored.remove(vendor, seen, actor);
    return seeOther(`/channels/${vendor.name}/settings`);
  }

  @Post('undo')
  async undo(
    @Param('vendor') name: string,
    @Form(actForm) { seen }: z.infer<typeof actForm>,
    @CurrentActor() actor: Actor,
  ): Promise<PageReply | SeeOther> {
    const known = await this.known(name);
    const problem = await this.stored.undo(known.vendor, seen, actor);
    if (problem === null) return this.used(known);
    const message = `原来的设置不能使用，没有恢复：${problem}`;
    return settingsPage(known, this.stored.shown(known.row), [{ field: known.vendor.opens, message }]);
  }

  /** What stopped under the old settings begins again under the new. */
  private async used({ vendor }: StoredAccount): Promise<SeeOther> {
    await this.dispatch.reopenMended(vendor.name);
    return seeOther(`/channels#account-${vendor.name}`);
  }

  /** @throws DomainError channel.unknown */
  private async known(name: string): Promise<StoredAccount> {
    const vendor = this.stored.vendorCalled(name);
    return (await this.stored.all()).find((one) => one.vendor === vendor)!;
  }
}

function typedTexts({ vendor }: StoredAccount, form: Readonly<Record<string, unknown>>) {
  const texts: Record<string, string> = {};
  const faults: FormFault[] = [];
  for (const key of Object.keys(vendor.form)) {
    const value = form[inputName(key)] ?? '';
    if (typeof value === 'string' && value.length <= longestText) texts[key] = value;
    else faults.push({ field: key, message: `请填写一项，不超过${longestText}个字。` });
  }
  return { texts, faults };
}

function settingsPage(
  { vendor, row, fromEnvironment, problem }: StoredAccount,
  shown: Parameters<typeof settingFields>[1],
  faults: readonly FormFault[],
): PageReply {
  const view = {
    vendor: vendor.name,
    name: vendor.text,
    fromEnvironment,
    problem,
    changed: changedText(row),
    inUse: Boolean(row?.sealed),
    seen: row?.revision ?? 0,
    fields: settingFields(vendor, shown, faults),
    faults,
  };
  return page('console/office/channel-settings', view, { status: faults.length > 0 ? 422 : 200 });
}
