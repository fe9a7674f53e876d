import { PlanService } from '../src/dispatch/plan/plan.service.js';
import { IssueService } from '../src/issues/issue.service.js';
import { SignOffService } from '../src/issues/sign-off.service.js';
import { people, revisionOf, seedBulletin, takeDemoList, type World } from './world.js';

/** What a test needs of an issue; whatever is left out is as in the seed bulletin, and the class is public. */
export interface IssueWish {
  level?: 'public' | 'internal';
  /** 14 in the seed; another number makes a further issue for the same list. */
  number?: number;
  /** Whom it goes to instead of the 115 of the seed: for a test whose work grows with them and that needs only several. */
  to?: string;
  /** Makes another text of the seed's. */
  text?: (seed: string) => string;
}

/** The first in protocol order, from 1 to 11. */
export const committee = { to: '县委常委', people: 11 } as const;

/** An issue on the approver's desk: imported, sent for review and reviewed. Where there is no list yet, the demo list comes first. */
export async function anIssue(world: World, wish: IssueWish = {}): Promise<{ issueId: string; revision: number }> {
  if ((await world.query('SELECT 1 FROM post LIMIT 1')).length === 0) await takeDemoList(world);
  const { level = 'public', number = 14, to, text = (seed) => seed } = wish;
  const numbered = seedBulletin().toString('utf8').replace('第 14 期', `第 ${number} 期`);
  const bytes = Buffer.from(text(to === undefined ? numbered : numbered.replace(/^本期发：.*$/m, `本期发：${to}。`)));
  const file = { fileName: `${number}.txt`, bytes };
  const { issueId } = await world.get(IssueService).importBulletin(file, people.editor);
  if (level === 'public') await world.query(`UPDATE issue SET level = 'public' WHERE id = $1`, [issueId]);
  return { issueId, revision: await reviewed(world, issueId) };
}

/** @returns the revision that the approver signs off */
export async function reviewed(world: World, issueId: string): Promise<number> {
  const revision = await revisionOf(world, issueId);
  await world.get(IssueService).act(issueId, revision, 'submitForReview', people.editor);
  await world.get(IssueService).act(issueId, revision + 1, 'review', people.reviewer);
  return revision + 2;
}

export interface SignedEdition {
  issueId: string;
  editionId: string;
}

export async function aSignedEdition(world: World, wish: IssueWish = {}): Promise<SignedEdition> {
  const { issueId, revision } = await anIssue(world, wish);
  return { issueId, ...(await world.get(SignOffService).signOff(issueId, revision, people.approver)) };
}

/** Signed off, with its copies and deliveries: 115 people of the demo list, a message for each channel of the world. */
export async function aPlannedEdition(world: World, wish: IssueWish = {}): Promise<SignedEdition> {
  const edition = await aSignedEdition(world, wish);
  await world.get(PlanService).plan(edition.editionId);
  return edition;
}

/** A post of the list, by whoever holds it without an end or by its place in protocol order. */
export async function aPost(
  world: World,
  which: { holder: string } | { order: number },
): Promise<{ post: string; unit: string; tenure: string; person: string }> {
  const [row] = await world.query<{ post: string; unit: string; tenure: string; person: string }>(
    `SELECT p.id AS post, p.unit_id AS unit, t.id AS tenure, t.person_id AS person FROM post p
     JOIN tenure t ON t.post_id = p.id AND t.ends_on IS NULL JOIN person ON person.id = t.person_id
     WHERE ${'holder' in which ? 'person.name' : 'p.protocol_order'} = $1`,
    ['holder' in which ? which.holder : which.order],
  );
  if (!row) throw new Error(`no such post: ${JSON.stringify(which)}`);
  return row;
}
