import { AccountService } from '../../accounts/account.service.js';
import type { Actor } from '../../accounts/actor.js';
import { OneTimeLinkService } from '../../accounts/one-time-link.service.js';
import { TrialRepository } from '../../accounts/trial.repository.js';
import { TrialService } from '../../issues/trial.service.js';
import type { Service } from '../service.js';
import type { Staff } from './office.js';
import { type Role, rolesText } from '../../domain/roles.js';

interface Seat {
  key: keyof Staff | null;
  login: string;
  name: string;
  roles: readonly Role[];
  /** What a visitor can do there, as the first page of the demo says it. */
  task: string;
}

export const roster = [
  {
    ...{ key: 'editor', login: 'lixx', name: '李编辑', roles: ['editor'] },
    task: '导入和编辑简报，看谁已签收，催阅，管理发送名单。第16期还在编辑，可以改完送审。',
  },
  {
    ...{ key: 'reviewer', login: 'luxx', name: '路审核', roles: ['reviewer'] },
    task: '审核简报。第15期正等着审核。',
  },
  {
    ...{ key: 'approver', login: 'fanxx', name: '范签发', roles: ['approver'] },
    task: '签发、撤回。审核通过的简报由这个身份签发，随后就开始发送。',
  },
  {
    ...{ key: null, login: 'xitong', name: '席系统', roles: ['systemAdmin'] },
    task: '开设账号，设置刊物。',
  },
  {
    ...{ key: null, login: 'anquan', name: '安安全', roles: ['securityAdmin'] },
    task: '查看留痕，管理接口密钥，决定试运行的开始和结束。',
  },
] as const satisfies readonly Seat[];

/** The sign-off chain and two administrators, one account each; those an earlier run made are taken over. */
export async function hireStaff(service: Service): Promise<Staff> {
  const accounts = service.get(AccountService);
  const known = await accounts.listAccounts();
  const hired = new Map<keyof Staff | null, Actor>();
  for (const { key, login, name, roles } of roster) {
    const account = known.find((a) => a.login === login) ?? (await accounts.create({ login, name, roles }, 'demo'));
    hired.set(key, { id: account.id, name, roles });
  }
  return { editor: hired.get('editor')!, reviewer: hired.get('reviewer')!, approver: hired.get('approver')! };
}

/** Like any new installation the demo begins on trial; its security administrator ends it, which the trail shows. */
export async function endTrial(service: Service): Promise<void> {
  const trials = service.get(TrialRepository);
  if ((await trials.load()) !== null) return;
  await trials.set(true, '新安装的系统先试运行', { id: 'demo', name: '演示' }, new Date());
  const security = (await service.get(AccountService).listAccounts()).find(({ login }) => login === 'anquan')!;
  await service.get(TrialService).release('演示环境中的单位和人员都是虚构的，可以直接正式发送', security);
}

/** One link each, good for one sign-in. */
export async function signInLinks(service: Service): Promise<string[]> {
  const accounts = await service.get(AccountService).listAccounts();
  const lines: string[] = [];
  for (const { login, name, roles } of roster) {
    const account = accounts.find((a) => a.login === login);
    if (!account) continue;
    const link = await service.get(OneTimeLinkService).issue(account.id, 'signIn', 'demo');
    lines.push(`一次性登录（${roles.map((role) => rolesText[role]).join('、')} ${name}）：${service.url}${link}`);
  }
  return lines;
}
