import { hashPassword, isPassword, passwordFault } from './password.js';

describe('passwordFault', () => {
  it.each([
    ['Abcdefgh1', '至少10个'],
    ['abcdefghij1', '三类'],
    ['1234567890!', '三类'],
    ['Wang-San-2026', '账号名'],
    ['Aa1' + 'x'.repeat(126), '128'],
    ['', '至少10个'],
    ['Password123', '太容易猜到'],
    ['P@ssw0rd2026!', '太容易猜到'],
    ['Admin@123456', '太容易猜到'],
    ['Kuaibao-2026!', '太容易猜到'],
    ['Abcdefghi1', '太容易猜到'],
    ['Qwertyuiop-1', '太容易猜到'],
    ['1qaz2wsx3EDC!', '太容易猜到'],
    ['Aaaaaaaaaa1!', '太容易猜到'],
  ])('refuses %s', (password, why) => expect(passwordFault(password, 'san')).toContain(why));

  it.each(['Henan-Mai-83', 'hxqzmwbv-1', 'Xiaomai-2026-Feng', '延津政务快报发布Ab'])('takes %s', (password) =>
    expect(passwordFault(password, 'san')).toBeNull(),
  );
});

describe('isPassword', () => {
  it('knows the right password from a wrong one and stores argon2id', async () => {
    const stored = await hashPassword('Henan-Mai-83');
    expect(stored).toMatch(/^\$argon2id\$/);
    expect(await isPassword(stored, 'Henan-Mai-83')).toBe(true);
    expect(await isPassword(stored, 'Henan-Mai-84')).toBe(false);
  });

  it('is false where there is no account', async () => {
    expect(await isPassword(null, 'Henan-Mai-83')).toBe(false);
  });
});
