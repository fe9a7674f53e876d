import { readXml, writeXml } from './wecom-xml.js';

const read = (text: string) => {
  const found = readXml(text);
  return found && Object.fromEntries(found);
};

describe('readXml', () => {
  it.each([
    [
      'sections and plain text',
      '<xml><A><![CDATA[甲<b>&]]></A><B>1 &lt; 2 &amp;amp;</B></xml>',
      { A: '甲<b>&', B: '1 < 2 &amp;' },
    ],
    ['blanks between', '\n<xml>\n  <A>1</A>\n</xml>\n', { A: '1' }],
    ['nothing in an element', '<xml><A></A><B/><C><![CDATA[]]></C></xml>', { A: '', B: '', C: '' }],
    ['a section beside text', '<xml><A>1<![CDATA[2]]>3</A></xml>', { A: '123' }],
    ['elements in elements, which are passed over', '<xml><S><I><Q>1</Q></I><I/></S><A>2</A></xml>', { A: '2' }],
    ['an empty element in one, which is passed over', '<xml><S><I/></S><A>2</A></xml>', { A: '2' }],
    ['nothing at all', '<xml></xml>', {}],
  ])('reads %s', (_, text, texts) => {
    expect(read(text)).toEqual(texts);
  });

  it.each([
    ['nothing', ''],
    ['plain text', 'A'],
    ['another root', '<html><A>1</A></html>'],
    ['two roots', '<xml><A>1</A></xml><xml><B>1</B></xml>'],
    ['a text behind it', '<xml><A>1</A></xml>x'],
    ['a text beside elements', '<xml>x<A>1</A></xml>'],
    ['no end', '<xml><A>1</A>'],
    ['no end of a section', '<xml><A><![CDATA[1</A></xml>'],
    ['elements that cross', '<xml><A><B></A></B></xml>'],
    ['one name twice', '<xml><A>1</A><A>2</A></xml>'],
    ['one name twice, once empty', '<xml><A>1</A><A/></xml>'],
    ['a document type', '<!DOCTYPE xml [<!ENTITY a "b">]><xml><A>&a;</A></xml>'],
    ['an entity of its own', '<xml><A>&a;</A></xml>'],
    ['a lone ampersand', '<xml><A>a & b</A></xml>'],
    ['attributes', '<xml a="1"><A>1</A></xml>'],
    ['a declaration', '<?xml version="1.0"?><xml><A>1</A></xml>'],
    ['a comment', '<xml><!-- --><A>1</A></xml>'],
    ['more than anybody sends', `<xml><A>${'x'.repeat(70_000)}</A></xml>`],
  ])('refuses %s', (_, text) => {
    expect(readXml(text)).toBeNull();
  });

  it('reads back whatever was written', () => {
    for (const text of ['已签收 09:12', ']]>', ']]]]>>', '<xml>', '&amp;', ' ', '\u{20000}'])
      expect(
        read(
          writeXml([
            ['A', text],
            ['N', 7],
            ['S', [['I', text]]],
          ]),
        ),
      ).toEqual({ A: text, N: '7' });
  });
});
