/** The first page for somebody who has just signed in. */
export function landingPath(held: readonly string[]): string {
  if (held.includes('issue.read')) return '/issues';
  if (held.includes('account.manage')) return '/accounts';
  return '/audit';
}
