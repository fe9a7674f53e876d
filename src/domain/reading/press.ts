/**
 * Whether a press of 签收 was a person's. A programme that follows links, submits forms or clicks buttons must acknowledge
 * nothing; a person must lose nothing: what is doubtful is asked once more, on a page of its own.
 */

/** Younger pages are pressed by programmes: they act as soon as a page is there; a person has to find the button first. */
export const quickestPressMs = 1000;

/** A working day, as for the proof of identity: what stood open longer is asked about again. */
export const longestPressMs = 12 * 3_600_000;

/** The page a press came from, by its signed mark. */
export interface PressedPage {
  /** Time since the page was made; negative when the clock of whoever made it was ahead of ours. */
  ageMs: number;
  /** It was the page that asks once more. */
  asked: boolean;
  /** What no person sees on it was used. */
  decoyed: boolean;
}

export type PressOutcome = 'acknowledged' | 'askAgain' | 'machine';

/**
 * @param page null without a mark, or with one that is not ours, or another copy's
 * @param filled the press brought something in the field that no person sees
 */
export function judgePress(page: PressedPage | null, filled: boolean): PressOutcome {
  if (filled || page?.decoyed) return 'machine';
  if (page === null || page.ageMs > longestPressMs) return 'askAgain';
  // Two processes, two clocks: its age is unknown. Nobody else can date a mark, so that asking once is enough.
  if (page.ageMs < 0) return page.asked ? 'acknowledged' : 'askAgain';
  return page.ageMs < quickestPressMs ? 'askAgain' : 'acknowledged';
}

/** What WeCom had said of whoever pressed inside of it: that it is the addressee, or nothing. */
export type MemberProven = 'own' | 'untold';

/** Kept with the evidence: on what a press was believed. */
export interface PressProof {
  /** Whole seconds from the making of the page to the press; null where the clocks disagreed. */
  pageSeconds: number | null;
  asked: boolean;
  /** Absent outside of WeCom. */
  member?: MemberProven;
}

export const pressProof = ({ ageMs, asked }: PressedPage, member: MemberProven | null = null): PressProof => ({
  pageSeconds: ageMs < 0 ? null : Math.floor(ageMs / 1000),
  asked,
  ...(member === null ? {} : { member }),
});

const memberText: Record<MemberProven, string> = {
  own: '企业微信已核对为本人',
  untold: '在企业微信内打开，未能核对身份',
};

export function pressProofText({ pageSeconds, asked, member }: PressProof): string {
  const age = pageSeconds === null ? '' : `页面打开${durationText(pageSeconds)}后按下`;
  return [age, asked ? '经再次确认' : '', member ? memberText[member] : ''].filter(Boolean).join('，');
}

/**
 * A programme that waits and sends the true form cannot be told from a person without a script: where nothing but the press
 * speaks of a person, the evidence says so.
 */
export function pressDoubt(
  evidence: readonly { kind: string; via: string; by: string | null; at: Date }[],
): string | null {
  const press = evidence.find(({ kind, via, by }) => kind === 'acknowledged' && via === 'page' && by === null);
  if (!press || evidence.some(({ kind, at }) => kind === 'opened' && at <= press.at)) return null;
  return '签收之前没有收到页面已在屏幕上显示的信号：可能是浏览器没有运行脚本，也不能排除由程序代按。需要时请与本人核实。';
}

function durationText(seconds: number): string {
  if (seconds < 60) return `${seconds}秒`;
  return seconds < 3600 ? `${Math.floor(seconds / 60)}分钟` : `${Math.floor(seconds / 3600)}小时`;
}
