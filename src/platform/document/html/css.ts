import { isRed } from '../faces.js';

/** What a declaration says of letters or of a block; what is left open is inherited, or is as usual. */
export interface Css {
  bold?: boolean;
  red?: boolean;
  /** In pixels, or against the size around it. */
  size?: { pixels: number } | { times: number };
  centred?: boolean;
  /** `surely`: no program shows it. `perhaps`: a script of the page may show it later, as that of a WeChat article does. */
  hidden?: 'surely' | 'perhaps' | 'no';
  /** First line of a block, against the size of its letters. */
  indent?: number;
  keepsBlanks?: boolean;
  marks?: boolean;
  breaksPage?: boolean;
}

const longest = 20_000;
const pixelsOf: Record<string, number> = { px: 1, pt: 4 / 3, cm: 37.8, mm: 3.78, in: 96 };
/** As browsers take them (CSS Fonts 4, 2.5.1); the numbers are those of `<font size>`. */
const namedSizes: Record<string, number> = {
  ...{ 'xx-small': 9, 'x-small': 10, small: 13, medium: 16, large: 18, 'x-large': 24, 'xx-large': 32 },
  ...{ '1': 10, '2': 13, '3': 16, '4': 18, '5': 24, '6': 32, '7': 48 },
};
const namedReds = new Set(['red', 'crimson', 'darkred', 'firebrick']);

/** @param declarations `color: red; text-align: center` */
export function readCss(declarations: string): Css {
  const css: Css = {};
  for (const declaration of declarations.slice(0, longest).toLowerCase().split(';')) {
    const colon = declaration.indexOf(':');
    if (colon < 0) continue;
    const value = declaration
      .slice(colon + 1)
      .replace('!important', '')
      .trim();
    take(css, declaration.slice(0, colon).trim(), value);
  }
  return css;
}

function take(css: Css, property: string, value: string): void {
  switch (property) {
    case 'font-weight':
      css.bold = /^bold/.test(value) || Number(value) >= 600;
      break;
    case 'color':
      css.red = isRedColour(value);
      break;
    case 'font-size':
      css.size = sizeOf(value) ?? css.size;
      if (/^0(?:[a-z%]*)$/.test(value)) css.hidden = 'surely';
      break;
    case 'text-align':
      css.centred = value === 'center' || value === '-webkit-center';
      break;
    case 'text-indent':
      css.indent = indentOf(value) ?? css.indent;
      break;
    case 'display':
      if (value === 'none') css.hidden = 'surely';
      break;
    case 'mso-hide':
      if (value === 'all') css.hidden = 'surely';
      break;
    case 'visibility':
      if (css.hidden !== 'surely') css.hidden = value === 'visible' ? 'no' : 'perhaps';
      break;
    case 'opacity':
      if (Number(value) === 0) css.hidden ??= 'perhaps';
      break;
    case 'white-space':
      css.keepsBlanks = value.startsWith('pre');
      break;
    case 'list-style':
    case 'list-style-type':
      css.marks = !value.includes('none');
      break;
    case 'page-break-before':
    case 'break-before':
      css.breaksPage = value === 'always' || value === 'page';
      break;
  }
}

export function isRedColour(value: string): boolean {
  if (namedReds.has(value)) return true;
  const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/.exec(value);
  if (short)
    return isRed(
      short
        .slice(1)
        .map((digit) => digit + digit)
        .join(''),
    );
  const parts = /^rgba?\(\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})/.exec(value);
  if (!parts) return isRed(value);
  return isRed(
    parts
      .slice(1)
      .map((part) => Math.min(255, Number(part)).toString(16).padStart(2, '0'))
      .join(''),
  );
}

export function sizeOf(value: string): { pixels: number } | { times: number } | undefined {
  const named = namedSizes[value];
  if (named !== undefined) return { pixels: named };
  const parts = /^(\d{1,4}(?:\.\d{1,4})?)(px|pt|cm|mm|in|em|rem|%)$/.exec(value);
  if (!parts) return undefined;
  const [amount, unit] = [Number(parts[1]), parts[2]!];
  if (amount === 0) return undefined;
  if (unit === '%') return { times: amount / 100 };
  if (unit === 'rem') return { pixels: amount * 16 };
  return unit === 'em' ? { times: amount } : { pixels: amount * pixelsOf[unit]! };
}

/** In letters; a measure is taken against letters of the usual size. */
function indentOf(value: string): number | undefined {
  const parts = /^(-?\d{1,4}(?:\.\d{1,4})?)(px|pt|cm|mm|in|em|rem)?$/.exec(value);
  if (!parts) return undefined;
  const [amount, unit = 'px'] = [Number(parts[1]), parts[2]];
  return unit === 'em' || unit === 'rem' ? amount : (amount * pixelsOf[unit]!) / 16;
}
