import { z } from 'zod';

/** What the interface shows of the list. Addresses are masked: full numbers never leave through it. */

const day = z.iso.date();
const version = z.int().describe('每次修改加一，也是 ETag');

export const unitRow = z.object({
  id: z.uuid(),
  name: z.string(),
  kind: z.string().describe('party、government、township 等'),
  order: z.int().describe('礼宾次序'),
  closedOn: day.nullable(),
  version,
});
export type UnitRow = z.infer<typeof unitRow>;

export const postRow = z.object({
  id: z.uuid(),
  unitId: z.uuid(),
  title: z.string(),
  kind: z.string().describe('leader、unit、township'),
  level: z.string().describe('principal、deputy、staff'),
  tags: z.array(z.string()),
  seat: z.int(),
  order: z.int().describe('礼宾次序'),
  closedOn: day.nullable(),
  version,
  holders: z
    .array(z.object({ personId: z.uuid(), name: z.string(), acting: z.boolean(), startsOn: day }))
    .describe('当日任职人，正式任职在前，代理在后'),
});
export type PostRow = z.infer<typeof postRow>;

export const personRow = z.object({
  id: z.uuid(),
  name: z.string(),
  version,
  contacts: z.array(z.object({ kind: z.string(), masked: z.string(), usable: z.boolean() })),
  tenures: z.array(
    z.object({ id: z.uuid(), postId: z.uuid(), startsOn: day, endsOn: day.nullable(), acting: z.boolean() }),
  ),
});
export type PersonRow = z.infer<typeof personRow>;
