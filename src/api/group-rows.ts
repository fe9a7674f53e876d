import { Injectable } from '@nestjs/common';
import { type ExplainedSeat, GroupMembersService } from '../distribution/groups/group-members.service.js';
import { readRule } from '../domain/scope/group.js';
import { found } from './found.js';
import { GroupsApiRepository, type StoredGroupRow } from './groups.repository.js';
import type { GroupRow, MemberRow } from './groups.schema.js';

/** Groups as the interface shows them: what they are, and how many are in them on a day. */
@Injectable()
export class GroupRows {
  constructor(
    private readonly rows: GroupsApiRepository,
    private readonly members: GroupMembersService,
  ) {}

  async groupRows(after: readonly [number, string] | null, limit: number, day: string): Promise<GroupRow[]> {
    const [rows, counted] = await Promise.all([this.rows.groups(after, limit, day), this.members.all(new Date(day))]);
    const counts = new Map(counted.map(({ group, posts, people }) => [group.id, { posts, people }]));
    return rows.map((row) => shown(row, counts.get(row.id) ?? nobody));
  }

  /** @throws DomainError api.notFound */
  async one(id: string, day: string): Promise<GroupRow> {
    const [row, seats] = await Promise.all([this.rows.group(id), this.seats(id, day)]);
    const inGroup = seats.filter((seat) => seat.in);
    const people = new Set(inGroup.flatMap(({ seat }) => seat.holder?.personId ?? []));
    return shown(found(row), { posts: inGroup.length, people: people.size });
  }

  /** In protocol order, those taken out included. @throws DomainError api.notFound */
  async membersOf(id: string, day: string): Promise<MemberRow[]> {
    found(await this.rows.group(id));
    return (await this.seats(id, day)).map(memberOf);
  }

  private async seats(id: string, day: string): Promise<ExplainedSeat[]> {
    return (await this.members.one(id, new Date(day)))?.seats ?? [];
  }
}

const nobody = { posts: 0, people: 0 };

function shown({ rule: stored, ...row }: StoredGroupRow, counts: typeof nobody): GroupRow {
  const read = readRule(stored);
  const rule = read && {
    unitKinds: [...read.unitKinds],
    postKinds: [...read.postKinds],
    levels: [...read.levels],
    tags: [...read.tags],
  };
  return { ...row, rule, ...counts };
}

function memberOf({ seat, reasons, excludedBy, in: isIn }: ExplainedSeat): MemberRow {
  const { postId, unitName, postTitle, protocolOrder, holder } = seat;
  return { postId, unit: unitName, title: postTitle, order: protocolOrder, holder, in: isIn, reasons, excludedBy };
}
