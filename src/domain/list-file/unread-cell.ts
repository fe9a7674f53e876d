import { cellName } from './cell-name.js';

/**
 * Why a cell could not be read: a formula's error, a formula without a stored result, characters that are none, a reference to
 * a text that the file does not have.
 */
export type Unreadable = 'error' | 'noResult' | 'characters' | 'damaged';

/** A cell whose content is not what the table holds of it. */
export interface UnreadCell {
  /** Counted from 1. */
  row: number;
  /** Counted from 0. */
  column: number;
  why: Unreadable;
}

const sentences: Readonly<Record<Unreadable, string>> = {
  error: '是公式错误（如 #N/A），没有读到内容。请改成正确的内容；确实没有的，请清空这一格。',
  noResult: '的公式没有保存结果，没有读到内容。请在 Excel 或 WPS 中打开，重新计算并保存；或改成文字。',
  characters: '中有无法识别的字符（标为“\uFFFD”），请重新填写这一格。',
  damaged: '的内容在文件中已经损坏，没有读到。请重新填写这一格。',
};

export const unreadSentence = ({ row, column, why }: UnreadCell): string =>
  `${cellName(row, column)}格${sentences[why]}`;
