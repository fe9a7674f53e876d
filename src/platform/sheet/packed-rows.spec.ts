import { PackedRows } from './packed-rows.js';

describe('rows kept as bytes', () => {
  const rows = [
    ['姓名', '手机'],
    ['x'.repeat(900_000)],
    ['𠮷野', '', '"引号",\n\u2028'.repeat(20_000)],
    [],
    ['y'.repeat(1_500_000)],
  ];
  const packedRows = () => {
    const packed = new PackedRows();
    for (const row of rows) packed.push(row);
    return packed;
  };

  it('come out as they went in, in any order', () => {
    const packed = packedRows();
    expect(packed.length).toBe(5);
    expect([3, 0, 4, 2, 1].map((index) => packed.at(index))).toEqual([rows[3], rows[0], rows[4], rows[2], rows[1]]);
    expect([...packed]).toEqual(rows);
  });

  it('give parts as an array does', () => {
    const packed = packedRows();
    expect([packed.slice(1, 3), packed.slice(2), packed.slice(3, 9), packed.at(5)]).toEqual([
      rows.slice(1, 3),
      rows.slice(2),
      rows.slice(3, 9),
      undefined,
    ]);
  });
});
