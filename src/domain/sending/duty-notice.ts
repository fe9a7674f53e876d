import { beijingDate, beijingHour, type Calendar, chineseDate, isWorkingDay } from '../calendar.js';

/** What the duty group is told, in counts and names of issues: nobody's name, and no address of a person. */
export type DutyNotice =
  | { kind: 'sent'; issue: string; people: number; unreached: number }
  | { kind: 'allRead'; issue: string; people: number; acknowledged: boolean }
  /** Those of an issue who have not acknowledged, at the end of a working day. */
  | { kind: 'missing'; day: string; issues: readonly { issue: string; missing: number; people: number }[] }
  | { kind: 'stopped'; account: string; reason: string };

/** Named in one notice; of more only the number is said. */
const mostIssues = 10;
const missingHour = 17;
/** After that nobody is told any more who is missing today. */
const missingUntilHour = 20;

const minute = 60_000;
const day = 24 * 60 * minute;
/** Older than that nothing is news. */
export const newsMs = day;
/** Then nobody is told any more who of an issue is missing; the board says it. */
export const missingForMs = 7 * day;
/** Batches under way stop an account again within moments. */
export const quietMs = 30 * minute;
/** A worker that fell silent has this long, and what the robot could not take is tried again after it. */
export const silentMs = minute;
/** Until somebody may have put the settings right. */
export const wrongSettingsMs = 10 * minute;
/** What could not be said by then is not said. */
export const staleMs = 3 * 60 * minute;
/** How long it is known what was said. */
export const keptMs = 90 * day;

/** Whether those who are missing are to be told now. */
export const isMissingTime = (now: Date, calendar: Calendar): boolean =>
  isWorkingDay(beijingDate(now), calendar) && beijingHour(now) >= missingHour && beijingHour(now) < missingUntilHour;

/**
 * As markdown, which marks nothing but its first line.
 *
 * @param office it is from
 * @param mayHaveArrived an earlier try of it may have reached the group
 */
export function dutyText(notice: DutyNotice, office: string, mayHaveArrived: boolean): string {
  const [title, ...lines] = wordsOf(notice);
  const repeated = mayHaveArrived ? ['（上一次是否发出不明，重发一次。）'] : [];
  return [`**【${plain(office)}】${title}**`, ...lines, ...repeated].join('\n');
}

function wordsOf(notice: DutyNotice): string[] {
  switch (notice.kind) {
    case 'sent': {
      const left = notice.unreached > 0 ? `${notice.unreached}人没有发出，请查看。` : '全部已提交各通道。';
      return [`${plain(notice.issue)}已发出`, `共${notice.people}人，${left}`];
    }
    case 'allRead':
      return [
        `${plain(notice.issue)}已全部${notice.acknowledged ? '签收' : '打开'}`,
        `共${notice.people}人，${notice.acknowledged ? '签收' : '打开'}率100%。`,
      ];
    case 'missing': {
      const named = notice.issues.slice(0, mostIssues);
      const more = notice.issues.length - named.length;
      return [
        `${chineseDate(notice.day)}17时尚未签收`,
        ...named.map(({ issue, missing, people }) => `${plain(issue)}：还差${missing}人（共${people}人）`),
        ...(more > 0 ? [`另有${more}期，请在系统中查看。`] : []),
      ];
    }
    case 'stopped':
      return [`${plain(notice.account)}已停用`, plain(notice.reason), '改正后请在发送进度页恢复。'];
  }
}

/** What markdown of the group would read as marks, or as calling somebody. */
const plain = (text: string): string =>
  text.replace(/[<>*_`[\]#\r\n]/g, (mark) => ({ '<': '＜', '>': '＞' })[mark] ?? ' ').trim();
