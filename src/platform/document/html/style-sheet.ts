import { type Css, readCss } from './css.js';

const mostRules = 5000;
const longestSheet = 1_000_000;

/** Rules for printing, for narrow screens. */
const conditional = /@(?:media|supports)[^{}]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}/g;

/** Rules of the page's own style sheets that name one kind of element, one class or one id; others are not looked at. */
export class StyleSheet {
  private readonly rules = new Map<string, Css>();

  add(sheet: string): void {
    const plain = sheet
      .slice(0, longestSheet)
      .replace(/\/\*[^]*?\*\//g, '')
      .replace(/<!--|-->/g, '')
      .replace(conditional, '');
    for (const rule of plain.split('}')) {
      const brace = rule.lastIndexOf('{');
      if (brace < 0 || rule.slice(0, brace).includes('@')) continue;
      const css = readCss(rule.slice(brace + 1));
      for (const selector of rule.slice(rule.lastIndexOf('{', brace - 1) + 1, brace).split(',')) {
        const name = selector.trim().toLowerCase();
        if (!/^(?:[a-z][\w-]*)?(?:[.#][\w-]+)?$/.test(name) || name === '' || this.rules.size >= mostRules) continue;
        this.rules.set(name, { ...this.rules.get(name), ...css });
      }
    }
  }

  /** What they say of an element, the more special rule last. */
  of(name: string, { id = '', class: classes = '' }: Readonly<Record<string, string>>): Css {
    const found: Css = { ...this.rules.get(name) };
    if (this.rules.size === 0) return found;
    const names = classes.toLowerCase().split(/\s+/).filter(Boolean).slice(0, 20);
    for (const one of names) Object.assign(found, this.rules.get(`.${one}`), this.rules.get(`${name}.${one}`));
    if (id !== '')
      Object.assign(found, this.rules.get(`#${id.toLowerCase()}`), this.rules.get(`${name}#${id.toLowerCase()}`));
    return found;
  }
}
