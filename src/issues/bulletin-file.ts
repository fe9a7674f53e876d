import type { ParseResult } from '../domain/bulletin/bulletin.js';
import { classifiedLevel } from '../domain/bulletin/classification.js';
import { parseBulletin, parseBulletinText } from '../domain/bulletin/parse.js';
import { documentKind } from '../platform/document/document-kind.js';
import { DocumentRefused, type DocumentText } from '../platform/document/document-text.js';
import { readDocument } from '../platform/document/read-document.js';

/** A Word file or a PDF may carry pictures; its text has the limit of any bulletin. */
export const largestBulletinFile = 20 * 1024 * 1024;

/**
 * Reads a bulletin from a text file, a Word document or a PDF, by what the bytes are, whatever the file is called. A mark of
 * secrecy in a header, a text box, a note, hidden text or a property counts as one on the page, before anything else is read.
 */
export async function readBulletinFile(bytes: Uint8Array): Promise<ParseResult> {
  const kind = documentKind(bytes);
  if (kind === null) return parseBulletin(bytes);
  try {
    const document = await readDocument(bytes, kind);
    return markedResult(document.aside) ?? readText(document);
  } catch (error) {
    if (!(error instanceof DocumentRefused)) throw error;
    return markedResult(error.aside) ?? { kind: 'notBulletin', reason: error.message, warnings: [] };
  }
}

function markedResult(aside: readonly string[]): ParseResult | null {
  const level = classifiedLevel({ head: [], body: [], edge: aside.flatMap((text) => text.split(/\n/u)) });
  return level === null ? null : { kind: 'classified', level };
}

function readText({ lines, remarks = [] }: DocumentText): ParseResult {
  const result = parseBulletinText(lines.map(({ text }) => text).join('\n'));
  if (result.kind !== 'bulletin') return result;
  const { warnings } = result.bulletin;
  for (const { line, text } of remarks) warnings.push({ line, code: 'page_without_text', message: text });
  warnings.sort((one, other) => one.line - other.line);
  return result;
}
