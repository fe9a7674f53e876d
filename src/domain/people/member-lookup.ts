/**
 * When WeCom is asked which account belongs to a mobile number. It guards that question against guessing: who misses often is
 * refused for long (errcode 45009), so that few are asked at a time and a miss is remembered.
 */

/** People asked about in one go. */
export const lookupsAtOnce = 20;
export const lookupEveryMs = 3_600_000;
/** Then it is asked about the number again: somebody may have joined. */
export const missKeptMs = 7 * 86_400_000;
/** After a refusal that is not about the person. */
export const lookupPauseMs = 86_400_000;

/** About one number. */
export type LookupAnswer =
  | { kind: 'found'; userId: string }
  /** Nobody has it whom the application can see; remembered. */
  | { kind: 'none' }
  /** No answer now: the others are asked next time. */
  | { kind: 'later'; code: string }
  /** Asking further makes it worse, or the settings are wrong: nobody is asked for a day. */
  | { kind: 'stop'; code: string };

/** No such member, one outside of what the application may see, and a number that WeCom takes for none. */
const none: ReadonlySet<number> = new Set([40003, 46004, 60011, 60103, 60111]);
const busy: ReadonlySet<number> = new Set([-1, 6000]);

/** What a refusal with this code means (developer.work.weixin.qq.com/document/path/95402, path/90313). */
export function lookupRefusal(errcode: number): Exclude<LookupAnswer, { kind: 'found' }> {
  if (none.has(errcode)) return { kind: 'none' };
  return { kind: busy.has(errcode) ? 'later' : 'stop', code: String(errcode) };
}
