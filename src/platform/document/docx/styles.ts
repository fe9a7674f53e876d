import { readPart } from '../../office-file/xml-part.js';
import type { ZipArchive } from '../../office-file/zip-archive.js';
import { attribute, isTrueAttribute, valueOf } from './attributes.js';
import { type ParagraphProperties, type RunProperties, takeParagraphProperty, takeRunProperty } from './properties.js';

interface Style {
  name: string;
  basedOn: string | null;
  paragraph: ParagraphProperties;
  run: RunProperties;
}

/** A paragraph's style with all that it inherits. */
export interface FoldedStyle {
  /** `heading 1`, `标题 1`, `刊头`; '' for none, and for the one that all paragraphs have. */
  name: string;
  paragraph: ParagraphProperties;
  run: RunProperties;
}

/** Letters as they are shown. */
export interface Shown {
  bold: boolean;
  hidden: boolean;
  red: boolean;
  size: number;
}

const deepest = 20;
/** Where nobody states one (17.3.2.38). */
const usualSize = 20;
const headingName = /^(?:heading|标题)\s*([1-9])$/iu;

/** The styles of a document with what they inherit from one another, and from the document's defaults (17.7.2). */
export class Styles {
  private readonly styles = new Map<string, Style>();
  private readonly chains = new Map<string, FoldedStyle>();
  private readonly folded = new Map<string, FoldedStyle>();
  private readonly defaults: { paragraph: ParagraphProperties; run: RunProperties } = { paragraph: {}, run: {} };
  private usual: string | null = null;

  constructor(zip: ZipArchive, part: string | null) {
    if (part !== null) this.read(zip, part);
  }

  /** @param id `w:pStyle`; undefined for a paragraph that names none */
  paragraph(id: string | undefined): FoldedStyle {
    return this.fold(id !== undefined && this.styles.has(id) ? id : this.usual);
  }

  /** What is said of the letters themselves comes first, then their own style, then that of the paragraph (17.7.3). */
  shown(own: RunProperties, { run: ofParagraph }: FoldedStyle): Shown {
    const ofLetters = own.style === undefined ? {} : this.chain(own.style).run;
    const { run: usual } = this.defaults;
    const plain = { ...usual, ...ofParagraph, ...ofLetters, ...own };
    // Bold type in a bold paragraph stands out by being thin.
    const toggled = (ofParagraph.bold ?? false) !== (ofLetters.bold ?? false);
    return {
      bold: (own.bold ?? (toggled || usual.bold === true)) || plain.boldFace === true,
      hidden: plain.hidden ?? false,
      red: plain.red ?? false,
      size: plain.size ?? usualSize,
    };
  }

  private fold(id: string | null): FoldedStyle {
    const known = this.folded.get(id ?? '');
    if (known) return known;
    const { name, paragraph, run } = id === null ? { name: '', paragraph: {}, run: {} } : this.chain(id);
    const heading = headingName.exec(name)?.[1];
    const folded: FoldedStyle = {
      name: id === this.usual ? '' : name,
      paragraph: {
        ...this.defaults.paragraph,
        ...(heading === undefined ? {} : { outline: Number(heading) }),
        ...paragraph,
      },
      run,
    };
    this.folded.set(id ?? '', folded);
    return folded;
  }

  private chain(id: string): FoldedStyle {
    const known = this.chains.get(id);
    if (known) return known;
    const own = this.styles.get(id);
    let [paragraph, run]: [ParagraphProperties, RunProperties] = [{}, {}];
    let style = own;
    for (let depth = 0; style !== undefined && depth < deepest; depth += 1) {
      [paragraph, run] = [
        { ...style.paragraph, ...paragraph },
        { ...style.run, ...run },
      ];
      style = this.styles.get(style.basedOn ?? '');
    }
    const chain = { name: own?.name ?? '', paragraph, run };
    this.chains.set(id, chain);
    return chain;
  }

  private read(zip: ZipArchive, part: string): void {
    const names: string[] = [];
    let style: Style | null = null;
    readPart(zip.pieces(part), {
      open: (name, attributes) => {
        const parent = names.at(-1) ?? '';
        const owner = names.at(-2) ?? '';
        names.push(name);
        if (name === 'style') {
          style = { name: '', basedOn: null, paragraph: {}, run: {} };
          const id = attribute(attributes, 'styleId');
          this.styles.set(id, style);
          if (attribute(attributes, 'type') === 'paragraph' && isTrueAttribute(attributes, 'default')) this.usual = id;
        } else if (style !== null && parent === 'style' && name === 'name')
          style.name = valueOf(attributes).slice(0, 50);
        else if (style !== null && parent === 'style' && name === 'basedOn') style.basedOn = valueOf(attributes);
        const isDefault = owner === 'rPrDefault' || owner === 'pPrDefault';
        const to =
          style !== null && (owner === 'style' || parent === 'numPr') ? style : isDefault ? this.defaults : null;
        if (to && parent === 'rPr') takeRunProperty(to.run, name, attributes);
        if (to && (parent === 'pPr' || parent === 'numPr')) takeParagraphProperty(to.paragraph, name, attributes);
      },
      close: (name) => {
        names.pop();
        if (name === 'style') style = null;
      },
    });
  }
}
