import type { ParseResult } from '../domain/bulletin/bulletin.js';
import { classifiedLevel } from '../domain/bulletin/classification.js';
import { parseBulletin, parseBulletinText } from '../domain/bulletin/parse.js';
import { DocumentRefused, type DocumentText } from '../platform/document/document-text.js';
import { mayBeDocument, readDocument } from '../platform/document/read-document.js';

/** A Word file may carry pictures; its text has the limit of any bulletin. */
export const largestBulletinFile = 20 * 1024 * 1024;

/**
 * Reads a bulletin from a text file or a Word document, by what the bytes are, whatever the file is called. A mark of secrecy
 * in a header, a text box, a note, hidden text or a property counts as one on the page, before anything else is read.
 */
export async function readBulletinFile(bytes: Uint8Array): Promise<ParseResult> {
  if (!mayBeDocument(bytes)) return parseBulletin(bytes);
  let document: DocumentText;
  try {
    document = await readDocument(bytes);
  } catch (error) {
    if (!(error instanceof DocumentRefused)) throw error;
    return { kind: 'notBulletin', reason: error.message, warnings: [] };
  }
  const level = classifiedLevel({ head: [], body: [], edge: document.aside.flatMap((text) => text.split(/\n/u)) });
  if (level !== null) return { kind: 'classified', level };
  return parseBulletinText(document.lines.join('\n'));
}
