import { Controller, Get, Param, Post } from '@nestjs/common';
import { z } from 'zod';
import type { Actor } from '../../accounts/actor.js';
import { CurrentActor, Needs } from '../../accounts/needs.js';
import { accountText } from '../../channels/account-text.js';
import { type StoredAccount, StoredAccounts } from '../../channels/stored-accounts.js';
import { DispatchService } from '../../dispatch/acts/dispatch.service.js';
import { DomainError } from '../../domain/errors/errors.js';
import { channelText } from '../../domain/sending/channel-text.js';
import { Form, type FormFault, storedNumber } from '../../platform/http/form.js';
import { page, type PageReply, seeOther, type SeeOther } from '../../platform/http/page.js';
import { confirmChange, confirmedField } from '../confirm-change.js';
import { changedText, inputName, settingFields } from './channel-settings-view.js';

const settingsForm = z.looseObject({ seen: storedNumber });
const actForm = z.object({ seen: storedNumber, confirmed: confirmedField });
/** Longer than any key, address or name that a vendor gives. */
const longestText = 500;

/** Settings of a provider account, entered at the console: sealed, tried before they are used, never shown again. */
@Needs('channel.manage')
@Controller('channels/:account/settings')
export class ChannelSettingsPages {
  constructor(
    private readonly stored: StoredAccounts,
    private readonly dispatch: DispatchService,
  ) {}

  @Get()
  async show(@Param('account') account: string): Promise<PageReply> {
    const known = await this.known(account);
    return settingsPage(known, this.stored.shown(known.row), []);
  }

  @Post()
  async save(
    @Param('account') account: string,
    @Form(settingsForm) form: z.infer<typeof settingsForm>,
    @CurrentActor() actor: Actor,
  ): Promise<PageReply | SeeOther> {
    const known = await this.known(account);
    const { texts, faults } = typedTexts(known, form);
    if (faults.length === 0) {
      const wrong = await this.stored.save(account, texts, form.seen, actor);
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
    @Param('account') account: string,
    @Form(actForm) { seen, confirmed }: z.infer<typeof actForm>,
    @CurrentActor() actor: Actor,
  ): Promise<PageReply | SeeOther> {
    const { provider, row } = await this.known(account);
    const name = accountText(account);
    if (!row?.sealed) throw new DomainError('channel.settingsChanged');
    if (confirmed === undefined)
      return confirmChange({
        title: `删除${name}的设置`,
        action: `/channels/${account}/settings/remove`,
        fields: { seen: String(seen) },
        lines: [
          provider.name === 'imap'
            ? '不再到这个邮箱里查找退信，发不到的邮件不再自动登记。'
            : `不再用${name}发送，已经交给它的消息照常完成。`,
        ],
        warnings:
          provider.name === 'imap' ? [] : [`没有其他${channelText[provider.kind]}账号时，还没有发出的消息会一直等着。`],
        submit: '删除',
        back: `/channels/${account}/settings`,
        nav: 'channels',
        undo: '删错了可以在这个账号的设置页撤销',
      });
    await this.stored.remove(account, seen, actor);
    return seeOther(`/channels/${account}/settings`);
  }

  @Post('undo')
  async undo(
    @Param('account') account: string,
    @Form(actForm) { seen }: z.infer<typeof actForm>,
    @CurrentActor() actor: Actor,
  ): Promise<PageReply | SeeOther> {
    const known = await this.known(account);
    const problem = await this.stored.undo(account, seen, actor);
    if (problem === null) return this.used(known);
    const message = `原来的设置不能使用，没有恢复：${problem}`;
    return settingsPage(known, this.stored.shown(known.row), [{ field: known.provider.opens, message }]);
  }

  /** What stopped under the old settings begins again under the new. */
  private async used({ account }: StoredAccount): Promise<SeeOther> {
    await this.dispatch.reopenMended(account);
    return seeOther(`/channels#account-${account}`);
  }

  /** @throws DomainError channel.unknown */
  private known(account: string): Promise<StoredAccount> {
    return this.stored.known(account);
  }
}

function typedTexts({ provider }: StoredAccount, form: Readonly<Record<string, unknown>>) {
  const texts: Record<string, string> = {};
  const faults: FormFault[] = [];
  for (const key of Object.keys(provider.form)) {
    const value = form[inputName(key)] ?? '';
    if (typeof value === 'string' && value.length <= longestText) texts[key] = value;
    else faults.push({ field: key, message: `请填写一项，不超过${longestText}个字。` });
  }
  return { texts, faults };
}

function settingsPage(
  { account, provider, row, fromEnvironment, problem }: StoredAccount,
  shown: Parameters<typeof settingFields>[1],
  faults: readonly FormFault[],
): PageReply {
  const view = {
    account,
    name: accountText(account),
    fromEnvironment,
    problem,
    changed: changedText(row),
    inUse: Boolean(row?.sealed),
    seen: row?.revision ?? 0,
    fields: settingFields(provider, shown, faults),
    faults,
  };
  return page('console/office/channel-settings', view, { status: faults.length > 0 ? 422 : 200 });
}
