/** Forms on pages, and what a browser would send of each. */
export interface Form {
  action: string;
  method: 'GET' | 'POST';
  fields: ReadonlyMap<string, string>;
}

/** @param address of the page, where a form without an action goes */
export function formsOn(html: string, address: string): Form[] {
  return [...html.matchAll(/<form([^>]*)>([\s\S]*?)<\/form>/g)].map(([, attributes, inside]) => ({
    action: attribute(attributes!, 'action') ?? address,
    method: attribute(attributes!, 'method') === 'post' ? 'POST' : 'GET',
    fields: fieldsOf(inside!),
  }));
}

function fieldsOf(inside: string): Map<string, string> {
  const fields = new Map<string, string>();
  const keep = (name: string | undefined, value: string) => {
    if (name !== undefined && !fields.get(name)) fields.set(name, value);
  };
  for (const [, kind, attributes] of inside.matchAll(/<(input|button)([^>]*)>/g)) {
    const off = kind === 'input' && /type="(?:radio|checkbox)"/.test(attributes!) && !/\schecked/.test(attributes!);
    keep(attribute(attributes!, 'name'), off ? '' : (attribute(attributes!, 'value') ?? ''));
  }
  for (const [, attributes, text] of inside.matchAll(/<textarea([^>]*)>([\s\S]*?)<\/textarea>/g))
    keep(attribute(attributes!, 'name'), decoded(text!.replace(/^\n/, '')));
  for (const [, attributes, options] of inside.matchAll(/<select([^>]*)>([\s\S]*?)<\/select>/g)) {
    const chosen =
      /<option([^>]*\sselected[^>]*)>/.exec(options!) ?? /<option([^>]*value="[^"]+"[^>]*)>/.exec(options!);
    keep(attribute(attributes!, 'name'), attribute(chosen?.[1] ?? '', 'value') ?? '');
  }
  return fields;
}

function attribute(attributes: string, name: string): string | undefined {
  const value = new RegExp(`\\s${name}="([^"]*)"`).exec(attributes)?.[1];
  return value === undefined ? undefined : decoded(value);
}

const decoded = (text: string): string =>
  text
    .replace(/&quot;/g, '"')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&#x27;/g, "'")
    .replace(/&#x3D;/g, '=')
    .replace(/&amp;/g, '&');
