import { textField } from '../platform/http/form.js';
import { z } from 'zod';
import { postKinds } from '../domain/people/list-words.js';
import { postLevels, unitKinds } from '../domain/people/organisation.js';

/** What the interface shows of groups and of what a scope resolves to. No address is in it. */

export const ruleShape = z
  .object({
    unitKinds: z.array(z.enum(unitKinds)).default([]).describe('单位类别'),
    postKinds: z.array(z.enum(postKinds)).default([]).describe('岗位类别'),
    levels: z.array(z.enum(postLevels)).default([]).describe('级别'),
    tags: z.array(textField(20, '标签不能为空。')).max(20).default([]).describe('标签'),
  })
  .describe('各项条件同时满足；每项满足其中一个值即可，空的不限');

const count = z.int().min(0);

export const groupRow = z.object({
  id: z.uuid(),
  name: z.string(),
  order: z.int().describe('排列次序'),
  closedOn: z.iso.date().nullable(),
  version: z.int().describe('每次修改加一，也在 ETag 中'),
  aliases: z.array(z.string()),
  rule: ruleShape.nullable(),
  parts: z.array(z.uuid()).describe('包含的分组'),
  excludedParts: z.array(z.uuid()).describe('除去的分组'),
  excludedPosts: z.array(z.uuid()).describe('单独除去的岗位'),
  posts: count.describe('当日在组内的岗位数'),
  people: count.describe('当日在组内的人数'),
});
export type GroupRow = z.infer<typeof groupRow>;

const holder = z.object({ personId: z.uuid(), name: z.string(), acting: z.boolean() });

export const memberRow = z.object({
  postId: z.uuid(),
  unit: z.string(),
  title: z.string(),
  order: z.int().describe('礼宾次序'),
  holder: holder.nullable().describe('当日任职人；空缺为 null'),
  in: z.boolean().describe('false：虽有列入的理由，但被除去'),
  reasons: z
    .array(z.object({ by: z.enum(['listed', 'rule', 'part']), groupId: z.uuid().optional() }))
    .describe('listed 逐个列入，rule 符合规则，part 经所包含的分组'),
  excludedBy: z
    .object({ by: z.enum(['post', 'part']), groupId: z.uuid().optional() })
    .nullable()
    .describe('post 单独除去，part 在除去的分组中'),
});
export type MemberRow = z.infer<typeof memberRow>;

const target = z.object({ kind: z.enum(['group', 'unit', 'post']), id: z.uuid(), name: z.string() });

export const receiverRow = z.object({
  personId: z.uuid(),
  name: z.string(),
  postId: z.uuid().nullable(),
  unit: z.string(),
  title: z.string(),
  order: z.int().describe('礼宾次序'),
  acting: z.boolean(),
  groups: z.array(z.string()).describe('经哪些名称列入'),
});

export const resolvedScope = z.object({
  people: count.describe('共多少人，每人一份'),
  labels: z.array(
    z.object({
      label: z.string(),
      groupId: z.uuid().nullable().describe('整个名称就是一个分组时'),
      people: count,
      vacantPosts: z.array(z.string()).describe('空缺的岗位'),
    }),
  ),
  unknown: z
    .array(z.object({ label: z.string(), reason: z.string().nullable(), suggestions: z.array(target) }))
    .describe('没有认出的名称，签发前须处理'),
  items: z.array(receiverRow).describe('收件人，按礼宾次序'),
  next: z.string().nullable().describe('下一页的 cursor；最后一页为 null'),
});
export type Resolved = z.infer<typeof resolvedScope>;
