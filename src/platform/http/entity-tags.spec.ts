import { hasAlready, strongTags } from './entity-tags.js';

const etag = '"v7-0a1b2c3d4e5f"';

describe('If-None-Match', () => {
  it.each([
    etag,
    `W/${etag}`,
    '*',
    ' * ',
    `"v6-000000000000", ${etag}`,
    `W/"v6-000000000000",W/${etag}`,
    `${etag},"x"`,
    `,, ${etag} ,`,
    `"with,comma", ${etag}`,
    `"",\t${etag}`,
    `"\u00e9", ${etag}`,
  ])('knows the answer by %s', (header) => expect(hasAlready(header, etag)).toBe(true));

  it.each([
    undefined,
    '',
    '""',
    'W/""',
    '"v7"',
    '"V7-0A1B2C3D4E5F"',
    'v7-0a1b2c3d4e5f',
    `w/${etag}`,
    `W/ ${etag}`,
    `"*"`,
    `*, ${etag}`,
    `${etag} ${etag}`,
    '"v7-0a1b2c3d4e5f',
    `"a ${etag.slice(1)}`,
    '"v7-0a1b2c3d4e5f-br"',
  ])('does not know it by %s', (header) => expect(hasAlready(header, etag)).toBe(false));

  it('compares weakly what is weak itself', () => {
    expect(hasAlready('"a"', 'W/"a"')).toBe(true);
    expect(hasAlready('W/"a"', 'W/"a"')).toBe(true);
    expect(hasAlready('W/"b"', 'W/"a"')).toBe(false);
  });
});

describe('If-Match', () => {
  it.each([
    [undefined, null],
    ['nonsense', null],
    ['', null],
    ['*', 'any'],
    ['"a"', ['"a"']],
    ['W/"a"', []],
    ['"a", W/"b" , "c"', ['"a"', '"c"']],
    ['"a,b"', ['"a,b"']],
  ])('names of %s what may match strongly', (header, tags) => expect(strongTags(header)).toEqual(tags));
});
