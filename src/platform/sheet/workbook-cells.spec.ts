import { formats, textCell, workbookFile, type WorkbookXml } from '../../../test/workbook-file.js';
import { listLimits } from '../../domain/list-file/roster.js';
import { readTableFile } from './table-file.js';

const read = (workbook: WorkbookXml) => readTableFile(workbookFile(workbook), listLimits);
const sheetOf = (data: string, more: Partial<WorkbookXml> = {}) =>
  read({ sheets: [{ name: '名单', data: `<row r="1">${textCell('头')}</row>${data}` }], ...more }).sheets[0]!;
/** What a single cell says, and why it cannot be relied on. */
const cell = (xml: string, more: Partial<WorkbookXml> = {}) => {
  const { rows, unread } = sheetOf(`<row r="2">${xml}</row>`, more);
  return [rows.at(1)?.[0] ?? '', ...unread.map(({ why }) => why)];
};

describe('texts', () => {
  it.each<[string, string]>([
    ['<c t="s"><v>0</v></c>', '王甲'],
    ['<c t="s"><v> 1 </v></c>', '李乙'],
    ['<c t="s"><v>2</v></c>', '𠮷丙 & 𠮻'],
    ['<c t="s"><v>3</v></c>', '<丁>'],
    ['<c t="s"><v>4</v></c>', '戊己'],
    [
      '<c t="inlineStr"><is><r><t>王</t></r><r><rPr><b/></rPr><t>甲</t></r><rPh sb="0" eb="1"><t>wáng</t></rPh></is></c>',
      '王甲',
    ],
    ['<c><is><t>无类型</t></is></c>', '无类型'],
    ['<c t="inlineStr"><v>直接</v></c>', '直接'],
    ['<c t="str"><f>A1&amp;"x"</f><v>公式结果</v></c>', '公式结果'],
    ['<c t="str"><v>&#x20BB7;某</v></c>', '𠮷某'],
    ['<c t="str"><v>&#134071;某</v></c>', '𠮷某'],
    ['<c t="str"><v><![CDATA[<甲> & ]]>乙</v></c>', '<甲> & 乙'],
    ['<c t="inlineStr"><is><t><![CDATA[甲]]></t></is></c>', '甲'],
    ['<c t="str"><v>甲_x000D_乙</v></c>', '甲\r乙'],
    ['<c t="str"><v>_xD842__xDFB7_某</v></c>', '𠮷某'],
    ['<c t="str"><v>_x005F_x0000_</v></c>', '_x0000_'],
    ['<c t="str"><v>_x00G0_</v></c>', '_x00G0_'],
    ['<c t="str"><v>王_x0001_甲_x001A_</v></c>', '王甲'],
    ['<c t="b"><v>1</v></c>', '是'],
    ['<c t="b"><v>0</v></c>', '否'],
    ['<c t="d"><v>2026-03-01T00:00:00</v></c>', '2026-03-01'],
    ['<c t="str"><f>IF(1,"")</f><v></v></c>', ''],
    ['<c s="0"/>', ''],
    ['<c t="s"/>', ''],
  ])('%s says %j', (xml, text) => {
    const strings =
      '<si><t>王甲</t></si><si><r><t>李</t></r><r><rPr><sz val="9"/></rPr><t xml:space="preserve">乙</t></r><rPh sb="0" eb="2"><t>り</t></rPh><phoneticPr/></si>' +
      '<si><t>&#x20BB7;丙 &amp; &#134075;</t></si><si><t><![CDATA[<丁>]]></t></si><si><t>戊<!-- 注 -->己</t></si>';
    expect(cell(xml, { strings })).toEqual([text]);
  });
});

describe('numbers', () => {
  it.each<[string, string]>([
    ['15400000001', '15400000001'],
    ['1.5400000001E10', '15400000001'],
    ['1.5400000001E+10', '15400000001'],
    ['15400000001.0', '15400000001'],
    ['12.0', '12'],
    ['1E3', '1000'],
    ['1.5E0', '1.5E0'],
    ['0.1', '0.1'],
    ['1.54E+10', '1.54E+10'],
    ['4.1072619900101101E17', '4.1072619900101101E17'],
  ])('%s is %s', (value, text) => {
    expect(cell(`<c><v>${value}</v></c>`)).toEqual([text]);
  });

  const dates = [
    'yyyy-mm-dd',
    'yyyy"年"m"月"d"日"',
    '[$-804]yyyy年m月d日;@',
    '[DBNum1][$-804]yyyy"年"m"月"',
    'm/d/yy h:mm',
    'aaaa',
    'e.m.d',
    'mmm',
    14,
    22,
    31,
    57,
    58,
  ];
  it.each(dates)('a date as %j is a date, a telephone number in such a cell is its digits', (code) => {
    const styles = formats(0, code);
    expect(cell('<c s="1"><v>46082</v></c>', { styles })).toEqual(['2026-03-01']);
    expect(cell('<c s="1"><v>46082.5</v></c>', { styles })).toEqual(['2026-03-01']);
    for (const digits of ['15410000001', '1.5410000001E10', '037312345678', '453200', '99999999', '0', '-1'])
      expect(cell(`<c s="1"><v>${digits}</v></c>`, { styles })).toEqual([
        digits.replace('1.5410000001E10', '15410000001'),
      ]);
  });

  const numbers = [
    '0',
    '@',
    '0.00E+00',
    '#,##0;[Red]-#,##0',
    '"d"0',
    '0\\y',
    '[Red]0',
    'General',
    'G/通用格式',
    '000\\-0000\\-0000',
    '0_d',
    '[>=1]0"元"',
    0,
    1,
    10,
    37,
    49,
  ];
  it.each(numbers)('a number as %j is no date', (code) => {
    expect(cell('<c s="1"><v>46082</v></c>', { styles: formats(0, code) })).toEqual(['46082']);
  });

  it('a time is a time, and a number in such a cell its digits', () => {
    for (const code of ['h:mm', '[h]:mm', 'mm:ss', '上午/下午h"时"mm"分"', 18, 33]) {
      expect(cell('<c s="1"><v>0.35</v></c>', { styles: formats(0, code) })).toEqual(['08:24']);
      expect(cell('<c s="1"><v>15410000001</v></c>', { styles: formats(0, code) })).toEqual(['15410000001']);
    }
  });

  it.each<[string, string]>([
    ['', '2026-03-01'],
    [' date1904="0"', '2026-03-01'],
    [' date1904="false"', '2026-03-01'],
    [' date1904="1"', '2030-03-02'],
    [' date1904="true"', '2030-03-02'],
  ])('days of a workbook with%j', (properties, day) => {
    expect(cell('<c s="1"><v>46082</v></c>', { properties, styles: formats(0, 14) })).toEqual([day]);
  });

  it('the first days of 1900', () => {
    const day = (serial: number) => cell(`<c s="1"><v>${serial}</v></c>`, { styles: formats(0, 14) })[0];
    expect([1, 59, 60, 61].map(day)).toEqual(['1900-01-01', '1900-02-28', '60', '1900-03-01']);
  });
});

describe('cells that could not be read', () => {
  it.each<[string, string, string]>([
    ['<c t="e"><v>#N/A</v></c>', '#N/A', 'error'],
    ['<c t="e"><f>VLOOKUP(1,A:B,2,0)</f><v>#REF!</v></c>', '#REF!', 'error'],
    ['<c t="e"/>', '#N/A', 'error'],
    ['<c t="e"><v>奇怪</v></c>', '奇怪', 'error'],
    ['<c t="str"><v>#VALUE!</v></c>', '#VALUE!', 'error'],
    ['<c t="inlineStr"><is><t>#N/A</t></is></c>', '#N/A', 'error'],
    ['<c><f>A1</f></c>', '', 'noResult'],
    ['<c><f>A1</f><v/></c>', '', 'noResult'],
    ['<c><f>A1</f><v></v></c>', '', 'noResult'],
    ['<c t="str"><f>A1</f></c>', '', 'noResult'],
    ['<c><f t="shared" si="0"/></c>', '', 'noResult'],
    ['<c t="s"><v>99</v></c>', '', 'damaged'],
    ['<c t="s"><v>x</v></c>', '', 'damaged'],
    ['<c t="str"><v>王_x0000_甲</v></c>', '王\uFFFD甲', 'characters'],
    ['<c t="str"><v>王_xD842_甲</v></c>', '王\uFFFD甲', 'characters'],
    ['<c t="str"><v>王_xFFFF_</v></c>', '王\uFFFD', 'characters'],
    ['<c t="inlineStr"><is><t>王_x0000_</t></is></c>', '王\uFFFD', 'characters'],
    ['<c t="str"><v>王&#0;</v></c>', '王&#0;', 'characters'],
    ['<c t="str"><v>王&#xD842;</v></c>', '王&#xD842;', 'characters'],
    ['<c t="str"><v>\uFFFD</v></c>', '\uFFFD', 'characters'],
    ['<c t="s"><v>0</v></c>', '王&#0;', 'characters'],
  ])('%s', (xml, text, why) => {
    expect(cell(xml, { strings: '<si><t>王&#0;</t></si>' })).toEqual([text, why]);
  });

  it('are told for each column, however many stand in others', () => {
    const row = (n: number) => `<row r="${n}"><c t="e"><v>#N/A</v></c>${n === 5000 ? '<c><f>A1</f></c>' : ''}</row>`;
    const { unread } = sheetOf(Array.from({ length: 5001 }, (_, n) => row(n + 2)).join(''));
    expect(unread.at(-1)).toEqual({ row: 5000, column: 1, why: 'noResult' });
    expect(unread.length).toBeLessThan(1000);
  });
});
