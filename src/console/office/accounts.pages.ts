import { Controller, Get, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { z } from 'zod';
import type { Account } from '../../accounts/account.repository.js';
import { AccountService } from '../../accounts/account.service.js';
import type { Actor } from '../../accounts/actor.js';
import { CurrentActor, Needs } from '../../accounts/needs.js';
import { OneTimeLinkService } from '../../accounts/one-time-link.service.js';
import { PublicationRepository } from '../../issues/publication.repository.js';
import { DomainError } from '../../domain/errors/errors.js';
import { type Role, roles, rolesText } from '../../domain/roles.js';
import { Clock } from '../../platform/clock.js';
import { Asked, Form, type FormFault, formFaults, textField, ticked } from '../../platform/http/form.js';
import { page, type PageReply, seeOther, type SeeOther } from '../../platform/http/page.js';
import { Settings } from '../../settings/settings.js';

const typedForm = z.object({
  login: textField(40),
  name: textField(40),
  roles: ticked(z.enum(roles)),
  publications: ticked(z.uuid()),
});
type Typed = z.infer<typeof typedForm>;

const person = {
  name: z.string().min(1, '请填写姓名。'),
  roles: z.array(z.enum(roles)).min(1, '请至少选择一个角色。'),
  publications: z.array(z.string()),
};
const changedAccount = z.object(person);
const newAccount = z.object({
  login: z
    .string()
    .regex(/^[A-Za-z][A-Za-z0-9._-]{1,39}$/, '账号名以字母开头，由字母、数字和 . _ - 组成，2至40个字符。'),
  ...person,
});

const nothing: Typed = { login: '', name: '', roles: [], publications: [] };

/** The field of the form that a refusal is about. */
const refusedField: Readonly<Record<string, string>> = {
  'account.loginTaken': 'login',
  'account.rolesConflict': 'roles',
  'account.ownRoles': 'roles',
  'account.lastAdministrator': 'roles',
};

@Needs('account.manage')
@Controller('accounts')
export class AccountsPages {
  constructor(
    private readonly accounts: AccountService,
    private readonly links: OneTimeLinkService,
    private readonly publications: PublicationRepository,
    private readonly clock: Clock,
    private readonly settings: Settings,
  ) {}

  @Get()
  list(@Asked('changed') changed: string | undefined): Promise<PageReply> {
    return this.show(nothing, [], 200, changed === '1' ? '账号已修改，立即生效。' : '');
  }

  @Post()
  async create(@Form(typedForm) typed: Typed, @CurrentActor() actor: Actor): Promise<PageReply> {
    const checked = newAccount.safeParse(typed);
    if (!checked.success) return this.show(typed, formFaults(checked.error), 422);
    try {
      const { publications, ...account } = checked.data;
      const made = await this.accounts.create({ ...account, publicationIds: publications }, actor.id);
      return await this.showLink(made, actor, 201);
    } catch (error) {
      const field = error instanceof DomainError ? refusedField[error.code] : undefined;
      if (!(error instanceof DomainError) || field === undefined) throw error;
      return this.show(typed, [{ field, message: error.message }], error.status);
    }
  }

  @Get(':id/edit')
  async edit(@Param('id', ParseUUIDPipe) id: string): Promise<PageReply> {
    const account = await this.accounts.get(id);
    return this.showEdit(account, { ...account, publications: account.publicationIds }, [], 200);
  }

  @Post(':id/edit')
  async change(
    @Param('id', ParseUUIDPipe) id: string,
    @Form(typedForm) typed: Typed,
    @CurrentActor() actor: Actor,
  ): Promise<PageReply | SeeOther> {
    const account = await this.accounts.get(id);
    const checked = changedAccount.safeParse(typed);
    if (!checked.success) return this.showEdit(account, typed, formFaults(checked.error), 422);
    try {
      const { publications, ...wish } = checked.data;
      await this.accounts.change(id, { ...wish, publicationIds: publications }, actor.id);
    } catch (error) {
      const field = error instanceof DomainError ? refusedField[error.code] : undefined;
      if (!(error instanceof DomainError) || field === undefined) throw error;
      return this.showEdit(account, typed, [{ field, message: error.message }], error.status);
    }
    return seeOther('/accounts?changed=1');
  }

  @Post(':id/link')
  async newLink(@Param('id', ParseUUIDPipe) id: string, @CurrentActor() actor: Actor): Promise<PageReply> {
    return this.showLink(await this.accounts.get(id), actor, 200);
  }

  @Get(':id/disable')
  async askDisable(@Param('id', ParseUUIDPipe) id: string): Promise<PageReply> {
    const { login, name } = await this.accounts.get(id);
    return page('accounts/disable', { id, login, name });
  }

  @Post(':id/disable')
  async disable(@Param('id', ParseUUIDPipe) id: string, @CurrentActor() actor: Actor): Promise<SeeOther> {
    await this.accounts.disable(id, actor.id);
    return seeOther('/accounts');
  }

  @Post(':id/enable')
  async enable(@Param('id', ParseUUIDPipe) id: string, @CurrentActor() actor: Actor): Promise<SeeOther> {
    await this.accounts.enable(id, actor.id);
    return seeOther('/accounts');
  }

  /** The link is on this one page only; afterwards nobody can look it up, only make a new one. */
  private async showLink(account: Account, actor: Actor, status: number): Promise<PageReply> {
    const path = await this.links.issue(account.id, 'setup', actor.id);
    const link = `${this.settings.http.publicUrl}${path}`;
    return page('accounts/link', { name: account.name, login: account.login, link }, { status });
  }

  private async show(form: Typed, faults: FormFault[], status: number, done = ''): Promise<PageReply> {
    const now = this.clock.now();
    const publications = await this.publicationChoices();
    const names = new Map(publications.map(({ id, name }) => [id, name]));
    const accounts = (await this.accounts.listAccounts()).map((account) => accountLine(account, names, now));
    return page('accounts/list', { accounts, form, faults, done, choices: roleChoices, publications }, { status });
  }

  private async showEdit(
    { id, login }: Account,
    form: Omit<Typed, 'login'>,
    faults: FormFault[],
    status: number,
  ): Promise<PageReply> {
    const publications = await this.publicationChoices();
    return page('accounts/edit', { id, login, form, faults, choices: roleChoices, publications }, { status });
  }

  private async publicationChoices(): Promise<{ id: string; name: string }[]> {
    return (await this.publications.listPublications()).map(({ id, name }) => ({ id, name }));
  }
}

const roleNote: Readonly<Record<Role, string>> = {
  editor: '导入、修改、送审、发送、催阅',
  reviewer: '审核、退回',
  approver: '签发、退回、撤回',
  systemAdmin: '账号、名单、通道',
  securityAdmin: '查看留痕与通道',
  auditor: '查看留痕；不得兼任管理员',
};

const roleChoices = roles.map((role) => ({ role, text: rolesText[role], note: roleNote[role] }));

/** Colour never stands alone: the state is a word. */
function accountState({ disabledAt, lockedUntil, passwordHash }: Account, now: Date): { text: string; tone: string } {
  if (disabledAt) return { text: '已停用', tone: 'neutral' };
  if (lockedUntil && lockedUntil > now) return { text: '已锁定', tone: 'warn' };
  return passwordHash === null ? { text: '未设密码', tone: 'info' } : { text: '正常', tone: 'good' };
}

function accountLine(account: Account, publications: ReadonlyMap<string, string>, now: Date) {
  const { id, login, name, createdAt, disabledAt } = account;
  const held = account.roles.map((role) => rolesText[role]).join('、');
  const only = account.publicationIds.map((publication) => `《${publications.get(publication) ?? '已删除'}》`).join('');
  return {
    ...{ id, login, name, createdAt, only, state: accountState(account, now), disabled: disabledAt !== null },
    roles: held,
  };
}
