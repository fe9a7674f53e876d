import { para, run, wordFile } from './word-file.js';

/** How an office sets its bulletin. */
export interface OfficeStyle {
  /** Half points. */
  size: number;
  indent: boolean;
  justified: boolean;
  /** Red, large and in the middle; or set like the text. */
  masthead: boolean;
  boldHeadlines: boolean;
  columns: 1 | 2;
  header?: string;
  pageNumbers: boolean;
  /** Typefaces: of the text, of headlines. */
  faces: readonly [string, string];
}

export const plainStyle: OfficeStyle = {
  ...{
    size: 21,
    indent: false,
    justified: false,
    masthead: false,
    boldHeadlines: false,
    columns: 1,
    pageNumbers: false,
  },
  faces: ['宋体', '宋体'],
};
/** As the standard for official papers has it (GB/T 9704): 仿宋 of 16 points, first lines two letters in, — 1 — below. */
export const officialStyle: OfficeStyle = {
  ...{ size: 32, indent: true, justified: true, masthead: true, boldHeadlines: true, columns: 1, pageNumbers: true },
  faces: ['仿宋_GB2312', '黑体'],
};

/** What a line of a bulletin is, so far as its looks depend on it. */
export type Part = 'masthead' | 'number' | 'section' | 'headline' | 'text';

/** A bulletin as an office program would write it: a paragraph for each line. */
export function officeFile(lines: readonly { text: string; part: Part }[], style: OfficeStyle): Buffer {
  const { size, indent, justified, masthead, boldHeadlines, columns, header, pageNumbers, faces } = style;
  const font = (face: string) => `<w:rFonts w:ascii="${face}" w:hAnsi="${face}" w:eastAsia="${face}"/>`;
  const paragraph = (text: string, part: Part): string => {
    const big = masthead && (part === 'masthead' || part === 'number');
    const strong = boldHeadlines && (part === 'headline' || part === 'section');
    const letters = part === 'masthead' ? size * 2.5 : size;
    const properties = big
      ? `${font(faces[1])}<w:b/><w:color w:val="FF0000"/><w:sz w:val="${Math.round(letters)}"/>`
      : `${font(strong ? faces[1] : faces[0])}${strong ? '<w:b/>' : ''}<w:sz w:val="${size}"/>`;
    const isText = part === 'text' || part === 'headline';
    const set = [
      // LibreOffice leaves marks of punctuation that hang over the edge out of its PDF.
      '<w:overflowPunct w:val="0"/>',
      indent && isText ? '<w:ind w:firstLineChars="200" w:firstLine="' + size * 20 + '"/>' : '',
      `<w:jc w:val="${big || (part === 'section' && masthead) ? 'center' : justified ? 'both' : 'left'}"/>`,
    ].join('');
    const pieces = text.split('\t').map((piece) => run(piece, properties));
    return para(text === '' ? '<w:r/>' : pieces.join('<w:r><w:tab/></w:r>'), set);
  };
  const page =
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>';
  return wordFile({
    body: lines.map(({ text, part }) => paragraph(text, part)).join(''),
    ...(header === undefined ? {} : { header: para(header, '<w:jc w:val="center"/>') }),
    ...(pageNumbers ? { footer: para(run('— ') + page + run(' —'), '<w:jc w:val="center"/>') } : {}),
    section: `<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1440" w:right="1587" w:bottom="1440" w:left="1587" w:header="851" w:footer="992"/><w:cols w:num="${columns}" w:space="425"/>`,
  });
}
