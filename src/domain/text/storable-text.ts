/** What PostgreSQL keeps in no text (NUL) and UTF-8 cannot say (half of a surrogate pair; RFC 3629 section 3). */
const unstorable = /\0|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** A person loses nothing that could be seen. */
export const storableText = (text: string): string => text.replace(unstorable, '');

export const isStorable = (text: string): boolean => text.search(unstorable) === -1;
