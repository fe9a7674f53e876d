import type { ParseResult } from '../domain/bulletin/bulletin.js';
import { classifiedLevel } from '../domain/bulletin/classification.js';
import { parseBulletin, parseBulletinText } from '../domain/bulletin/parse.js';
import type { Look } from '../domain/bulletin/lines.js';
import { namedPaper } from '../domain/bulletin/named-paper.js';
import type { PaperLayout } from '../domain/bulletin/paper-layout.js';
import { documentKind } from '../platform/document/document-kind.js';
import { type DocumentLine, DocumentRefused, type DocumentText } from '../platform/document/document-text.js';
import { readDocument } from '../platform/document/read-document.js';

/** A Word file or a PDF may carry pictures; its text has the limit of any bulletin. */
export const largestBulletinFile = 20 * 1024 * 1024;

type Refused = Exclude<ParseResult, { kind: 'bulletin' }>;

/** `looks` by the number of the line. */
export type BulletinFileResult = Refused | (Extract<ParseResult, { kind: 'bulletin' }> & { looks: Map<number, Look> });

const withLooks = (result: ParseResult, looks: readonly (Look | undefined)[]): BulletinFileResult =>
  result.kind === 'bulletin'
    ? { ...result, looks: new Map(looks.flatMap((look, at) => (look ? [[at + 1, look] as const] : []))) }
    : result;

/**
 * Reads a bulletin from a text file, a Word document, a PDF or a web page, by what the bytes are, whatever the file is called. A mark of
 * secrecy in a header, a text box, a note, hidden text or a property counts as one on the page, before anything else is read.
 *
 * @param papers what is known of the layouts of publications; that of the one that the text names is evidence
 */
export async function readBulletinFile(
  bytes: Uint8Array,
  papers: readonly PaperLayout[] = [],
): Promise<BulletinFileResult> {
  const kind = documentKind(bytes);
  if (kind === null)
    return withLooks(
      asItsPaper((paper) => parseBulletin(bytes, { paper }), papers),
      [],
    );
  try {
    const document = await readDocument(bytes, kind);
    return markedResult(document.aside) ?? readText(document, papers);
  } catch (error) {
    if (!(error instanceof DocumentRefused)) throw error;
    return markedResult(error.aside) ?? { kind: 'notBulletin', reason: error.message, warnings: [] };
  }
}

function markedResult(aside: readonly string[]): Refused | null {
  const level = classifiedLevel({ head: [], body: [], edge: aside.flatMap((text) => text.split(/\n/u)) });
  return level === null ? null : { kind: 'classified', level };
}

function readText({ lines, heads, remarks = [] }: DocumentText, papers: readonly PaperLayout[]): BulletinFileResult {
  const alone = parsed(lines, papers);
  const under = [...heads.slice(0, mostHeads), ...lines];
  const headed = hasName(alone) || heads.length === 0 ? alone : parsed(under, papers);
  const result = hasName(headed) ? headed : alone;
  if (result.kind !== 'bulletin') return result;
  const above = result === alone ? 0 : Math.min(heads.length, mostHeads);
  const { warnings } = result.bulletin;
  for (const { line, code, text } of remarks) warnings.push({ line: line + above, code, message: text });
  warnings.sort((one, other) => one.line - other.line);
  return withLooks(result, (result === alone ? lines : under).map(lookOf));
}

/** Some papers have their masthead in the header of the page and nowhere else; of several headers it is in one of the first. */
const mostHeads = 6;

/** Bold words at the beginning of a line are a headline or a point of a list alike: they prove nothing. */
const parsed = (lines: readonly DocumentLine[], papers: readonly PaperLayout[]): ParseResult => {
  const text = lines.map((line) => line.text).join('\n');
  return asItsPaper((paper) => parseBulletinText(text, lines.map(lookOf), { paper }), papers);
};

/** Read once more with what is known of the paper that the first reading names. A secret mark counts in either. */
function asItsPaper(read: (paper: PaperLayout | null) => ParseResult, papers: readonly PaperLayout[]): ParseResult {
  const first = read(null);
  if (first.kind !== 'bulletin' || papers.length === 0) return first;
  const paper = namedPaper(first.bulletin.series, first.text.split('\n', FIRST_LINES), papers);
  if (paper === null) return first;
  const again = read(paper);
  return again.kind === 'notBulletin' ? first : again;
}

const FIRST_LINES = 60;

const lookOf = ({ look }: DocumentLine): Look | undefined => look && { ...look, lead: null };

/** A secret mark counts in either reading. */
const hasName = (result: ParseResult): boolean =>
  result.kind === 'classified' ||
  (result.kind === 'bulletin' &&
    result.bulletin.series !== null &&
    !result.bulletin.warnings.some(({ code }) => code === 'series_guessed'));
