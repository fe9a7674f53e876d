import { z } from 'zod';
import { type FormFault, textField, fieldText } from '../../platform/http/form.js';
import { page, type PageReply, seeOther, type SeeOther } from '../../platform/http/page.js';
import { changedFault, confirmChange, confirmedField, dayField, submitted, versionField } from '../confirm-change.js';

const closeForm = z.object({
  on: dayField('请填写撤销日期。'),
  reason: textField(200),
  version: versionField,
  confirmed: confirmedField,
});

/** 撤销 of a unit or of a post: a form, what it would change, and only then the act. */
export interface Closing {
  title: string;
  /** Page of the unit or post. */
  path: string;
  /** What goes with it. */
  note: string;
  /** The row's own now. */
  version: string;
  submit: string;
  draft: (on: string, reason: string) => Promise<string[]>;
  /** @returns id of the change */
  perform: (version: number, on: string, reason: string) => Promise<string>;
}

type Typed = Record<'on' | 'reason' | 'version', string>;

export function askClosing({ title, path, note }: Closing, typed: Typed, faults: readonly FormFault[], status: number) {
  const props = { title, action: `${path}/close`, back: path, note, typed, faults };
  return page('console/sending/close', props, { status });
}

export function close(closing: Closing, body: Record<string, unknown>): Promise<PageReply | SeeOther> {
  const { title, path, submit } = closing;
  const typed = { on: fieldText(body.on), reason: fieldText(body.reason), version: fieldText(body.version) };
  const show = (faults: readonly FormFault[], status: number) => askClosing(closing, typed, faults, status);
  const changed = () =>
    Promise.resolve(askClosing(closing, { ...typed, version: closing.version }, [changedFault('本页所示的情况')], 409));
  const work = async ({ on, reason, version, confirmed }: z.infer<typeof closeForm>) => {
    if (confirmed !== undefined) return seeOther(`${path}?done=${await closing.perform(version, on, reason)}`);
    const lines = await closing.draft(on, reason);
    return confirmChange({ title, action: `${path}/close`, fields: typed, back: path, lines, warnings: [], submit });
  };
  return submitted(closeForm, body, show, work, changed);
}
