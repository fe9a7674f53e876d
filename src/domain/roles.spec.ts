import { DomainError } from './errors/errors.js';
import { demand, mayDo, permissions, permissionsOf, type Role, rolesConflict, rolesWith } from './roles.js';

describe('roles', () => {
  it('have no permission where there is no role', () => {
    expect(permissionsOf([])).toEqual([]);
    for (const permission of permissions) expect(rolesWith(permission)).not.toEqual([]);
  });

  it('keep the administrator out of the issues and the office out of the accounts', () => {
    expect(permissionsOf(['systemAdmin']).filter((permission) => permission.startsWith('issue.'))).toEqual([]);
    for (const role of ['editor', 'reviewer', 'approver'] as const) expect(mayDo([role], 'account.manage')).toBe(false);
  });

  it('let only the approver sign off', () => {
    expect(rolesWith('issue.signOff')).toEqual(['approver']);
  });

  it('let the auditor read and change nothing', () => {
    const changing = permissionsOf(['auditor']).filter((permission) => !permission.endsWith('.read'));
    expect(changing).toEqual(['session.own']);
  });

  it('let the whole office record what was signed on paper, and nobody else', () => {
    expect(rolesWith('acknowledge.onBehalf')).toEqual(['editor', 'reviewer', 'approver']);
  });

  it('let whoever may reopen or correct an issue edit it', () => {
    expect(rolesWith('issue.edit')).toEqual(rolesWith('issue.reopen', 'issue.correct'));
  });

  it('add up over several roles', () => {
    expect(mayDo(['editor', 'approver'], 'issue.import')).toBe(true);
    expect(mayDo(['editor', 'approver'], 'issue.signOff')).toBe(true);
  });

  it('are named to somebody who lacks them', () => {
    expect(() => demand(['auditor'], 'issue.review', 'issue.signOff')).toThrow(
      new DomainError('account.needsRole', { roles: ['审核人', '签发人'] }),
    );
    expect(demand(['approver'], 'issue.review', 'issue.signOff')).toBeUndefined();
  });
});

describe('rolesConflict', () => {
  it.each<[Role[], boolean]>([
    [['auditor'], false],
    [['systemAdmin', 'securityAdmin'], false],
    [['editor', 'reviewer', 'approver'], false],
    [['auditor', 'systemAdmin'], true],
    [['securityAdmin', 'editor', 'auditor'], true],
  ])('%s: %s', (held, conflict) => {
    expect(rolesConflict(held) !== null).toBe(conflict);
  });
});
