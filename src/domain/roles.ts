import { DomainError } from './errors/errors.js';

export const roles = ['editor', 'reviewer', 'approver', 'systemAdmin', 'securityAdmin', 'auditor'] as const;
export type Role = (typeof roles)[number];

export const rolesText: Record<Role, string> = {
  editor: '责任编辑',
  reviewer: '审核人',
  approver: '签发人',
  systemAdmin: '系统管理员',
  securityAdmin: '安全管理员',
  auditor: '审计员',
};

/** Those who make the bulletin, send it and keep the record of who has it. */
const office = ['editor', 'reviewer', 'approver'] as const;

/**
 * Who may do what: the only table of it. Routes, services, buttons and menus ask here. A permission that is not here does not
 * exist; a role that is not named does not have it. `issue.` with the name of an act is that act; who did the step before is
 * a question of its own, see mayAct.
 */
const table = {
  'session.own': roles,
  'issue.read': [...office, 'auditor'],
  'issue.import': ['editor'],
  // Reopening and correcting lead to the form, so whoever may do these may edit; who has edited cannot sign off.
  'issue.edit': ['editor', 'approver'],
  'issue.submitForReview': ['editor'],
  'issue.review': ['reviewer'],
  'issue.sendBack': ['reviewer', 'approver'],
  'issue.signOff': ['approver'],
  'issue.reopen': ['editor', 'approver'],
  'issue.archive': ['editor'],
  'issue.unarchive': ['editor'],
  'issue.withdraw': ['approver'],
  'issue.correct': ['editor', 'approver'],
  'issue.giveUpCorrection': ['editor', 'approver'],
  'dispatch.control': ['editor', 'approver'],
  'dispatch.remind': ['editor', 'approver'],
  // What was signed on paper or said on the phone is recorded by the office, whoever of it was there.
  'acknowledge.onBehalf': office,
  'reply.settle': office,
  'list.read': [...office, 'systemAdmin', 'auditor'],
  'list.edit': ['editor', 'systemAdmin'],
  'list.exportFull': ['editor', 'systemAdmin'],
  'calendar.read': roles,
  'calendar.edit': ['systemAdmin'],
  'contact.edit': ['editor', 'systemAdmin'],
  'contact.reveal': ['editor'],
  'contact.wipe': ['systemAdmin'],
  'amendment.answer': ['editor', 'systemAdmin'],
  'subscription.decide': ['editor'],
  'publication.read': [...office, 'systemAdmin', 'auditor'],
  'publication.create': ['approver', 'systemAdmin'],
  'publication.edit': ['approver', 'systemAdmin'],
  // No secret stands on it: everybody may see why something did not arrive.
  'channel.read': roles,
  'channel.manage': ['systemAdmin'],
  'channel.control': ['editor', 'systemAdmin'],
  // Everybody may know that nothing is sent to those whom it is about.
  'trial.read': roles,
  'trial.people': ['editor', 'systemAdmin'],
  'trial.decide': ['securityAdmin'],
  'account.manage': ['systemAdmin'],
  'apiKey.manage': ['securityAdmin'],
  'audit.read': ['securityAdmin', 'auditor'],
} as const satisfies Record<string, readonly Role[]>;

export type Permission = keyof typeof table;
export const permissions = Object.keys(table) as Permission[];

/** Roles that have one of the permissions, in the order of `roles`. */
export function rolesWith(...anyOf: readonly Permission[]): readonly Role[] {
  return roles.filter((role) => mayDo([role], ...anyOf));
}

/** Several roles add up; of several permissions one is enough. */
export function mayDo(held: readonly Role[], ...anyOf: readonly Permission[]): boolean {
  return anyOf.some((permission) => (table[permission] as readonly Role[]).some((role) => held.includes(role)));
}

export function permissionsOf(held: readonly Role[]): readonly Permission[] {
  return permissions.filter((permission) => mayDo(held, permission));
}

/** What an account whose roles hold for chosen publications may do there and nowhere else. Everybody of the office reads all. */
const ofPublication: ReadonlySet<Permission> = new Set<Permission>([
  'issue.edit',
  'issue.submitForReview',
  'issue.review',
  'issue.sendBack',
  'issue.signOff',
  'issue.reopen',
  'issue.archive',
  'issue.unarchive',
  'issue.withdraw',
  'issue.correct',
  'issue.giveUpCorrection',
  'dispatch.control',
  'dispatch.remind',
  'publication.edit',
]);

/** Whether one of the permissions may be held for chosen publications only. */
export const boundToPublication = (...anyOf: readonly Permission[]): boolean =>
  anyOf.some((permission) => ofPublication.has(permission));

/** @param publications for which somebody's roles hold; empty: all */
export const holdsFor = (publications: readonly string[], publicationId: string): boolean =>
  publications.length === 0 || publications.includes(publicationId);

/** @throws DomainError account.needsRole, naming the roles that may; nothing when one of the permissions is held */
export function demand(held: readonly Role[], ...anyOf: readonly Permission[]): void {
  if (!mayDo(held, ...anyOf)) throw new DomainError('account.needsRole', { roles: namesOf(rolesWith(...anyOf)) });
}

export const namesOf = (some: readonly Role[]): string[] => some.map((role) => rolesText[role]);

/** What a program may do through the interface. A key has some of these and nothing else, and an account has none. */
export const apiScopes = {
  'organisation.read': '查看单位、岗位、任职（联系方式打码）',
  'organisation.write': '修改单位、岗位、任职',
  'groups.read': '查看分组和试算发送范围',
  'groups.write': '修改分组',
  'subscriptions.read': '查看自愿订阅（地址打码）',
  'subscriptions.write': '批准、拒绝、停止自愿订阅',
} as const satisfies Record<string, string>;

export type ApiScope = keyof typeof apiScopes;
export const apiScopeNames = Object.keys(apiScopes) as [ApiScope, ...ApiScope[]];

/** Null, or why one person may not have these roles together (等保 separation of administrators from the auditor). */
export function rolesConflict(held: readonly Role[]): string | null {
  const administrator = held.find((role) => role === 'systemAdmin' || role === 'securityAdmin');
  if (administrator === undefined || !held.includes('auditor')) return null;
  return `“${rolesText[administrator]}”和“${rolesText.auditor}”不能由同一人担任。`;
}
