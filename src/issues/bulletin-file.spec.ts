import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readBulletinFile } from './bulletin-file.js';

const fixtures = join(import.meta.dirname, '..', '..', 'test', 'fixtures');

/** Made by LibreOffice 7.4 of the texts beside them. */
describe('a Word document that an office program wrote', () => {
  it.each(['seed', 'syn03_internal_urgent_crlf', 'syn11_mixed_items'])(
    '%s has the structure of its text',
    async (name) => {
      const ofText = await readBulletinFile(readFileSync(join(fixtures, 'bulletins', `${name}.txt`)));
      const ofWord = await readBulletinFile(readFileSync(join(fixtures, 'word', `${name}.docx`)));
      if (ofText.kind !== 'bulletin' || ofWord.kind !== 'bulletin') throw new Error(`${ofText.kind}, ${ofWord.kind}`);
      expect(ofWord.bulletin).toEqual({ ...ofText.bulletin, extra: { ...ofText.bulletin.extra, encoding: 'utf-8' } });
    },
  );

  it('with a list that numbers itself and a table as its head', async () => {
    const result = await readBulletinFile(readFileSync(join(fixtures, 'word', 'numbered_list_and_table.docx')));
    if (result.kind !== 'bulletin') throw new Error(result.kind);
    const { issueNumber, date, issuer, sections } = result.bulletin;
    expect({ issueNumber, date, issuer }).toEqual({
      issueNumber: 7,
      date: '2025-04-03',
      issuer: '青陵县人民政府办公室',
    });
    expect(sections.flatMap(({ items }) => items.map(({ headline }) => headline)).slice(0, 2)).toEqual([
      '县水利局加快水毁工程修复',
      '县教体局推进校园安全',
    ]);
  });
});
