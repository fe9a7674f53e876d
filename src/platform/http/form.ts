import { Body, type PipeTransform, Query } from '@nestjs/common';
import { z } from 'zod';
import { parseIsoDate } from '../../domain/calendar.js';
import { DomainError } from '../../domain/errors/errors.js';
import { visible } from '../../domain/text/same-text.js';

/** `field` is the field's name in the form; the error summary links to the input with that id. */
export interface FormFault {
  field: string;
  message: string;
}

export type FormReading<T> = { ok: true; value: T } | { ok: false; faults: FormFault[] };

/** For a page that shows the form again with what was wrong; see @Form for one that need not. */
export function readForm<T>(schema: z.ZodType<T>, body: unknown): FormReading<T> {
  const parsed = schema.safeParse(body ?? {});
  return parsed.success ? { ok: true, value: parsed.data } : { ok: false, faults: formFaults(parsed.error) };
}

/** One fault a field, the first. */
export function formFaults(error: z.ZodError): FormFault[] {
  const faults = new Map<string, FormFault>();
  for (const { path, message } of error.issues) {
    const field = path.map(String).join('.');
    if (!faults.has(field)) faults.set(field, { field, message });
  }
  return [...faults.values()];
}

class FormPipe<T> implements PipeTransform<unknown, T> {
  constructor(private readonly schema: z.ZodType<T>) {}

  transform(body: unknown): T {
    return formValue(this.schema, body);
  }
}

/** @throws http.badInput with the faults by field */
export function formValue<T>(schema: z.ZodType<T>, body: unknown): T {
  const reading = readForm(schema, body);
  if (!reading.ok) throw new DomainError('http.badInput', { fields: reading.faults });
  return reading.value;
}

/** The validated body of a form: `@Form(schema) form: z.infer<typeof schema>`. Throws http.badInput with its faults. */
export const Form = <T>(schema: z.ZodType<T>): ParameterDecorator => Body(new FormPipe(schema));

/** The same for the query of the address. */
export const Search = <T>(schema: z.ZodType<T>): ParameterDecorator => Query(new FormPipe(schema));

/** One parameter of the query as text: of several of that name the last, as a browser's own form would have it last. */
const asText = (value: unknown): string | undefined => {
  const one: unknown = Array.isArray(value) ? value.at(-1) : value;
  return typeof one === 'string' ? one : undefined;
};

class AskedPipe implements PipeTransform<unknown, Asked | string | undefined> {
  constructor(private readonly single: boolean) {}

  transform(query: unknown): Asked | string | undefined {
    if (this.single) return asText(query);
    return Object.fromEntries(Object.entries(query ?? {}).map(([name, value]) => [name, asText(value)]));
  }
}

export type Asked = Readonly<Record<string, string | undefined>>;

/** What the address asks for, read leniently: `@Asked() query: Asked`, or `@Asked('page') page: string | undefined`. */
export const Asked = (name?: string): ParameterDecorator =>
  name === undefined ? Query(new AskedPipe(false)) : Query(name, new AskedPipe(true));

/** The largest number that an integer column holds. */
export const largestInteger = 2_147_483_647;

/** A whole number that an integer column holds, typed in a form; of a version or revision, say. */
export const storedNumber = z.coerce.number().int().min(0).max(largestInteger);

/** `yyyy-mm-dd` of a day that exists. */
export const isoDay = z.iso.date().refine((day) => parseIsoDate(day) !== null, '日期不存在。');

/** An instant as we write it ourselves, of a day that exists. */
export const isoInstant = z.iso.datetime().refine((text) => parseIsoDate(text.slice(0, 10)) !== null);

/** A text field, trimmed, without what nobody sees; `required` is the sentence shown when it is empty. */
export const textField = (max: number, required?: string) => {
  const text = z
    .string({ error: required ?? '请填写。' })
    .overwrite(visible)
    .trim()
    .max(max, `不能超过${max}个字。`);
  return required === undefined ? text.default('') : text.min(1, required);
};

/** Ticked boxes of one name: none, one or several. */
export const ticked = <T extends z.ZodType>(member: T) =>
  z.preprocess(
    (value) => (value === undefined ? [] : Array.isArray(value) ? (value as unknown[]) : [value]),
    z.array(member),
  );

/** Browsers send line ends as CRLF. Of a field sent twice the first counts. */
export function fieldText(value: unknown): string {
  const first: unknown = Array.isArray(value) ? value[0] : value;
  return typeof first === 'string' ? first.replace(/\r\n?/g, '\n') : '';
}
