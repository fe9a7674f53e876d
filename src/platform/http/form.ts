import { Body, type PipeTransform, Query } from '@nestjs/common';
import { z } from 'zod';
import { DomainError } from '../../domain/errors.js';

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
    const reading = readForm(this.schema, body);
    if (!reading.ok) throw new DomainError('http.badInput', { fields: reading.faults });
    return reading.value;
  }
}

/** The validated body of a form: `@Form(schema) form: z.infer<typeof schema>`. Throws http.badInput with its faults. */
export const Form = <T>(schema: z.ZodType<T>): ParameterDecorator => Body(new FormPipe(schema));

/** The same for the query of the address. */
export const Search = <T>(schema: z.ZodType<T>): ParameterDecorator => Query(new FormPipe(schema));

/** A text field, trimmed; `required` is the sentence shown when it is empty. */
export const textField = (max: number, required?: string) => {
  const text = z
    .string({ error: required ?? '请填写。' })
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
