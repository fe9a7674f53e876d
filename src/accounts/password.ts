import { hash, verify } from '@node-rs/argon2';
import { randomToken } from '../platform/crypto.js';

const shortest = 10;
const longest = 128;
const classes = [/[A-Z]/, /[a-z]/, /\d/, /[^A-Za-z0-9]/];

/** argon2id (the package's own choice), 19 MiB, two passes: the first choice of OWASP's Password Storage Cheat Sheet. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** Null, or why the password is too weak (等保: at least 10 characters with three of four classes). */
export function passwordFault(password: string, login: string): string | null {
  const length = [...password].length;
  if (length < shortest) return `密码至少${shortest}个字符，现在是${length}个。`;
  if (length > longest) return `密码不能超过${longest}个字符。`;
  if (classes.filter((kind) => kind.test(password)).length < 3) {
    return '密码要包含大写字母、小写字母、数字、符号中的三类。';
  }
  if (password.toLowerCase().includes(login.toLowerCase())) return '密码不能包含账号名。';
  return null;
}

export const hashPassword = (password: string): Promise<string> => hash(password, cost);

let nobodysHash: Promise<string> | undefined;

/** Takes as long for an account that does not exist (`null`), so that names cannot be told by the clock. */
export async function isPassword(passwordHash: string | null, password: string): Promise<boolean> {
  nobodysHash ??= hashPassword(randomToken());
  const matches = await verify(passwordHash ?? (await nobodysHash), password);
  return passwordHash !== null && matches;
}
