/** What somebody has typed into a form that he has not got through. */
export interface TypedForm {
  /** Path that the form posts to. */
  form: string;
  fields: readonly (readonly [string, string])[];
  /** It was sent as a whole: ticks and choices are restored as well, not text alone. */
  posted: boolean;
  /** When, as a clerk reads it. */
  savedAt: string;
}

interface Tag {
  name: string;
  closing: boolean;
  attributes: ReadonlyMap<string, string>;
  text: string;
  start: number;
  end: number;
}

const tagPattern = /<(\/?)(form|input|textarea|select|option|button)\b((?:[^>"']|"[^"]*"|'[^']*')*)>/gi;
const attributePattern = /([\w-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g;
/** Types of an input whose text is never put back: what the page itself says there, files, and secrets. */
const leftAlone = new Set(['hidden', 'file', 'password', 'submit', 'button', 'reset', 'image']);

/** Paths that the forms of a page post to. */
export function formActions(html: string): string[] {
  return [...new Set(tagsOf(html).filter(isPostForm).map(actionOf))];
}

/**
 * Puts what was typed back into the forms of a page. A form is told from others with the same address by its buttons: what
 * was typed for one act never stands in the field of another.
 */
export function fillForms(html: string, typed: readonly TypedForm[]): string {
  const tags = tagsOf(html);
  const pieces: string[] = [];
  let from = 0;
  tags.forEach((tag, at) => {
    if (!isPostForm(tag) || tag.attributes.has('data-draft')) return;
    const end = tags.findIndex((one, index) => index > at && one.name === 'form' && one.closing);
    const inside = tags.slice(at + 1, end < 0 ? undefined : end);
    const known = typed.filter(({ form, fields }) => form === actionOf(tag) && fitsButtons(inside, fields));
    const best = known.find(({ posted }) => posted) ?? known[0];
    if (best === undefined) return;
    const edits = filled(html, inside, best);
    if (edits.length === 0) return;
    pieces.push(html.slice(from, tag.end), notice(best));
    from = tag.end;
    for (const { start, end: stop, text } of edits) {
      pieces.push(html.slice(from, start), text);
      from = stop;
    }
  });
  return pieces.join('') + html.slice(from);
}

interface Edit {
  start: number;
  end: number;
  text: string;
}

function filled(html: string, inside: readonly Tag[], { fields, posted }: TypedForm): Edit[] {
  const left = new Map<string, string[]>();
  for (const [name, value] of fields) left.set(name, [...(left.get(name) ?? []), value]);
  const edits: Edit[] = [];
  let select: string | null = null;
  inside.forEach((tag, at) => {
    const name = tag.attributes.get('name') ?? '';
    const type = (tag.attributes.get('type') ?? 'text').toLowerCase();
    if (tag.name === 'select') select = tag.closing ? null : name;
    if (tag.closing) return;
    if (tag.name === 'option' && select !== null && posted) {
      const values = left.get(select);
      const value = tag.attributes.get('value');
      if (values !== undefined && value !== undefined) mark(edits, tag, 'selected', values.includes(unescape(value)));
    } else if (tag.name === 'input' && (type === 'checkbox' || type === 'radio')) {
      const value = unescape(tag.attributes.get('value') ?? 'on');
      if (posted) mark(edits, tag, 'checked', left.get(name)?.includes(value) ?? false);
    } else if (tag.name === 'input' && !leftAlone.has(type)) {
      const value = left.get(name)?.shift();
      if (value !== undefined && value !== unescape(tag.attributes.get('value') ?? ''))
        edits.push({ start: tag.start, end: tag.end, text: withAttribute(tag, 'value', value) });
    } else if (tag.name === 'textarea') {
      const value = left.get(name)?.shift();
      const end = inside[at + 1]?.start ?? tag.end;
      const now = unescape(html.slice(tag.end, end)).replace(/^\n/, '');
      if (value !== undefined && value !== now) edits.push({ start: tag.end, end, text: `\n${escape(value)}` });
    }
  });
  return edits;
}

/** A button that has the name of a typed field must have its value too. */
function fitsButtons(inside: readonly Tag[], fields: TypedForm['fields']): boolean {
  const buttons = inside.filter((tag) => tag.name === 'button' && !tag.closing && tag.attributes.has('name'));
  const names = new Set(buttons.map(({ attributes }) => attributes.get('name')));
  const pressed = fields.filter(([name]) => names.has(name));
  if (pressed.length === 0) return true;
  return pressed.some(([name, value]) =>
    buttons.some(
      ({ attributes }) => attributes.get('name') === name && unescape(attributes.get('value') ?? '') === value,
    ),
  );
}

function mark(edits: Edit[], tag: Tag, attribute: 'checked' | 'selected', on: boolean): void {
  if (tag.attributes.has(attribute) === on) return;
  const text = on
    ? tag.text.replace(/\s*\/?>$/, ` ${attribute}>`)
    : tag.text.replace(new RegExp(`\\s${attribute}(?=[\\s>/])(="[^"]*")?`), '');
  edits.push({ start: tag.start, end: tag.end, text });
}

function withAttribute(tag: Tag, attribute: string, value: string): string {
  const bare = tag.text.replace(new RegExp(`\\s${attribute}\\s*=\\s*(?:"[^"]*"|'[^']*'|[^\\s"'>]+)`), '');
  return bare.replace(/\s*\/?>$/, () => ` ${attribute}="${escape(value)}">`);
}

const notice = ({ form, posted, savedAt }: TypedForm): string =>
  `<div class="notice notice--warn" role="status"><p>已放回您${escape(savedAt)}填写、还没有${posted ? '办成' : '提交'}的内容，请核对后再提交。` +
  `<button class="button button--link" type="submit" formaction="/drafts/discard" formmethod="post" ` +
  `formenctype="application/x-www-form-urlencoded" formnovalidate name="draft" value="${escape(form)}">不要这些内容</button></p></div>`;

const isPostForm = (tag: Tag): boolean =>
  tag.name === 'form' &&
  !tag.closing &&
  tag.attributes.get('method')?.toLowerCase() === 'post' &&
  tag.attributes.has('action');

const actionOf = (tag: Tag): string => unescape(tag.attributes.get('action') ?? '').replace(/[?#].*$/s, '');

function tagsOf(html: string): Tag[] {
  return [...html.matchAll(tagPattern)].map((match) => {
    const attributes = new Map<string, string>();
    for (const [, name, a, b, c] of match[3]!.matchAll(attributePattern))
      attributes.set(name!.toLowerCase(), a ?? b ?? c ?? '');
    return {
      name: match[2]!.toLowerCase(),
      closing: match[1] === '/',
      attributes,
      text: match[0],
      start: match.index,
      end: match.index + match[0].length,
    };
  });
}

const entities: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#x27;': "'",
  '&#x60;': '`',
  '&#x3D;': '=',
};
const characters = Object.fromEntries(Object.entries(entities).map(([entity, character]) => [character, entity]));

/** As Handlebars escapes, so that both can be compared. */
const escape = (text: string): string => text.replace(/[&<>"'`=]/g, (character) => characters[character]!);
const unescape = (text: string): string =>
  text.replace(/&(?:amp|lt|gt|quot|#x27|#x60|#x3D);/g, (entity) => entities[entity]!);
