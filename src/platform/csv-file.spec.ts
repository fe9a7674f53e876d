import { attachment, csvCell, csvFile } from './csv-file.js';

describe('csvCell', () => {
  it.each(['=HYPERLINK("http://x")', '+86', '-1', '@SUM(A1)', '＝1＋1', '  =1', '\t=1', '\uFEFF=1'])(
    'disarms %j',
    (value) => {
      expect(csvCell(value).replace(/^"/, '').startsWith("'")).toBe(true);
    },
  );

  it.each(['县委书记', '154****0001', '2026年11月23日 08:05', 'a=b', ''])('leaves %j as it is', (value) => {
    expect(csvCell(value)).toBe(value);
  });

  it('keeps negative numbers that are numbers', () => {
    expect(csvCell(-3)).toBe('-3');
  });

  it('quotes commas, quotes and line ends', () => {
    expect(csvCell('主任,"代"\n理')).toBe('"主任,""代""\n理"');
  });
});

describe('csvFile', () => {
  it('starts with a BOM and ends lines as Excel wants', () => {
    expect(
      csvFile([
        ['份号', '姓名'],
        [1, '赵甲'],
      ]),
    ).toBe('\uFEFF份号,姓名\r\n1,赵甲\r\n');
  });
});

it('names a download in Chinese', () => {
  expect(attachment('签收情况.csv')).toContain("filename*=UTF-8''%E7%AD%BE");
});
