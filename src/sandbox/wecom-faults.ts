/**
 * Members that misbehave, by the beginning of the user id (alone or followed by a digit, dot or hyphen); they exist
 * whatever the member list says:
 *
 * | user id | what happens |
 * |---|---|
 * | `nouser` | in `invaliduser`; alone 81013 |
 * | `nolicense` | in `unlicenseduser`; alone 81013 |
 * | `busy` | errcode -1 the first time for each request text |
 * | `rate` | errcode 45009 |
 * | `drop` | shown, and the link is cut without an answer, the first time for each request text |
 * | `slow` | not taken, and no answer until the client gives up |
 */
export const wecomFaults = ['nouser', 'nolicense', 'busy', 'rate', 'drop', 'slow'] as const;
export type WecomFault = (typeof wecomFaults)[number];

export function wecomFaultOf(userId: string): WecomFault | null {
  const word = /^([a-z]+)(?:[\d.-].*)?$/i.exec(userId)?.[1]?.toLowerCase();
  return wecomFaults.find((fault) => fault === word) ?? null;
}
