import { dataBlock, xtext } from './smtp-text.js';

describe('dataBlock', () => {
  it.each([
    ['', '.\r\n'],
    ['a', 'a\r\n.\r\n'],
    ['a\r\n', 'a\r\n.\r\n'],
    ['.\r\n', '..\r\n.\r\n'],
    ['a\r\n.\r\nQUIT\r\n', 'a\r\n..\r\nQUIT\r\n.\r\n'],
    ['a\n.\nb', 'a\r\n..\r\nb\r\n.\r\n'],
    ['a\r.\rb', 'a\r\n..\r\nb\r\n.\r\n'],
    ['a\r\n..b', 'a\r\n...b\r\n.\r\n'],
  ])('writes %j so that only its own dot ends it', (message, block) => {
    expect(dataBlock(message)).toBe(block);
  });
});

it('writes a parameter without what would end it', () => {
  expect(xtext('a+b=c d@example.cn')).toBe('a+2Bb+3Dc+20d@example.cn');
});
