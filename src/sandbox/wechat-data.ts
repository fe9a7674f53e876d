import { z } from 'zod';

const shape = z.record(z.string().max(40), z.object({ value: z.string().max(2000) }));

/** The texts by field; null for what is no such thing. */
export function readData(data: unknown): Record<string, string> | null {
  const read = shape.safeParse(data);
  return read.success ? Object.fromEntries(Object.entries(read.data).map(([name, { value }]) => [name, value])) : null;
}

/** As the vendor's table of types has it. */
const rules: Readonly<Record<string, RegExp>> = {
  thing: /^.{1,20}$/u,
  phrase: /^\p{Script=Han}{1,5}$/u,
  character_string: /^[\x20-\x7e]{1,32}$/,
  number: /^\d{1,32}$/,
  time: /^(?:\d{4}年\d{1,2}月\d{1,2}日 )?\d{1,2}:\d{2}$/,
  date: /^\d{4}年\d{1,2}月\d{1,2}日(?: \d{1,2}:\d{2})?$/,
};

/** The first field of a subscription notice that the vendor would not take, or that it misses. */
export function fieldFault(content: string, data: Readonly<Record<string, string>>): string | null {
  const names = [...content.matchAll(/\{\{(\w+)\.DATA\}\}/g)].map(([, name]) => name!);
  return names.find((name) => !rules[name.replace(/\d+$/, '')]?.test(data[name] ?? '')) ?? null;
}
