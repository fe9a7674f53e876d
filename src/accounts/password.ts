import { hash, verify } from '@node-rs/argon2';
import { randomToken } from '../platform/crypto.js';

const shortest = 10;
const longest = 128;
const classes = [/[A-Z]/, /[a-z]/, /\d/, /[^A-Za-z0-9]/];

/** argon2id (the package's own choice), 19 MiB, two passes: the first choice of OWASP's Password Storage Cheat Sheet. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** Null, or why the password is too weak (等保: at least 10 characters with three of four classes; nothing that is tried first). */
export function passwordFault(password: string, login: string): string | null {
  const length = [...password].length;
  if (length < shortest) return `密码至少${shortest}个字符，现在是${length}个。`;
  if (length > longest) return `密码不能超过${longest}个字符。`;
  if (classes.filter((kind) => kind.test(password)).length < 3) {
    return '密码要包含大写字母、小写字母、数字、符号中的三类。';
  }
  if (password.toLowerCase().includes(login.toLowerCase())) return '密码不能包含账号名。';
  if (unguessable(password) < leastUnguessable) {
    return `密码太容易猜到：去掉常见词（password、admin、kuaibao等）、连续或重复的字符和年份，至少还要有${leastUnguessable}个字符。`;
  }
  return null;
}

/** What is left of Password123 or Admin@2026 without their first guesses is nothing. */
const leastUnguessable = 6;
const firstGuesses =
  /password|passwd|passw|administrator|admin|root|guest|welcome|letmein|iloveyou|login|master|manager|user|test|kuaibao|zhengwu|mima|office/g;
const years = /(?:19|20)\d\d/g;
/** Rows of the keyboard, and what goes on by one: both ways. */
const rows = [
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890',
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm',
];
const runs = [...rows, ...rows.map((row) => [...row].reverse().join(''))];
const shortestRun = 3;
const lookalikes: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '@': 'a',
  $: 's',
  '!': 'i',
};

/** Characters outside of what guessers try first, whatever stands for a letter. */
function unguessable(password: string): number {
  const typed = [...password.toLowerCase()];
  const read = typed.map((letter) => lookalikes[letter] ?? letter);
  const guessed = new Set<number>();
  const cover = (from: number, length: number): void => {
    for (let i = from; i < from + length; i += 1) guessed.add(i);
  };
  for (const text of [typed.join(''), read.join('')])
    for (const pattern of [firstGuesses, years])
      for (const match of text.matchAll(pattern)) cover(match.index, match[0].length);
  for (let i = 0; i + shortestRun <= typed.length; i += 1) {
    const piece = typed.slice(i, i + shortestRun).join('');
    if (runs.some((run) => run.includes(piece)) || new Set(piece).size === 1) cover(i, shortestRun);
  }
  return typed.length - guessed.size;
}

export const hashPassword = (password: string): Promise<string> => hash(password, cost);

let nobodysHash: Promise<string> | undefined;

/** Takes as long for an account that does not exist (`null`), so that names cannot be told by the clock. */
export async function isPassword(passwordHash: string | null, password: string): Promise<boolean> {
  nobodysHash ??= hashPassword(randomToken());
  const matches = await verify(passwordHash ?? (await nobodysHash), password);
  return passwordHash !== null && matches;
}
