import { zipFile, type ZipFileEntry } from './zip-file.js';

/** A workbook as XML, so that a test can write what no spreadsheet program would. */
export interface WorkbookXml {
  sheets: readonly SheetXml[];
  /** Content of `sst`. */
  strings?: string;
  /** Content of `styleSheet`. */
  styles?: string;
  /** Attributes of `workbookPr`. */
  properties?: string;
  /** Of every element, with its colon: `x:`. */
  prefix?: string;
  strict?: boolean;
  /** Names of parts, last first. */
  reversed?: boolean;
  more?: Readonly<Record<string, ZipFileEntry | string>>;
}

export interface SheetXml {
  name: string;
  /** Rows as XML, or what stands in their cells. */
  data: string | readonly (readonly string[])[];
  part?: string;
  state?: string;
  before?: string;
  after?: string;
}

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const transitional = 'http://schemas.openxmlformats.org';
const types = `${transitional}/package/2006/content-types`;

/** A cell with a text of its own. */
export const textCell = (text: string, ref = ''): string =>
  `<c${ref === '' ? '' : ` r="${ref}"`} t="inlineStr"><is><t>${text}</t></is></c>`;
export const rowOf = (cells: readonly string[]): string => `<row>${cells.map((text) => textCell(text)).join('')}</row>`;

export function workbookFile({
  sheets,
  strings,
  styles,
  properties = '',
  prefix = '',
  strict = false,
  reversed = false,
  more = {},
}: WorkbookXml): Buffer {
  const [main, relations] = strict
    ? ['http://purl.oclc.org/ooxml/spreadsheetml/main', 'http://purl.oclc.org/ooxml/officeDocument/relationships']
    : [`${transitional}/spreadsheetml/2006/main`, `${transitional}/officeDocument/2006/relationships`];
  const named = sheets.map((sheet, at) => ({ ...sheet, part: sheet.part ?? `worksheets/sheet${at + 1}.xml` }));
  const element = (name: string, content: string, attributes = '') =>
    `${declaration}<${name} xmlns="${main}" xmlns:r="${relations}"${attributes}>${content}</${name}>`;
  const relation = (id: string, kind: string, target: string) =>
    `<Relationship Id="${id}" Type="${relations}/${kind}" Target="${target}"/>`;
  const relationships = (content: string) =>
    `${declaration}<Relationships xmlns="${transitional}/package/2006/relationships">${content}</Relationships>`;
  const listed = named.map(
    ({ name, state }, at) =>
      `<sheet name="${name}" sheetId="${at + 1}"${state ? ` state="${state}"` : ''} r:id="rId${at + 1}"/>`,
  );
  const parts: [string, string][] = [
    ['[Content_Types].xml', `${declaration}<Types xmlns="${types}"/>`],
    ['_rels/.rels', relationships(relation('rId1', 'officeDocument', 'xl/workbook.xml'))],
    ['xl/workbook.xml', element('workbook', `<workbookPr${properties}/><sheets>${listed.join('')}</sheets>`)],
    [
      'xl/_rels/workbook.xml.rels',
      relationships(
        named.map(({ part }, at) => relation(`rId${at + 1}`, 'worksheet', part)).join('') +
          relation('rS', 'sharedStrings', 'sharedStrings.xml') +
          relation('rT', 'styles', 'styles.xml'),
      ),
    ],
    ...named.map(({ part, data, before = '', after = '' }): [string, string] => [
      `xl/${part.replace(/^\/xl\//, '')}`,
      element(
        'worksheet',
        `${before}<sheetData>${typeof data === 'string' ? data : data.map(rowOf).join('')}</sheetData>${after}`,
      ),
    ]),
  ];
  if (strings !== undefined) parts.push(['xl/sharedStrings.xml', element('sst', strings)]);
  if (styles !== undefined) parts.push(['xl/styles.xml', element('styleSheet', styles)]);
  if (reversed) parts.reverse();
  const written = parts.map(([name, xml]): [string, string] => [
    name,
    name.startsWith('xl/') && !name.includes('_rels') ? prefixed(xml, prefix) : xml,
  ]);
  return zipFile({ ...Object.fromEntries(written), ...more });
}

/** Styles with one cell format for each code; a number is a built-in format. */
export function formats(...codes: readonly (string | number)[]): string {
  const own = codes.flatMap((code, at) =>
    typeof code === 'number' ? [] : [`<numFmt numFmtId="${200 + at}" formatCode="${escaped(code)}"/>`],
  );
  const cells = codes.map((code, at) => `<xf numFmtId="${typeof code === 'number' ? code : 200 + at}"/>`);
  return `<numFmts>${own.join('')}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>${cells.join('')}</cellXfs>`;
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;');

const prefixed = (xml: string, prefix: string): string =>
  prefix === ''
    ? xml
    : xml.replace(/<(\/?)(?=[a-z])/gi, `<$1${prefix}`).replace(' xmlns=', ` xmlns:${prefix.slice(0, -1)}=`);
