import { tooLarge } from '../../office-file/file-fault.js';
import type { Attributes, PartReader } from '../../office-file/xml-part.js';
import type { DocumentLine } from '../document-text.js';
import { rowOf } from '../table-row.js';
import { attribute, valueOf } from './attributes.js';
import type { ListNumbers } from './list-numbers.js';
import { Paragraph } from './paragraph.js';
import { type RunProperties, takeParagraphProperty, takeRunProperty } from './properties.js';
import type { Styles } from './styles.js';

/** Far more than any bulletin has. */
const mostLines = 100_000;
const mostCharacters = 3_000_000;

/** Content that is not shown: deleted, moved away, a reading aid, or a second copy for old programs. */
const unshown = new Set(['del', 'moveFrom', 'rt', 'Fallback']);

const pageEnd: DocumentLine = { text: '\f' };

interface Row {
  cells: DocumentLine[][];
  deleted: boolean;
}

/**
 * Lines of a document's body, header, footer or notes (ECMA-376 part 1, 17). Insertions count, deletions do not; a field shows
 * its result; a text box stands before the paragraph that it hangs on; cells of a row stand on one line where each has one.
 * Sizes in the looks of lines are half points.
 */
export class PageReader implements PartReader {
  readonly lines: DocumentLine[] = [];
  /** Text boxes and hidden text, besides. */
  readonly aside: string[] = [];
  private readonly names: string[] = [];
  private readonly containers: DocumentLine[][] = [this.lines];
  private readonly paragraphs: Paragraph[] = [];
  private readonly rows: Row[] = [];
  private fields: ('code' | 'result')[] = [];
  private skipping = 0;
  private carried: Paragraph | null = null;
  private run: RunProperties = {};
  private takesText = false;
  private characters = 0;

  constructor(
    private readonly styles: Styles,
    private readonly numbers: ListNumbers | null,
  ) {}

  open(name: string, attributes: Attributes): void {
    const parent = this.names.at(-1);
    const owner = this.names.at(-2);
    this.names.push(name);
    if (unshown.has(name) && parent !== 'rPr' && parent !== 'trPr') this.skipping += 1;
    const paragraph = this.paragraphs.at(-1);
    if (parent === 'rPr' && owner === 'r') takeRunProperty(this.run, name, attributes);
    // Changes of a paragraph's properties keep the old ones beside the new.
    if (paragraph && (parent === 'pPr' || parent === 'numPr') && !this.names.includes('pPrChange'))
      takeParagraphProperty(paragraph.own, name, attributes);
    switch (name) {
      case 'p':
        this.paragraphs.push(new Paragraph(this.styles));
        break;
      case 'r':
        this.run = {};
        break;
      case 't':
        this.takesText = true;
        break;
      case 'tab':
        if (parent === 'r') this.add('\t');
        break;
      case 'br':
      case 'cr':
        this.add(attribute(attributes, 'type') === 'page' ? '\f' : '\n');
        break;
      case 'noBreakHyphen':
        this.add('-');
        break;
      case 'fldChar':
        this.field(attribute(attributes, 'fldCharType'));
        break;
      case 'del':
        if (parent === 'trPr' && this.rows.length > 0) this.rows.at(-1)!.deleted = true;
        if (parent === 'rPr' && owner === 'pPr' && paragraph) paragraph.goesOn = true;
        break;
      case 'sectPr':
        if (parent === 'pPr' && paragraph) paragraph.endsPage = true;
        break;
      case 'type':
        if (parent === 'sectPr' && owner === 'pPr' && paragraph)
          paragraph.endsPage = !/^(?:continuous|nextColumn)$/.test(valueOf(attributes));
        break;
      case 'txbxContent':
      case 'tc':
        this.containers.push([]);
        break;
      case 'tr':
        this.rows.push({ cells: [], deleted: false });
        break;
    }
  }

  close(name: string): void {
    this.names.pop();
    const parent = this.names.at(-1);
    if (unshown.has(name) && parent !== 'rPr' && parent !== 'trPr') this.skipping -= 1;
    if (name === 't') this.takesText = false;
    if (name === 'p') this.endParagraph();
    if (name === 'tc') this.rows.at(-1)?.cells.push(this.containers.pop() ?? []);
    if (name === 'tr') this.endRow();
    if (name === 'txbxContent') {
      const box = this.containers.pop() ?? [];
      if (this.skipping > 0) return;
      this.aside.push(...box.map(({ text }) => text));
      this.put(box);
    }
  }

  text(text: string): void {
    if (this.takesText) this.add(text);
  }

  private add(text: string): void {
    const paragraph = this.paragraphs.at(-1);
    if (!paragraph || this.skipping > 0 || this.fields.includes('code')) return;
    this.characters += text.length;
    if (this.characters > mostCharacters) throw tooLarge();
    paragraph.add(text, this.run);
  }

  private field(type: string): void {
    if (type === 'begin') this.fields.push('code');
    else if (type === 'separate' && this.fields.length > 0) this.fields[this.fields.length - 1] = 'result';
    else if (type === 'end') this.fields.pop();
  }

  private endParagraph(): void {
    const paragraph = this.paragraphs.pop();
    // The code of a field stands in one paragraph, its result may go on: one that never ends must not swallow the rest.
    this.fields = this.fields.map(() => 'result');
    if (!paragraph || this.skipping > 0) return;
    if (paragraph.hidden !== '') this.aside.push(paragraph.hidden);
    if (this.carried) paragraph.continues(this.carried);
    this.carried = paragraph.goesOn ? paragraph : null;
    if (paragraph.goesOn) return;
    // An empty paragraph of a list shows no number in Word, and does not count.
    const number = paragraph.text.trim() === '' ? '' : this.numberOf(paragraph);
    const lines = paragraph.lines(number);
    const begins = this.containers.length === 1 && this.lines.length > 0 && paragraph.breaksPage;
    this.put([...(begins ? [pageEnd] : []), ...lines, ...(paragraph.endsPage ? [pageEnd] : [])]);
  }

  private numberOf({ own, style }: Paragraph): string {
    const { list, listLevel } = own.list === undefined ? style.paragraph : own;
    return this.numbers?.next(list, listLevel, own.style) ?? '';
  }

  private endRow(): void {
    const row = this.rows.pop();
    if (row && !row.deleted && this.skipping === 0) this.put(rowOf(row.cells));
  }

  private put(lines: readonly DocumentLine[]): void {
    const container = this.containers.at(-1)!;
    for (const line of lines) container.push(line);
    if (container.length > mostLines) throw tooLarge();
  }
}
