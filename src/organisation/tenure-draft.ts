import { chineseDate } from '../domain/calendar.js';
import { inForce, type TenureSteps } from '../domain/people/organisation.js';
import { canonicalJson } from '../domain/text/canonical-json.js';
import { sha256Hex } from '../platform/crypto.js';
import type { PostRow } from './post.repository.js';
import type { TenureRow } from './tenure.repository.js';

/** What a change of holders would do, in words for the page on which it is confirmed. */
export interface TenureDraft {
  steps: TenureSteps;
  lines: string[];
  warnings: string[];
  /** Stands for the posts as they are now; a change that carries another is refused. */
  stamp: string;
}

export const postName = (post: { unitName: string; title: string; seat?: number }): string =>
  `${post.unitName} ${post.title}${post.seat !== undefined && post.seat > 1 ? `（第${post.seat}席）` : ''}`;

export const actingText = { acting: '代理', presiding: '主持工作' } as const;

export function stampOf(posts: readonly PostRow[], tenures: readonly TenureRow[]): string {
  const facts = {
    posts: posts.map(({ id, version }) => [id, version]),
    tenures: tenures.map(({ id, personId, startsOn, endsOn }) => [id, personId, startsOn, endsOn]).sort(),
  };
  return sha256Hex(canonicalJson(facts)).slice(0, 16);
}

/** @param nameOf of people who are appointed */
export function draftLines(
  steps: TenureSteps,
  posts: readonly PostRow[],
  tenures: readonly TenureRow[],
  nameOf: ReadonlyMap<string, string>,
): string[] {
  const ends = steps.ends.map(({ tenureId, endsOn }) => {
    const tenure = tenures.find(({ id }) => id === tenureId)!;
    const where = `${tenure.unitName} ${tenure.postTitle}`;
    if (endsOn === tenure.startsOn) return `${where}：取消${tenure.personName}原定自${chineseDate(endsOn)}起的任职。`;
    return `${where}：${tenure.personName}自${chineseDate(endsOn)}起不再${tenure.acting ? actingText[tenure.actingKind ?? 'acting'] : '任职'}。`;
  });
  const beginnings = steps.beginnings.map(({ postId, personId, startsOn, actingKind }) => {
    const post = posts.find(({ id }) => id === postId)!;
    const what = actingKind === null ? '任职' : actingText[actingKind];
    return `${postName(post)}：${nameOf.get(personId)!}自${chineseDate(startsOn)}起${what}。`;
  });
  return [...ends, ...beginnings];
}

/** @param others tenures of everybody whom the steps concern, in any post */
export function draftWarnings(
  steps: TenureSteps,
  on: string,
  posts: readonly PostRow[],
  others: readonly TenureRow[],
  nameOf: ReadonlyMap<string, string>,
  reachable: ReadonlySet<string>,
): string[] {
  const ended = new Set(steps.ends.map(({ tenureId }) => tenureId));
  const staying = (personId: string) =>
    others.filter((tenure) => tenure.personId === personId && inForce(tenure, on) && !ended.has(tenure.id));
  const entering = new Set(steps.beginnings.map(({ personId }) => personId));
  const warnings: string[] = [];
  for (const personId of entering) {
    const held = staying(personId).map((tenure) => `${tenure.unitName} ${tenure.postTitle}`);
    if (held.length > 0) warnings.push(`${nameOf.get(personId)!}同时仍任：${held.join('；')}。同一期只收一份。`);
    if (!reachable.has(personId))
      warnings.push(`${nameOf.get(personId)!}还没有登记联系方式，简报送不到，请随后在个人页面登记。`);
  }
  const filled = new Set(steps.beginnings.map(({ postId }) => postId));
  for (const tenure of others.filter(({ id }) => ended.has(id))) {
    const stays = staying(tenure.personId).length > 0 || entering.has(tenure.personId);
    if (!stays) warnings.push(`${tenure.personName}此后不任任何岗位，不再收到简报；已发各期仍记在其名下。`);
    const covered = others.some(
      (other) => other.postId === tenure.postId && !ended.has(other.id) && inForce(other, on),
    );
    const post = posts.find(({ id }) => id === tenure.postId);
    if (!filled.has(tenure.postId) && !covered && post?.closedOn === null)
      warnings.push(`${tenure.unitName} ${tenure.postTitle}自${chineseDate(on)}起空缺。`);
  }
  return [...new Set(warnings)];
}
