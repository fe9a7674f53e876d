import type * as Pdfjs from 'pdfjs-dist/legacy/build/pdf.min.mjs';
import { tooLarge } from '../../office-file/file-fault.js';
import { isBoldFace, isRed } from '../faces.js';
import { plainLetters } from './letters.js';
import { type Matrix, times } from './matrix.js';

/** A letter on a page. Lengths are in points; x grows along the line it stands on, y from line to line. */
export interface Glyph {
  text: string;
  x: number;
  y: number;
  width: number;
  size: number;
  bold: boolean;
  red: boolean;
}

/** Letters by the direction they are written in, in degrees: 0 is from left to right. `unseen` are hidden ones. */
export interface PageGlyphs {
  seen: Map<number, Glyph[]>;
  unseen: Glyph[];
  /** What annotations draw: stamps, comments, the entries of a form. */
  noted: Glyph[];
}

const mostGlyphs = 400_000;
const deepest = 500;
const smallestSeen = 1.5;
const faintestSeen = 0.02;
/** Rendering modes (ISO 32000-1, table 106). */
const [fillAndStroke, invisible, clipOnly] = [2, 3, 7];

interface State {
  matrix: Matrix;
  text: Matrix;
  /** Where the next letter stands and where the line began, before `text`. */
  x: number;
  y: number;
  lineX: number;
  lineY: number;
  font: Pdfjs.PdfFont | null;
  size: number;
  letterSpacing: number;
  wordSpacing: number;
  stretch: number;
  leading: number;
  rise: number;
  mode: number;
  alpha: number;
  red: boolean;
}

const identity: Matrix = [1, 0, 0, 1, 0, 0];

type Operator = (state: State, args: unknown[]) => void;

/** Follows the drawing of one page (ISO 32000-1, 9) and notes its letters; nothing is drawn. */
export class GlyphWalk {
  readonly glyphs: PageGlyphs = { seen: new Map(), unseen: [], noted: [] };
  private readonly states: State[] = [];
  private readonly operators = new Map<number, Operator>();
  private readonly contents: boolean[] = [];
  private count = 0;
  private noting = 0;
  private state: State;

  constructor(
    { OPS }: Pick<typeof Pdfjs, 'OPS'>,
    private readonly page: {
      start: Matrix;
      width: number;
      height: number;
      fonts: Pdfjs.PdfPage['commonObjs'];
      layers: Pdfjs.PdfLayers | null;
    },
  ) {
    this.state = {
      ...{ matrix: page.start, text: identity, x: 0, y: 0, lineX: 0, lineY: 0, font: null, size: 0, letterSpacing: 0 },
      ...{ wordSpacing: 0, stretch: 1, leading: 0, rise: 0, mode: 0, alpha: 1, red: false },
    };
    for (const [name, operator] of Object.entries(this.table())) {
      const code = OPS[name];
      if (code !== undefined) this.operators.set(code, operator);
    }
  }

  walk({ fnArray, argsArray }: { fnArray: readonly number[]; argsArray: readonly unknown[] }): PageGlyphs {
    for (const [index, code] of fnArray.entries()) {
      const args = argsArray[index];
      this.operators.get(code)?.(this.state, Array.isArray(args) ? args : []);
    }
    return this.glyphs;
  }

  private table(): Record<string, Operator> {
    const number = (value: unknown): number => (typeof value === 'number' && Number.isFinite(value) ? value : 0);
    const move = (state: State, x: number, y: number): void => {
      state.x = state.lineX += x;
      state.y = state.lineY += y;
    };
    const show: Operator = (state, [glyphs]) => Array.isArray(glyphs) && this.show(state, glyphs as Shown[]);
    const enter = (matrix: unknown): void => {
      this.save();
      if (isMatrix(matrix)) this.state.matrix = times(this.state.matrix, matrix);
    };
    return {
      save: () => this.save(),
      restore: () => this.restore(),
      transform: (state, args) => isMatrix(args) && (state.matrix = times(state.matrix, args)),
      paintFormXObjectBegin: (_state, [matrix]) => enter(matrix),
      paintFormXObjectEnd: () => this.restore(),
      // The matrix of a group is that of the form in it, which applies it.
      beginGroup: () => enter(null),
      endGroup: () => this.restore(),
      beginAnnotation: (_state, [, , matrix, inner]) => {
        this.save();
        this.state.matrix = this.page.start;
        for (const one of [matrix, inner]) if (isMatrix(one)) this.state.matrix = times(this.state.matrix, one);
        this.noting += 1;
      },
      endAnnotation: () => {
        this.restore();
        this.noting -= 1;
      },
      beginMarkedContent: () => this.contents.push(true),
      beginMarkedContentProps: (_state, [tag, group]) =>
        this.contents.push(tag !== 'OC' || this.page.layers === null || this.page.layers.isVisible(group)),
      endMarkedContent: () => this.contents.pop(),
      setGState: (state, [entries]) => {
        for (const [key, value] of Array.isArray(entries) ? (entries as [string, unknown][]) : [])
          if (key === 'ca') state.alpha = number(value);
          else if (key === 'Font' && Array.isArray(value)) this.setFont(state, value[0], number(value[1]));
      },
      setFillRGBColor: (state, args) => (state.red = typeof args[0] === 'string' && isRed(args[0])),
      setFillColorN: (state) => (state.red = false),
      beginText: (state) => {
        state.text = identity;
        state.x = state.y = state.lineX = state.lineY = 0;
      },
      setFont: (state, [font, size]) => this.setFont(state, font, number(size)),
      setCharSpacing: (state, [value]) => (state.letterSpacing = number(value)),
      setWordSpacing: (state, [value]) => (state.wordSpacing = number(value)),
      setHScale: (state, [value]) => (state.stretch = number(value) / 100),
      setLeading: (state, [value]) => (state.leading = -number(value)),
      setTextRise: (state, [value]) => (state.rise = number(value)),
      setTextRenderingMode: (state, [value]) => (state.mode = number(value)),
      setTextMatrix: (state, args) => {
        const matrix = isMatrix(args[0]) ? args[0] : args;
        if (!isMatrix(matrix)) return;
        state.text = [...matrix];
        state.x = state.y = state.lineX = state.lineY = 0;
      },
      moveText: (state, [x, y]) => move(state, number(x), number(y)),
      setLeadingMoveText: (state, [x, y]) => {
        state.leading = number(y);
        move(state, number(x), number(y));
      },
      nextLine: (state) => move(state, 0, state.leading),
      showText: show,
      showSpacedText: show,
    };
  }

  private save(): void {
    if (this.states.length < deepest) this.states.push({ ...this.state });
  }

  private restore(): void {
    this.state = this.states.pop() ?? this.state;
  }

  private setFont(state: State, id: unknown, size: number): void {
    const { fonts } = this.page;
    state.font = typeof id === 'string' && fonts.has(id) ? fonts.get(id) : null;
    state.size = size;
  }

  private show(state: State, glyphs: readonly Shown[]): void {
    const { font, text, rise } = state;
    const size = Math.abs(state.size);
    const stretch = state.stretch * (state.size < 0 ? -1 : 1);
    const unit = size * (font?.fontMatrix?.[0] ?? 0.001);
    const all = times(state.matrix, text);
    // A letter's own height and the direction it is written in.
    const height = Math.hypot(all[2], all[3]) * size;
    const along = Math.sign(stretch) || 1;
    const upright = font?.vertical === true;
    const degrees = Math.round((Math.atan2(all[1] * along, all[0] * along) * 180) / Math.PI) + (upright ? 90 : 0);
    const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
    const scale = Math.hypot(all[0], all[1]);
    const name = font?.name ?? '';
    const bold = font?.bold === true || font?.black === true || isBoldFace(name) || state.mode === fillAndStroke;
    const shown = this.shownIn(state, height);
    for (const glyph of glyphs) {
      if (typeof glyph === 'number') {
        state.x -= (glyph / 1000) * size * stretch;
        continue;
      }
      if (typeof glyph !== 'object' || glyph === null) continue;
      const advance = (glyph.width * unit + state.letterSpacing + (glyph.isSpace ? state.wordSpacing : 0)) * stretch;
      const letters = plainLetters(String(glyph.unicode ?? ''));
      if (letters !== '') {
        const [left, top] = [
          all[0] * state.x + all[2] * (state.y + rise) + all[4],
          all[1] * state.x + all[3] * (state.y + rise) + all[5],
        ];
        const isOff = left < -1 || top < -1 || left > this.page.width + 1 || top > this.page.height + 1;
        this.put(isOff ? 'unseen' : shown, degrees, {
          text: letters,
          x: left * cos + top * sin,
          y: top * cos - left * sin,
          width: Math.abs(glyph.width * unit * stretch) * scale,
          size: height,
          bold,
          red: state.red,
        });
      }
      if (upright) state.y -= size;
      else state.x += advance;
    }
  }

  private shownIn({ mode, alpha }: State, height: number): 'seen' | 'unseen' | 'noted' {
    if (this.noting > 0) return 'noted';
    const hidden = mode === invisible || mode === clipOnly || alpha < faintestSeen || height < smallestSeen;
    return hidden || this.contents.includes(false) ? 'unseen' : 'seen';
  }

  private put(where: 'seen' | 'unseen' | 'noted', degrees: number, glyph: Glyph): void {
    if (![glyph.x, glyph.y, glyph.width, glyph.size].every(Number.isFinite)) return;
    this.count += 1;
    if (this.count > mostGlyphs) throw tooLarge();
    if (where !== 'seen') return void this.glyphs[where].push(glyph);
    const { seen } = this.glyphs;
    const direction = ((degrees % 360) + 360) % 360;
    const found = seen.get(direction);
    if (found) found.push(glyph);
    else seen.set(direction, [glyph]);
  }
}

type Shown = Pdfjs.PdfGlyph | number | null;

/** Arrays of numbers of any kind, which PDF writes with six places. */
function isMatrix(value: unknown): value is Matrix {
  const list = value as ArrayLike<unknown> | null;
  return (
    typeof list === 'object' &&
    list !== null &&
    list.length >= 6 &&
    [0, 1, 2, 3, 4, 5].every((at) => typeof list[at] === 'number')
  );
}
