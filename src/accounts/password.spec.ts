import { hashPassword, isPassword, passwordFault } from './password.js';

describe('passwordFault', () => {
  it.each([
    ['Abcdefgh1', '至少10个'],
    ['abcdefghij1', '三类'],
    ['1234567890!', '三类'],
    ['Wang-San-2026', '账号名'],
    ['Aa1' + 'x'.repeat(126), '128'],
    ['', '至少10个'],
  ])('refuses %s', (password, why) => expect(passwordFault(password, 'san')).toContain(why));

  it.each(['Abcdefghi1', 'abcdefghi-1', '延津政务快报发布Ab'])('takes %s', (password) =>
    expect(passwordFault(password, 'san')).toBeNull(),
  );
});

describe('isPassword', () => {
  it('knows the right password from a wrong one and stores argon2id', async () => {
    const stored = await hashPassword('Abcdefghi1');
    expect(stored).toMatch(/^\$argon2id\$/);
    expect(await isPassword(stored, 'Abcdefghi1')).toBe(true);
    expect(await isPassword(stored, 'Abcdefghi2')).toBe(false);
  });

  it('is false where there is no account', async () => {
    expect(await isPassword(null, 'Abcdefghi1')).toBe(false);
  });
});
