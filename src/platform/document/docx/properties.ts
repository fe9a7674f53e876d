import type { Attributes } from '../../office-file/xml-part.js';
import { isBoldFace, isRed } from '../faces.js';
import { attribute, isOn, valueOf } from './attributes.js';

/** What is said of letters; what is left open is inherited (ECMA-376 part 1, 17.3.2). */
export interface RunProperties {
  style?: string;
  bold?: boolean;
  hidden?: boolean;
  red?: boolean;
  /** In half points. */
  size?: number;
  /** Its letters are bold by nature, as those of 黑体 are. */
  boldFace?: boolean;
}

/** What is said of a paragraph (17.3.1). */
export interface ParagraphProperties {
  style?: string;
  /** `w:numId`, `0` for "none". */
  list?: string;
  listLevel?: number;
  centred?: boolean;
  /** Level of the outline from 1; null for running text. */
  outline?: number | null;
  breaksPage?: boolean;
  /** Twentieths of a point, and hundredths of a letter, which come first. The first line may hang. */
  left?: number;
  leftLetters?: number;
  first?: number;
  firstLetters?: number;
}

const inTheMiddle = new Set(['center', 'distribute', 'mediumKashida', 'highKashida', 'lowKashida']);
const lowestOutline = 8;

/** Takes an element inside `w:rPr`. */
export function takeRunProperty(properties: RunProperties, name: string, attributes: Attributes): void {
  switch (name) {
    case 'rStyle':
      properties.style = valueOf(attributes);
      break;
    case 'b':
      properties.bold = isOn(attributes);
      break;
    case 'vanish':
      properties.hidden = isOn(attributes);
      break;
    case 'color':
      properties.red = isRed(valueOf(attributes));
      break;
    case 'sz':
      properties.size = numberOf(valueOf(attributes));
      break;
    case 'rFonts': {
      const face = attribute(attributes, 'eastAsia');
      if (face !== '' || attribute(attributes, 'eastAsiaTheme') !== '') properties.boldFace = isBoldFace(face);
      break;
    }
  }
}

/** Takes an element inside `w:pPr`, or inside `w:numPr` there. */
export function takeParagraphProperty(properties: ParagraphProperties, name: string, attributes: Attributes): void {
  switch (name) {
    case 'pStyle':
      properties.style = valueOf(attributes);
      break;
    case 'numId':
      properties.list = valueOf(attributes);
      break;
    case 'ilvl':
      properties.listLevel = Number(valueOf(attributes)) || 0;
      break;
    case 'jc':
      properties.centred = inTheMiddle.has(valueOf(attributes));
      break;
    case 'outlineLvl': {
      const level = Number(valueOf(attributes));
      properties.outline = level >= 0 && level <= lowestOutline ? level + 1 : null;
      break;
    }
    case 'pageBreakBefore':
      properties.breaksPage = isOn(attributes);
      break;
    case 'ind':
      takeIndent(properties, attributes);
      break;
  }
}

function takeIndent(properties: ParagraphProperties, attributes: Attributes): void {
  const given = (...names: string[]): number | undefined =>
    names.map((name) => numberOf(attribute(attributes, name))).find((value) => value !== undefined);
  const hanging = (unit: string): number | undefined => {
    const back = given(`hanging${unit}`);
    return back === undefined ? given(`firstLine${unit}`) : -back;
  };
  const found = {
    left: given('left', 'start'),
    leftLetters: given('leftChars', 'startChars'),
    first: hanging(''),
    firstLetters: hanging('Chars'),
  };
  for (const [name, value] of Object.entries(found))
    if (value !== undefined) Object.assign(properties, { [name]: value });
}

const numberOf = (value: string): number | undefined =>
  /^-?\d{1,6}(?:\.\d+)?$/.test(value) ? Number(value) : undefined;
