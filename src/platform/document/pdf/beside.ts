import type * as Pdfjs from 'pdfjs-dist/legacy/build/pdf.min.mjs';

/** Words beside the pages of one document; more are no bulletin's. */
const mostWords = 20_000;
const longest = 2000;

/**
 * What a PDF says beside its pages: properties, their XML, bookmarks, layers, names and descriptions of attached files, fields,
 * and notes. A part that is damaged says nothing.
 */
export async function wordsBeside(document: Pdfjs.PdfDocument): Promise<string[]> {
  const words: string[] = [];
  const add = (value: unknown, name = ''): void => {
    if (typeof value !== 'string' || value.trim() === '' || words.length >= mostWords) return;
    const text = value.slice(0, longest);
    words.push(text);
    if (name !== '') words.push(`${name}：${text}`);
  };
  const some = async (read: () => Promise<void>): Promise<void> => read().catch(() => undefined);
  await some(async () => {
    const { info, metadata } = await document.getMetadata();
    addAll(info, add);
    for (const piece of (metadata?.getRaw() ?? '').split(/<[^>]*>/)) add(piece);
  });
  await some(async () => addBookmarks((await document.getOutline()) ?? [], add));
  await some(async () => {
    for (const file of Object.values((await document.getAttachments()) ?? {}))
      for (const key of ['filename', 'rawFilename', 'description']) add(withoutEnding(file[key]));
  });
  await some(async () => {
    for (const [name, fields] of Object.entries((await document.getFieldObjects()) ?? {}))
      for (const field of fields) add(field['value'], name);
  });
  await some(async () => {
    for (const [, group] of await document.getOptionalContentConfig()) add(group.name);
  });
  for (let number = 1; number <= Math.min(document.numPages, 200); number += 1)
    await some(async () => {
      const page = await document.getPage(number);
      for (const note of await page.getAnnotations()) addNote(note, add);
    });
  return words;
}

type Add = (value: unknown, name?: string) => void;

/** Properties that a person named lie one deeper. */
function addAll(values: Record<string, unknown>, add: Add): void {
  for (const [name, value] of Object.entries(values))
    if (typeof value === 'string') add(value, name);
    else if (typeof value === 'object' && value !== null && !Array.isArray(value) && name === 'Custom')
      addAll(value as Record<string, unknown>, add);
}

function addBookmarks(bookmarks: readonly Pdfjs.PdfOutline[], add: Add, depth = 0): void {
  for (const { title, items } of bookmarks) {
    add(title);
    if (depth < 20) addBookmarks(items, add, depth + 1);
  }
}

function addNote(note: Record<string, unknown>, add: Add): void {
  const said = [note['contentsObj'], note['titleObj'], note['richText']] as ({ str?: unknown } | null | undefined)[];
  for (const one of said) for (const line of linesIn(one?.str)) add(line);
  const name = typeof note['fieldName'] === 'string' ? note['fieldName'] : '';
  for (const key of ['fieldValue', 'alternativeText', 'buttonValue', 'defaultFieldValue'])
    for (const value of [note[key]].flat()) for (const line of linesIn(value)) add(line, name);
  const file = note['file'] as { filename?: unknown; description?: unknown } | undefined;
  for (const value of [file?.filename, file?.description]) add(withoutEnding(value));
  for (const line of Array.isArray(note['textContent']) ? (note['textContent'] as unknown[]) : []) add(line);
}

const linesIn = (value: unknown): string[] => (typeof value === 'string' ? value.split(/[\r\n]+/) : []);

/** 机密.pdf is called 机密. */
const withoutEnding = (value: unknown): unknown =>
  typeof value === 'string' ? value.replace(/\.[A-Za-z0-9]{1,5}$/, '') : value;
