import type { Role } from '../domain/issue-state.js';

/** Who may do what. A permission that is not here does not exist; a role that is not named does not have it. */
const table = {
  'session.own': ['editor', 'reviewer', 'approver', 'systemAdmin', 'securityAdmin', 'auditor'],
  'issue.read': ['editor', 'reviewer', 'approver', 'auditor'],
  'issue.import': ['editor'],
  'issue.edit': ['editor'],
  'issue.review': ['reviewer', 'approver'],
  'issue.signOff': ['approver'],
  'issue.withdraw': ['approver'],
  'dispatch.control': ['editor', 'approver'],
  'dispatch.remind': ['editor', 'approver'],
  'acknowledge.onBehalf': ['editor'],
  'list.read': ['editor', 'reviewer', 'approver', 'systemAdmin', 'auditor'],
  'list.edit': ['editor', 'systemAdmin'],
  'list.exportFull': ['editor', 'systemAdmin'],
  'calendar.read': ['editor', 'reviewer', 'approver', 'systemAdmin', 'securityAdmin', 'auditor'],
  'calendar.edit': ['systemAdmin'],
  'contact.edit': ['editor', 'systemAdmin'],
  'contact.reveal': ['editor'],
  'contact.wipe': ['systemAdmin'],
  'amendment.answer': ['editor', 'systemAdmin'],
  'subscription.decide': ['editor'],
  'publication.read': ['editor', 'reviewer', 'approver', 'systemAdmin', 'auditor'],
  'publication.edit': ['approver', 'systemAdmin'],
  'channel.read': ['editor', 'approver', 'systemAdmin', 'securityAdmin'],
  'channel.control': ['editor', 'systemAdmin'],
  'account.manage': ['systemAdmin'],
  'apiKey.manage': ['securityAdmin'],
  'audit.read': ['securityAdmin', 'auditor'],
} as const satisfies Record<string, readonly Role[]>;

export type Permission = keyof typeof table;
export const permissions = Object.keys(table) as Permission[];

export const rolesWith = (permission: Permission): readonly Role[] => table[permission];

/** Several roles add up. */
export function mayDo(roles: readonly Role[], permission: Permission): boolean {
  return rolesWith(permission).some((role) => roles.includes(role));
}

export function permissionsOf(roles: readonly Role[]): readonly Permission[] {
  return permissions.filter((permission) => mayDo(roles, permission));
}

/** The first page for somebody who has just signed in. */
export function landingPath(held: readonly string[]): string {
  if (held.includes('issue.read')) return '/issues';
  if (held.includes('account.manage')) return '/accounts';
  return '/audit';
}
