import type { Look } from '../../domain/bulletin/lines.js';

/** A line, or a paragraph; `look` where the file says how it is set. */
export interface DocumentLine {
  text: string;
  look?: Look;
  /** Where the file has pages; from 1. */
  page?: number;
}

/** A document as text: what stands on its pages, line by line, and what stands beside them. */
export interface DocumentText {
  lines: DocumentLine[];
  /** What is printed above the text of every page; it stands in `aside` too. */
  heads: DocumentLine[];
  /**
   * Headers, footers, notes, comments, text boxes, hidden text and properties: no part of the text, but a mark of secrecy may
   * stand there alone.
   */
  aside: string[];
  remarks?: DocumentRemark[];
}

/** What a person should know of what could not be read, and behind which line. */
export interface DocumentRemark {
  line: number;
  code: 'page_without_text' | 'web_page_text';
  text: string;
}

/** What a document is refused for; the sentence is for the user. */
export class DocumentRefused extends Error {
  /**
   * @param met what the reader met, for the log; nothing of the file's content
   * @param aside what was seen of it before: a mark of secrecy counts all the same
   */
  constructor(
    sentence: string,
    readonly met: string | null = null,
    readonly aside: readonly string[] = [],
  ) {
    super(sentence);
  }
}
