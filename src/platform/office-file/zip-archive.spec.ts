import { zipFile } from '../../../test/zip-file.js';
import { ZipArchive } from './zip-archive.js';

it('a small file that unfolds into a large one is refused, whatever size it states', () => {
  const bomb = zipFile({ 'xl/worksheets/sheet1.xml': { content: Buffer.alloc(5_000_000), statedSize: 10 } });
  expect(bomb.length).toBeLessThan(50_000);
  const inflated = () => [...new ZipArchive(bomb, 1_000_000).pieces('xl/worksheets/sheet1.xml')];
  expect(inflated).toThrow(expect.objectContaining({ kind: 'tooLarge' }) as Error);
});
