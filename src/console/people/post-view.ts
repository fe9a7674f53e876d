import { chineseDate } from '../../domain/calendar.js';
import { postLevelText, actingWord } from '../../domain/people/list-words.js';
import type { LiaisonRow } from '../../organisation/liaison.repository.js';
import type { PostLine } from './organisation-page.repository.js';

export interface ShownPost {
  id: string;
  title: string;
  order: number;
  level: string;
  tags: string;
  version: number;
  holders: readonly { personId: string; text: string }[];
}

export function postLine(post: PostLine): ShownPost {
  return {
    id: post.id,
    title: `${post.title}${post.seat > 1 ? `（第${post.seat}席）` : ''}`,
    order: post.protocolOrder,
    level: postLevelText[post.level as keyof typeof postLevelText],
    tags: post.tags.join('、'),
    version: post.version,
    holders: post.holders.map(({ personId, name, acting, actingKind }) => ({
      personId,
      text: acting ? `${name}（${actingWord(actingKind)}）` : name,
    })),
  };
}

export interface LiaisonLine {
  id: string;
  personId: string;
  name: string;
  serves: string;
  period: string;
  open: boolean;
}

export function liaisonLine(officer: LiaisonRow, today: string): LiaisonLine {
  const { id, personId, personName, serves, startsOn, endsOn } = officer;
  const from = `自${chineseDate(startsOn)}起`;
  return {
    id,
    personId,
    name: personName,
    serves,
    period: endsOn === null ? from : `${from}，至${chineseDate(endsOn)}（不含）`,
    open: endsOn === null || endsOn > today,
  };
}
