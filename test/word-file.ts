import { zipFile, type ZipFileEntry } from './zip-file.js';

const w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const namespaces = `${w} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"`;
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

const escaped = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');

/** A run. */
export const run = (text: string, properties = '') =>
  `<w:r>${properties && `<w:rPr>${properties}</w:rPr>`}<w:t xml:space="preserve">${escaped(text)}</w:t></w:r>`;

/** A paragraph of text or of runs. */
export const para = (content: string, properties = '') =>
  `<w:p>${properties && `<w:pPr>${properties}</w:pPr>`}${content.startsWith('<') ? content : run(content)}</w:p>`;

export const row = (...cells: string[]) =>
  `<w:tr>${cells.map((cell) => `<w:tc>${cell.startsWith('<') ? cell : para(cell)}</w:tc>`).join('')}</w:tr>`;
export const table = (...rows: string[]) => `<w:tbl>${rows.join('')}</w:tbl>`;

/** A text box hung on a run, as Word writes it: once for itself, once for programs before 2010. */
export const textBox = (content: string) =>
  `<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx><w:txbxContent>${content}</w:txbxContent></wps:txbx></w:drawing></mc:Choice>` +
  `<mc:Fallback><w:pict><w:txbxContent>${content}</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>`;

interface WordFile {
  body: string;
  header?: string;
  footer?: string;
  numbering?: string;
  styles?: string;
  /** Properties that a person named. */
  custom?: Readonly<Record<string, string>>;
  title?: string;
  /** Inside `w:sectPr`: size of the page, columns. The header and the footer are bound to it. */
  section?: string;
  entries?: Readonly<Record<string, ZipFileEntry | string>>;
}

/** A .docx with the parts that are given. */
export function wordFile({ body, custom, title, section = '', entries = {}, ...parts }: WordFile): Buffer {
  const part = (root: string, content: string) =>
    `<?xml version="1.0" encoding="UTF-8"?><w:${root} ${namespaces}>${content}</w:${root}>`;
  const roots = { header: 'hdr', footer: 'ftr', numbering: 'numbering', styles: 'styles' } as const;
  const given = Object.entries(parts).filter(([, content]) => content !== undefined) as [keyof typeof roots, string][];
  const relations = (list: string[][]) =>
    `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${list
      .map(([kind, target], n) => `<Relationship Id="rId${n + 1}" Type="${kind}" Target="${target}"/>`)
      .join('')}</Relationships>`;
  const outer = [[`${office}/officeDocument`, 'word/document.xml']];
  const properties: Record<string, string> = {};
  if (title !== undefined) {
    outer.push([
      'http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties',
      'docProps/core.xml',
    ]);
    properties['docProps/core.xml'] =
      `<cp:coreProperties xmlns:cp="x" xmlns:dc="y"><dc:title>${escaped(title)}</dc:title></cp:coreProperties>`;
  }
  if (custom !== undefined) {
    outer.push([`${office}/custom-properties`, 'docProps/custom.xml']);
    properties['docProps/custom.xml'] = `<Properties xmlns="x" xmlns:vt="y">${Object.entries(custom)
      .map(([name, value]) => `<property name="${name}"><vt:lpwstr>${escaped(value)}</vt:lpwstr></property>`)
      .join('')}</Properties>`;
  }
  const bound = given
    .map(([kind], at) => (kind === 'header' || kind === 'footer' ? reference(kind, at + 1) : ''))
    .join('');
  return zipFile({
    '[Content_Types].xml': contentTypes(given.map(([kind]) => kind)),
    '_rels/.rels': relations(outer),
    'word/document.xml': part('document', `<w:body>${body}<w:sectPr>${bound}${section}</w:sectPr></w:body>`),
    'word/_rels/document.xml.rels': relations(given.map(([kind]) => [`${office}/${kind}`, `${kind}1.xml`])),
    ...Object.fromEntries(given.map(([kind, content]) => [`word/${kind}1.xml`, part(roots[kind], content)])),
    ...properties,
    ...entries,
  });
}

const reference = (kind: string, id: number) =>
  `<w:${kind}Reference xmlns:r="${office}" w:type="default" r:id="rId${id}"/>`;

/** Office programs other than ours want to know what each part is. */
const contentTypes = (kinds: readonly string[]) => {
  const main = 'application/vnd.openxmlformats-officedocument.wordprocessingml';
  const parts = ['document', ...kinds].map(
    (kind) =>
      `<Override PartName="/word/${kind === 'document' ? kind : `${kind}1`}.xml" ContentType="${main}.${kind === 'document' ? 'document.main' : kind}+xml"/>`,
  );
  return `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${parts.join('')}</Types>`;
};

/** Lines of a text, each a paragraph. */
export const asWordFile = (text: string, more: Partial<WordFile> = {}): Buffer =>
  wordFile({
    body: text
      .split(/\r?\n/)
      .map((line) => para(line || '<w:r/>'))
      .join(''),
    ...more,
  });
