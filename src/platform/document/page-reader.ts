import { tooLarge } from '../office-file/file-fault.js';
import type { Attributes, PartReader } from '../office-file/xml-part.js';
import { attribute, isOn, type ListNumbers, valueOf } from './list-numbers.js';

/** Far more than any bulletin has. */
const mostLines = 100_000;
const mostCharacters = 3_000_000;
/** Between cells of a row, as readers of text know columns. */
const betweenCells = '    ';

/** Content that is not shown: deleted, moved away, a reading aid, or a second copy for old programs. */
const unshown = new Set(['del', 'moveFrom', 'rt', 'Fallback']);

interface Paragraph {
  text: string;
  hidden: string;
  list: string | null;
  level: number | null;
  style: string | null;
  /** Its mark is deleted: it goes on in the next one. */
  goesOn: boolean;
}

interface Row {
  cells: string[][];
  deleted: boolean;
}

/**
 * Lines of a document's body, header, footer or notes (ECMA-376 part 1, 17). Insertions count, deletions do not; a field shows
 * its result; a text box stands before the paragraph that it hangs on; cells of a row stand on one line where each has one.
 */
export class PageReader implements PartReader {
  readonly lines: string[] = [];
  /** Text boxes and hidden text, besides. */
  readonly aside: string[] = [];
  private readonly names: string[] = [];
  private readonly containers: string[][] = [this.lines];
  private readonly paragraphs: Paragraph[] = [];
  private readonly rows: Row[] = [];
  private fields: ('code' | 'result')[] = [];
  private skipping = 0;
  private carried = '';
  private hidden = false;
  private takesText = false;
  private characters = 0;

  constructor(private readonly numbers: ListNumbers | null) {}

  open(name: string, attributes: Attributes): void {
    const parent = this.names.at(-1);
    this.names.push(name);
    if (unshown.has(name) && parent !== 'rPr' && parent !== 'trPr') this.skipping += 1;
    const paragraph = this.paragraphs.at(-1);
    switch (name) {
      case 'p':
        this.paragraphs.push({ text: '', hidden: '', list: null, level: null, style: null, goesOn: false });
        break;
      case 'r':
        this.hidden = false;
        break;
      case 't':
        this.takesText = true;
        break;
      case 'tab':
        if (parent === 'r') this.add('\t');
        break;
      case 'br':
      case 'cr':
        this.add('\n');
        break;
      case 'noBreakHyphen':
        this.add('-');
        break;
      case 'fldChar':
        this.field(attribute(attributes, 'fldCharType'));
        break;
      case 'vanish':
        if (this.names.at(-3) === 'r') this.hidden = isOn(attributes);
        break;
      case 'del':
        if (parent === 'trPr' && this.rows.length > 0) this.rows.at(-1)!.deleted = true;
        if (parent === 'rPr' && this.names.at(-3) === 'pPr' && paragraph) paragraph.goesOn = true;
        break;
      case 'numId':
        if (paragraph && parent === 'numPr' && !this.isOld()) paragraph.list = valueOf(attributes);
        break;
      case 'ilvl':
        if (paragraph && parent === 'numPr' && !this.isOld()) paragraph.level = Number(valueOf(attributes)) || 0;
        break;
      case 'pStyle':
        if (paragraph && !this.isOld()) paragraph.style = valueOf(attributes);
        break;
      case 'txbxContent':
        this.containers.push([]);
        break;
      case 'tr':
        this.rows.push({ cells: [], deleted: false });
        break;
      case 'tc':
        this.containers.push([]);
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
      this.aside.push(...box);
      this.put(box);
    }
  }

  text(text: string): void {
    if (this.takesText) this.add(text);
  }

  /** Changes of a paragraph's properties keep the old ones beside the new. */
  private isOld(): boolean {
    return this.names.includes('pPrChange');
  }

  private add(text: string): void {
    const paragraph = this.paragraphs.at(-1);
    if (!paragraph || this.skipping > 0 || this.fields.includes('code')) return;
    this.characters += text.length;
    if (this.characters > mostCharacters) throw tooLarge();
    if (this.hidden) paragraph.hidden += text;
    else paragraph.text += text;
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
    const text = this.carried + paragraph.text;
    this.carried = paragraph.goesOn ? text : '';
    if (paragraph.goesOn) return;
    const { list, level, style } = paragraph;
    // An empty paragraph of a list shows no number in Word, and does not count.
    const number = text.trim() === '' ? '' : (this.numbers?.next(list, level, style) ?? '');
    this.put((number + text).split('\n'));
  }

  private endRow(): void {
    const row = this.rows.pop();
    if (!row || row.deleted || this.skipping > 0) return;
    const cells = row.cells.map((lines) => lines.filter((line) => line.trim() !== ''));
    const isOneLine = cells.every((lines) => lines.length <= 1);
    this.put(isOneLine ? [cells.flat().join(betweenCells)] : cells.flat());
  }

  private put(lines: readonly string[]): void {
    const container = this.containers.at(-1)!;
    for (const line of lines) container.push(line);
    if (container.length > mostLines) throw tooLarge();
  }
}
