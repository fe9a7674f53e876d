import { roles } from '../domain/issue-state.js';
import { landingPath, mayDo, permissions, permissionsOf } from './permissions.js';

describe('permissions', () => {
  it('are denied to somebody without a role', () => {
    expect(permissionsOf([])).toEqual([]);
  });

  it('keep the administrator out of the issues and the office out of the accounts', () => {
    expect(permissionsOf(['systemAdmin']).filter((permission) => permission.startsWith('issue.'))).toEqual([]);
    for (const role of ['editor', 'reviewer', 'approver'] as const) expect(mayDo([role], 'account.manage')).toBe(false);
  });

  it('let only the approver sign off', () => {
    expect(roles.filter((role) => mayDo([role], 'issue.signOff'))).toEqual(['approver']);
  });

  it('let the auditor read and change nothing', () => {
    const changing = permissionsOf(['auditor']).filter((permission) => !permission.endsWith('.read'));
    expect(changing).toEqual(['session.own']);
  });

  it('add up over several roles', () => {
    expect(mayDo(['editor', 'approver'], 'issue.edit')).toBe(true);
    expect(mayDo(['editor', 'approver'], 'issue.signOff')).toBe(true);
  });

  it('leave none without a role, and send every role to a page that it may see', () => {
    for (const permission of permissions) expect(roles.some((role) => mayDo([role], permission))).toBe(true);
    expect(roles.map((role) => landingPath(permissionsOf([role])))).toEqual([
      '/issues',
      '/issues',
      '/issues',
      '/accounts',
      '/audit',
      '/issues',
    ]);
  });
});
