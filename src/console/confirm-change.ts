import { z } from 'zod';
import { parseIsoDate } from '../domain/calendar.js';
import { DomainError, type ErrorCode } from '../domain/errors/errors.js';
import { type FormFault, readForm, storedNumber } from '../platform/http/form.js';
import { page, type PageReply, type SeeOther } from '../platform/http/page.js';

/** A form as text: single values, and several for fields of one name. */
export type Typed = Readonly<Record<string, string | readonly string[]>>;

/** What an act would do, with everything typed carried along in hidden fields; nothing has changed yet. */
export function confirmChange(view: {
  title: string;
  action: string;
  fields: Typed;
  lines: readonly string[];
  warnings: readonly string[];
  submit: string;
  back: string;
  /** A second button that sends the same form with another value. */
  another?: { name: string; value: string; text: string };
  /** Which of the main pages it belongs to. */
  nav?: 'list' | 'groups' | 'contacts' | 'calendar' | 'issues' | 'publications' | 'replies' | 'channels';
  /** Until when it can be taken back. */
  undo?: string;
}): PageReply {
  const fields = Object.entries(view.fields).flatMap(([name, value]) =>
    [value].flat().map((one) => ({ name, value: one })),
  );
  const { another = null, nav = 'list', undo = '24小时内、别人未再改动前可以撤销' } = view;
  return page('console/confirm-change', { ...view, fields, another, nav, undo });
}

const fieldOf: Partial<Record<ErrorCode, string>> = {
  'list.lateNeedsReason': 'reason',
  'list.correctionNeedsReason': 'reason',
  'list.endBeforeStart': 'on',
  'list.plannedAlready': 'on',
  'list.pastTaken': 'on',
  'list.sameDay': 'on',
  'list.postNotOpen': 'on',
  'list.alreadyHolds': 'name',
  'list.alreadyLiaison': 'name',
  'list.unitNameTaken': 'name',
  'list.postTaken': 'title',
  'list.overlap': 'from',
};

/** A refusal as a fault of the form it was typed into; anything else is no refusal and is thrown on. */
export function refusalFault(error: unknown): { faults: FormFault[]; status: number } {
  if (!(error instanceof DomainError) || error.status === 404) throw error;
  return { faults: [{ field: fieldOf[error.code] ?? '', message: error.message }], status: error.status };
}

/** Somebody else was faster: nothing typed is lost, and whoever has seen what is stored now may send it once more. */
export const changedFault = (now: string): FormFault => ({
  field: '',
  message: `刚刚被别人改过，这次没有保存。现在是：${now}。您填写的内容还在，核对后再次提交，即以您填写的为准。`,
});

const isChanged = (error: unknown): boolean => error instanceof DomainError && error.code === 'list.changedMeanwhile';

/**
 * Carries out what a form asks for; what is wrong with it, and what speaks against it, is shown with the form once more.
 *
 * @param changed shows the form with what is stored now, when somebody else has changed it since the form was opened
 */
export async function submitted<T>(
  schema: z.ZodType<T>,
  body: unknown,
  show: (faults: readonly FormFault[], status: number) => PageReply | Promise<PageReply>,
  work: (form: T) => Promise<PageReply | SeeOther>,
  changed?: () => Promise<PageReply>,
): Promise<PageReply | SeeOther> {
  const reading = readForm(schema, body);
  if (!reading.ok) return show(reading.faults, 422);
  try {
    return await work(reading.value);
  } catch (error) {
    if (changed && isChanged(error)) return changed();
    const { faults, status } = refusalFault(error);
    return show(faults, status);
  }
}

export const dayField = (required: string) =>
  z.string({ error: required }).transform((text, context) => {
    const day = parseIsoDate(text);
    if (day !== null && day >= '1949-10-01' && day <= '2099-12-31') return day;
    context.addIssue({ code: 'custom', message: `${required}格式如 2026-11-23。` });
    return z.NEVER;
  });

/** A version carried by a form; one that is no number belongs to no version. */
export const versionField = storedNumber.catch(-1);
export const confirmedField = z.string().optional();
