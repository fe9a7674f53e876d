import { percentText } from '../platform/view/helpers.js';
import type { Grade } from './tags.js';

/** What a bar is drawn from: people, each in one part of it. */
export interface BarCounts {
  copies: number;
  acknowledged: number;
  openedOnly: number;
  unreached: number;
}

export interface BarPart {
  grade: Grade;
  word: string;
  n: number;
  /** Of 100. */
  x: number;
  width: number;
}

/** How far the copies of an issue, or of a group, have come, as one line: drawn by partials/bar.hbs and legend.hbs. */
export interface Bar {
  /** The whole of it in words, for who does not see it. */
  label: string;
  /** Acknowledged, in whole percent rounded down. */
  rate: string;
  parts: readonly BarPart[];
}

/**
 * Who has opened without acknowledging and who is not reached are known; the rest has been sent something and shows no sign yet,
 * or is about to be.
 */
export function barOf({ copies, acknowledged, openedOnly, unreached }: BarCounts): Bar {
  const rest = Math.max(0, copies - acknowledged - openedOnly - unreached);
  const counted: readonly (readonly [Grade, string, number])[] = [
    ['acknowledged', '已签收', acknowledged],
    ['opened', '已打开未签收', openedOnly],
    ['delivered', '未打开', rest],
    ['unreachable', '无法送达', unreached],
  ];
  let before = 0;
  const parts = counted.map(([grade, word, n]) => {
    const x = share(before, copies);
    before += n;
    return { grade, word, n, x, width: share(before, copies) - x };
  });
  const label = parts.map(({ word, n }) => `${word}${n}人`).join('，');
  return { label: `共${copies}人：${label}`, rate: percentText(acknowledged, copies), parts };
}

const share = (part: number, whole: number): number => (whole === 0 ? 0 : Math.round((part / whole) * 10_000) / 100);
