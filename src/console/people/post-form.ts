import { z } from 'zod';
import { postKinds, postKindText } from '../../domain/people/list-words.js';
import { postLevels } from '../../domain/people/organisation.js';
import { visible } from '../../domain/text/same-text.js';
import { type FormFault, textField, fieldText } from '../../platform/http/form.js';
import { page, type PageReply } from '../../platform/http/page.js';
import { versionField } from '../confirm-change.js';
import { choices, postLevelChoices } from './organisation-words.js';

const mostTags = 10;
const longestTag = 20;

const wholeNumber = (least: number, most: number, message: string) =>
  z
    .string({ error: message })
    .trim()
    .regex(/^\d{1,6}$/, message)
    .transform(Number)
    .refine((n) => n >= least && n <= most, message);

export const postForm = z.object({
  title: textField(100, '请填写职务名称。'),
  kind: z.enum(postKinds, { error: '请选择归类。' }),
  level: z.enum(postLevels, { error: '请选择级别。' }),
  seat: wholeNumber(1, 99, '席次请填写1到99之间的整数。'),
  protocolOrder: wholeNumber(1, 999_999, '次序请填写1到999999之间的整数。'),
  tags: z
    .string()
    .default('')
    .transform((text) =>
      [
        ...new Set(
          visible(text)
            .split(/[;；、，,]/)
            .map((tag) => tag.trim()),
        ),
      ].filter((tag) => tag !== ''),
    )
    .refine((tags) => tags.length <= mostTags, `标签最多${mostTags}个。`)
    .refine((tags) => tags.every((tag) => tag.length <= longestTag), `每个标签不超过${longestTag}个字。`),
  version: versionField,
  slip: z.string().optional(),
});

export type PostDraft = Record<'title' | 'kind' | 'level' | 'seat' | 'protocolOrder' | 'tags' | 'version', string>;

export function readPostDraft(body: Record<string, unknown>): PostDraft {
  const names = ['title', 'kind', 'level', 'seat', 'protocolOrder', 'tags', 'version'] as const;
  return Object.fromEntries(names.map((name) => [name, fieldText(body[name])])) as PostDraft;
}

export function postFormPage(
  title: string,
  action: string,
  back: string,
  typed: PostDraft,
  faults: readonly FormFault[],
  status: number,
): PageReply {
  const props = { title, action, back, typed, faults, isNew: typed.version === '0' };
  const lists = { kinds: choices(postKinds, postKindText, typed.kind), levels: postLevelChoices(typed.level) };
  return page('console/people/post-form', { ...props, ...lists }, { status });
}
