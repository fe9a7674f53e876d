/** A document as text: what stands on its pages, line by line, and what stands beside them. */
export interface DocumentText {
  lines: string[];
  /**
   * Headers, footers, notes, comments, text boxes, hidden text and properties: no part of the text, but a mark of secrecy may
   * stand there alone.
   */
  aside: string[];
}

/** What a document is refused for; the sentence is for the user. */
export class DocumentRefused extends Error {
  /** @param met what the reader met, for the log; nothing of the file's content */
  constructor(
    sentence: string,
    readonly met: string | null = null,
  ) {
    super(sentence);
  }
}
