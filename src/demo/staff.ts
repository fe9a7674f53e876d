import { AccountService } from '../accounts/account.service.js';
import { OneTimeLinkService } from '../accounts/one-time-link.service.js';
import type { Role } from '../domain/issue-state.js';
import type { Service } from '../service.js';
import type { Staff } from './office.js';

const roster = [
  { key: 'editor', login: 'lixx', name: '李编辑', roles: ['editor'], what: '责任编辑' },
  { key: 'reviewer', login: 'luxx', name: '路审核', roles: ['reviewer'], what: '审核人' },
  { key: 'approver', login: 'fanxx', name: '范签发', roles: ['approver'], what: '签发人' },
] as const satisfies readonly { key: keyof Staff; login: string; name: string; roles: readonly Role[]; what: string }[];

/** The three accounts of the sign-off chain; those an earlier run made are taken over. */
export async function hireStaff(service: Service): Promise<Staff> {
  const accounts = service.get(AccountService);
  const known = await accounts.list();
  const hire = async (key: keyof Staff) => {
    const { login, name, roles } = roster.find((row) => row.key === key)!;
    const account = known.find((a) => a.login === login) ?? (await accounts.create({ login, name, roles }, 'demo'));
    return { id: account.id, name, roles };
  };
  return { editor: await hire('editor'), reviewer: await hire('reviewer'), approver: await hire('approver') };
}

/** One link each, good for one sign-in. */
export async function signInLinks(service: Service): Promise<string[]> {
  const accounts = await service.get(AccountService).list();
  const lines: string[] = [];
  for (const { login, name, what } of roster) {
    const account = accounts.find((a) => a.login === login);
    if (account)
      lines.push(
        `一次性登录（${what} ${name}）：${service.url}${await service.get(OneTimeLinkService).issue(account.id, 'signIn', 'demo')}`,
      );
  }
  return lines;
}
