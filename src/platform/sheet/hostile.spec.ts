import { harmlessFiles, hostileFiles } from '../../../test/hostile-files.js';
import { textCell, workbookFile } from '../../../test/workbook-file.js';
import { listLimits } from '../../domain/list-file/roster.js';
import { readSheets } from './read-sheet.js';

const read = (bytes: Buffer, ms?: number) => readSheets(bytes, listLimits, ms);

describe('a file made to take all memory or time is refused with a sentence', () => {
  it.each(hostileFiles)('%s', async (_, make, sentence) => {
    await expect(read(make())).rejects.toThrow(sentence);
  });
});

describe('a file that is only large or odd is read', () => {
  it.each(harmlessFiles)('%s', async (_, make) => {
    const { sheets } = await read(make());
    expect(sheets.map(({ rows }) => [...rows])).toEqual([[['姓名', '手机']]]);
  });
});

describe('reading', () => {
  const slow = () => {
    const rows = Array.from({ length: 150_000 }, (_, n) => `<row r="${n + 1}"><c r="A${n + 1}" s="1"/></row>`);
    return workbookFile({ sheets: [{ name: '名单', data: rows.join('') + `<row>${textCell('完')}</row>` }] });
  };

  it('is stopped when its time is over, and the next file is read all the same', async () => {
    await expect(read(slow(), 1)).rejects.toThrow('0.001秒还没有读完');
    expect((await read(Buffer.from('姓名\n'))).sheets).toHaveLength(1);
  });

  it('leaves the process free for others meanwhile', async () => {
    let [turns, reading] = [0, true];
    const others = (async () => {
      for (; reading; turns += 1) await new Promise((next) => setImmediate(next));
    })();
    await expect(read(slow())).rejects.toThrow(/超过上限/);
    reading = false;
    await others;
    expect(turns).toBeGreaterThan(100);
  });

  it('of many files at once comes to an end for each', async () => {
    const many = Array.from({ length: 6 }, (_, n) => read(Buffer.from(`姓名\n甲${n}\n`)));
    const files = await Promise.all(many);
    expect(files.map(({ sheets }) => sheets[0]!.rows.at(1))).toEqual([0, 1, 2, 3, 4, 5].map((n) => [`甲${n}`]));
  });
});
