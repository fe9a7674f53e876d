import { chineseDateTime } from '../../domain/calendar.js';
import { type Acting, mayAct } from '../../domain/issue/issue-state.js';
import { holdsFor, mayDo } from '../../domain/roles.js';
import { issueName } from '../issue-head/issue-name.js';
import type { Tone } from '../tags.js';
import type { WorkIssue } from './workbench.repository.js';

/** One line of 待办. */
export interface Task {
  /** One character that says of which kind it is. */
  glyph: string;
  tone: Tone;
  title: string;
  detail: string;
  /** The place of the act, and its word. */
  href: string;
  act: string;
}

/** What waits anywhere, whosoever it is. */
export interface Waiting {
  issues: readonly WorkIssue[];
  replies: number;
  amendments: number;
  subscriptions: number;
  badContacts: number;
  /** Sheets due back, by edition. */
  paperDue: ReadonlyMap<string, number>;
}

type IssueTask = (issue: WorkIssue, me: Acting, waiting: Waiting) => Task | null;

/** Enough to know what it is about; the whole of it stands on the issue. */
const noteShown = 60;

/** Of one issue, the most pressing first: a table, so that a further kind is a further line. */
const ofIssue: readonly IssueTask[] = [
  (issue, me) => {
    if (issue.sentBackAt === null || !mayDo(me.roles, 'issue.submitForReview')) return null;
    const note = issue.sentBackNote ?? '';
    const short = note.length > noteShown ? `${note.slice(0, noteShown)}……` : note;
    return {
      ...{ glyph: '退', tone: 'bad', title: `${issueName(issue)}被退回` },
      detail: `${issue.sentBackBy ?? ''}（${chineseDateTime(issue.sentBackAt)}）：${short}`,
      ...{ href: `/issues/${issue.id}/edit`, act: '去修改' },
    };
  },
  (issue, me) =>
    issue.held > 0 && mayDo(me.roles, 'dispatch.control')
      ? {
          ...{ glyph: '疑', tone: 'bad', title: `${issueName(issue)}有${issue.held}条不知是否发出` },
          ...{ detail: '系统查不清，请核实后处理。', href: `/issues/${issue.id}/progress#attention`, act: '处理' },
        }
      : null,
  (issue, me) =>
    mayAct('review', me, issue) === null
      ? {
          ...{ glyph: '审', tone: 'warn', title: `${issueName(issue)}等待审核` },
          ...{ detail: '看过内容、范围和检查结果后审核通过或退回。', href: `/issues/${issue.id}`, act: '去审核' },
        }
      : null,
  (issue, me) =>
    mayAct('signOff', me, issue) === null
      ? {
          ...{ glyph: '签', tone: 'warn', title: `${issueName(issue)}等待签发` },
          ...{
            detail: '签发前可看到收件人数、时间和各通道消息。',
            href: `/issues/${issue.id}/sign-off`,
            act: '去签发',
          },
        }
      : null,
  (issue, me) =>
    issue.state === 'drafting' && issue.sentBackAt === null && mayDo(me.roles, 'issue.submitForReview')
      ? {
          ...{ glyph: '编', tone: 'info', title: `${issueName(issue)}正在编辑` },
          ...{ detail: '核对内容和发送范围后送审。', href: `/issues/${issue.id}`, act: '继续编辑' },
        }
      : null,
  (issue, me) =>
    issue.state === 'dispatched' && issue.unreached > 0 && mayDo(me.roles, 'acknowledge.onBehalf')
      ? {
          ...{ glyph: '电', tone: 'warn', title: `${issueName(issue)}有${issue.unreached}人无法送达` },
          ...{ detail: '请打电话或送纸质件。', href: `/issues/${issue.id}/calls`, act: '电话名单' },
        }
      : null,
  (issue, me, { paperDue }) => {
    const due = issue.editionId === null ? 0 : (paperDue.get(issue.editionId) ?? 0);
    if (due === 0 || issue.state !== 'dispatched' || !mayDo(me.roles, 'acknowledge.onBehalf')) return null;
    return {
      ...{ glyph: '纸', tone: 'info', title: `${issueName(issue)}有${due}人的纸质签收单待收回` },
      ...{ detail: '收回后登记，即计入已签收。', href: `/issues/${issue.id}/paper/signed`, act: '登记' },
    };
  },
];

/** Kinds that are not of one issue: who may settle them, how many there are, and what is said of them. */
const ofOffice: readonly ((waiting: Waiting, me: Acting) => Task | null)[] = [
  ({ replies }, { roles }) =>
    replies > 0 && mayDo(roles, 'reply.settle')
      ? {
          ...{ glyph: '复', tone: 'warn', title: `${replies}条短信回复等待处理` },
          ...{ detail: '可能是签收，系统认不准是哪一期。', href: '/replies', act: '处理' },
        }
      : null,
  ({ badContacts }, { roles }) =>
    badContacts > 0 && mayDo(roles, 'contact.edit')
      ? {
          ...{ glyph: '址', tone: 'info', title: `${badContacts}个联系方式退信或停用` },
          ...{ detail: '请联系本人更正，否则以后各期都送不到。', href: '/contacts', act: '核对地址' },
        }
      : null,
  ({ amendments }, { roles }) =>
    amendments > 0 && mayDo(roles, 'amendment.answer')
      ? {
          ...{ glyph: '更', tone: 'info', title: `${amendments}条更正申请` },
          ...{ detail: '收件人请求更正本人的信息。', href: '/amendments', act: '答复' },
        }
      : null,
  ({ subscriptions }, { roles }) =>
    subscriptions > 0 && mayDo(roles, 'subscription.decide')
      ? {
          ...{ glyph: '订', tone: 'info', title: `${subscriptions}份订阅申请` },
          ...{ detail: '已验证地址，等待审核。', href: '/subscriptions', act: '审核' },
        }
      : null,
];

/** What waits for this account, issue by issue, then the rest. What it may not settle is not among it. */
export function tasksFor(me: Acting, waiting: Waiting): Task[] {
  const mine = waiting.issues.filter(({ publicationId }) => holdsFor(me.publications ?? [], publicationId));
  const all = [
    ...ofIssue.flatMap((kind) => mine.map((issue) => kind(issue, me, waiting))),
    ...ofOffice.map((kind) => kind(waiting, me)),
  ];
  return all.filter((task) => task !== null);
}
