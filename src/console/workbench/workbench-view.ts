import {
  beijingDate,
  beijingHour,
  type Calendar,
  chineseDate,
  chineseDateTime,
  isWorkingDay,
} from '../../domain/calendar.js';
import { workingDaysBefore } from '../../domain/calendar.js';
import { mayDo, type Role } from '../../domain/roles.js';
import { readPolicy } from '../../domain/sending/channel-policy.js';
import { type Bar, barOf } from '../bar.js';
import { issueName } from '../issue-head/issue-name.js';
import type { Tag } from '../tags.js';
import { type Task, tasksFor, type Waiting } from './tasks.js';
import type { SetUpState, WorkIssue } from './workbench.repository.js';

/** An issue on its way or out and not yet acknowledged by all. */
export interface UnderWay {
  href: string;
  name: string;
  state: Tag;
  /** When it left, or is to leave, and how long ago. */
  since: string;
  /** Messages that are still to leave, and how long that takes; empty when none are. */
  left: string;
  /** Null as long as there are no copies. */
  bar: (Bar & { acknowledged: number; copies: number }) | null;
  act: { href: string; text: string } | null;
}

export interface SetUpStep {
  name: string;
  detail: string;
  /** Null for who may not do it. */
  href: string | null;
  done: boolean;
}

export interface WorkbenchView {
  greeting: string;
  today: string;
  /** What the office still lacks before its first issue; null once one has been sent. */
  setUp: readonly SetUpStep[] | null;
  tasks: readonly Task[];
  underWay: readonly UnderWay[];
  /** Something is leaving right now: the page is worth looking at again. */
  moving: boolean;
  late: readonly { href: string; name: string; left: string; since: string }[];
  recent: readonly { href: string; name: string; bar: Bar }[];
  channels: readonly { name: string; standing: { tone: string; text: string }; detail: string }[];
}

export interface WorkbenchFacts extends Waiting {
  me: { id: string; name: string; roles: readonly Role[] };
  now: Date;
  calendar: Calendar;
  setUp: SetUpState;
  /** There is a channel that can send. */
  channel: boolean;
  channels: WorkbenchView['channels'];
  /** Of issues whose messages are leaving: how long that takes, in words. */
  timeLeft: ReadonlyMap<string, string>;
}

const recentShown = 6;
const underWayShown = 3;
/** An issue is under way for so long after it left. */
const freshMs = 3 * 86_400_000;
const weekdays = ['日', '一', '二', '三', '四', '五', '六'];

export function workbenchView(facts: WorkbenchFacts): WorkbenchView {
  const { me, now, calendar, issues } = facts;
  const tasks = mayDo(me.roles, 'issue.read', 'list.read') ? tasksFor(me, facts) : [];
  const out = issues.filter(({ copies, plannedAt }) => copies > 0 && plannedAt !== null);
  const underWay = issues.filter((issue) => isUnderWay(issue, now)).slice(0, underWayShown);
  const seesIssues = mayDo(me.roles, 'issue.read');
  return {
    greeting: `${me.name}，${partOfDay(beijingHour(now))}好`,
    today: todayText(now, calendar, tasks.length),
    setUp: facts.setUp.sent ? null : setUpSteps(facts),
    tasks,
    underWay: seesIssues ? underWay.map((issue) => underWayView(issue, facts)) : [],
    moving: seesIssues && underWay.some(({ waiting, state }) => waiting > 0 || state === 'signedOff'),
    late: seesIssues ? out.filter((issue) => isLate(issue, now, calendar)).map((issue) => lateView(issue, now)) : [],
    recent: seesIssues
      ? out.slice(0, recentShown).map((issue) => ({
          ...{ href: `/issues/${issue.id}/board`, name: issueName(issue), bar: barOf(issue) },
        }))
      : [],
    channels: facts.channels,
  };
}

const partOfDay = (hour: number): string => (hour < 12 ? '上午' : hour < 18 ? '下午' : '晚上');

function todayText(now: Date, calendar: Calendar, waiting: number): string {
  const day = beijingDate(now);
  const weekday = weekdays[new Date(`${day}T00:00:00Z`).getUTCDay()]!;
  const kind = isWorkingDay(day, calendar) ? '工作日' : '休息日';
  return `${chineseDate(day)}\u3000星期${weekday}\u3000${kind} · ${waiting === 0 ? '没有待办事项' : `有${waiting}件事等您`}`;
}

function isUnderWay({ state, waiting, plannedAt, copies, acknowledged }: WorkIssue, now: Date): boolean {
  if (state === 'signedOff' || waiting > 0) return true;
  const fresh = plannedAt !== null && now.getTime() - plannedAt.getTime() < freshMs;
  return state === 'dispatched' && fresh && acknowledged < copies;
}

/** Nobody is asked to acknowledge what the publication does not ask for. */
function isLate({ state, plannedAt, policy, acknowledged, copies }: WorkIssue, now: Date, calendar: Calendar): boolean {
  const { asksAcknowledgement, remindAfterDays } = readPolicy(policy);
  if (state !== 'dispatched' || plannedAt === null || !asksAcknowledgement || acknowledged >= copies) return false;
  return plannedAt <= workingDaysBefore(now, Math.max(1, remindAfterDays), calendar);
}

const lateView = (issue: WorkIssue, now: Date) => ({
  href: `/issues/${issue.id}/board`,
  name: issueName(issue),
  left: `${issue.copies - issue.acknowledged}人未签收`,
  since: `已发出${elapsed(now.getTime() - issue.plannedAt!.getTime())}`,
});

function underWayView(issue: WorkIssue, { me, now, timeLeft }: WorkbenchFacts): UnderWay {
  const { plannedAt, sendAt, waiting, copies, acknowledged } = issue;
  const left = copies - acknowledged;
  const asks = readPolicy(issue.policy).asksAcknowledgement;
  const mayRemind = left > 0 && waiting === 0 && asks && mayDo(me.roles, 'dispatch.remind');
  return {
    href: `/issues/${issue.id}/${waiting > 0 ? 'progress' : plannedAt === null ? '' : 'board'}`.replace(/\/$/, ''),
    name: issueName(issue),
    state:
      plannedAt === null ? { text: '待发送', tone: 'info' } : { text: waiting > 0 ? '发送中' : '签收中', tone: 'info' },
    since: plannedAt === null ? startText(sendAt, now) : sentText(plannedAt, now),
    left: waiting === 0 ? '' : `还有${waiting}条待发出${timeLeft.get(issue.id) ?? ''}`,
    bar: copies === 0 ? null : { ...barOf(issue), acknowledged, copies },
    act: mayRemind ? { href: `/issues/${issue.id}/remind`, text: `催阅未签收的${left}人…` } : null,
  };
}

const startText = (sendAt: Date | null, now: Date): string =>
  sendAt === null || sendAt <= now ? '即将发出' : `定于${chineseDateTime(sendAt)}发出`;

const sentText = (plannedAt: Date, now: Date): string =>
  `${chineseDateTime(plannedAt)}发出 · 已过${elapsed(now.getTime() - plannedAt.getTime())}`;

/** 42分钟, 1小时42分, 3天: as exact as anybody needs it. */
export function elapsed(ms: number): string {
  const minutes = Math.max(0, Math.floor(ms / 60_000));
  if (minutes < 60) return `${minutes}分钟`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return minutes % 60 === 0 ? `${hours}小时` : `${hours}小时${minutes % 60}分`;
  return `${Math.floor(hours / 24)}天`;
}

function setUpSteps({ setUp, channel, me }: WorkbenchFacts): SetUpStep[] {
  const may = (href: string, ...permissions: Parameters<typeof mayDo>[1][]) =>
    mayDo(me.roles, ...permissions) ? href : null;
  return [
    {
      name: '开设账号',
      detail: '责任编辑、审核人、签发人至少各一人，编辑与签发不能是同一人。',
      ...{ href: may('/accounts', 'account.manage'), done: setUp.rolesHeld === 3 },
    },
    {
      name: '导入发送名单',
      detail: '单位、职务、姓名和联系方式，用 Excel 或 CSV 文件。',
      ...{ href: may('/list/import', 'list.edit'), done: setUp.list },
    },
    {
      name: '开通发送通道',
      detail: '电子邮件、短信、企业微信，至少一种。',
      ...{ href: may('/channels', 'channel.read'), done: channel },
    },
    {
      name: '导入第一期，登记刊物',
      detail: '刊名从文件读出；发送方式、安静时间和是否要求签收在刊物设置里定。',
      ...{
        href: setUp.publication ? may('/publications', 'publication.edit') : may('/issues/new', 'issue.import'),
        done: setUp.publication && setUp.issue,
      },
    },
    {
      name: '试发一期',
      detail: '先以一两个人为发送范围，走一遍审核、签发、签收。',
      ...{ href: may('/issues', 'issue.read'), done: setUp.sent },
    },
  ];
}
