import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Actor } from '../../accounts/actor.js';
import { DomainError } from '../../domain/errors/errors.js';
import { RosterService } from '../../distribution/list-file/roster.service.js';
import { EditionRepository } from '../../issues/edition.repository.js';
import { IssueRepository, type StoredIssue } from '../../issues/issue.repository.js';
import { IssueService } from '../../issues/issue.service.js';
import { SignOffService } from '../../issues/sign-off.service.js';
import type { Service } from '../service.js';

const material = join(import.meta.dirname, '..', '..', '..', 'prisma', 'demo');
/** Addresses the sandbox refuses, bounces or answers for with silence, see the fault tables in sandbox/. */
const faulty: readonly (readonly [string, string])[] = [
  ['r012@', 'nouser012@'],
  ['r040@', 'late040@'],
  ['r060@', 'drop060@'],
  ['15400000021', '15400009901'],
  ['15400000045', '15400009906'],
  ['15400000070', '15400009904'],
  ['联络员,r033', '联络员,nouser033'],
  // One person whom nothing reaches.
  ['15400000101,r101@', '15401019901,nouser101@'],
  ['联络员,r101', '联络员,nouser101'],
];

/** The list of invented people. @param faults with some addresses that do not work */
export function demoRoster(faults: boolean): Buffer {
  const text = readFileSync(join(material, 'recipients.csv'), 'utf8');
  return Buffer.from(faults ? faulty.reduce((all, [good, bad]) => all.replace(good, bad), text) : text);
}

export interface Staff {
  editor: Actor;
  reviewer: Actor;
  approver: Actor;
}

/** Does what the office does, through the same services as the console: list, import, review, sign-off. Each step is skipped when an earlier run got past it. */
export async function publish(
  service: Service,
  staff: Staff,
  say: (text: string) => void,
  roster: Uint8Array = demoRoster(false),
): Promise<{ issueId: string; editionId: string; title: string }> {
  const list = await service.get(RosterService).import(roster, staff.editor, new Date());
  if (!list.ok) throw new Error(list.faults.map(({ row, message }) => `${row}: ${message}`).join('\n'));
  say(`发送名单：${list.rows} 人`);

  const issueId = await importOnce(service, 'issue.txt', staff.editor);
  const edition = await signOff(service, staff, issueId);
  say(`${edition.title} 已由 ${staff.approver.name} 签发，定稿摘要 ${edition.hash.slice(0, 12)}`);
  return { issueId, editionId: edition.id, title: edition.title };
}

/** Leads an issue through the chain, from wherever an earlier run left it. */
export async function signOff(
  service: Service,
  staff: Staff,
  issueId: string,
): Promise<{ id: string; title: string; hash: string }> {
  const issues = service.get(IssueService);
  for (;;) {
    const issue = await load(service, issueId);
    if (issue.state === 'drafting' && (issue.loweredTo ?? issue.level) !== 'public') {
      const changes = {
        ...issue,
        number: issue.proposedNumber,
        level: 'public' as const,
        levelReason: '演示：主动公开',
      };
      await issues.edit(issueId, issue.revision, changes, staff.editor);
    } else if (issue.state === 'drafting') await issues.act(issueId, issue.revision, 'submitForReview', staff.editor);
    else if (issue.state === 'reviewing') await issues.act(issueId, issue.revision, 'review', staff.reviewer);
    else if (issue.state === 'awaitingSignOff')
      await service.get(SignOffService).signOff(issueId, issue.revision, staff.approver, undefined, '', true);
    else break;
  }
  const edition = await service.get(EditionRepository).validOf(issueId);
  if (!edition) throw new Error('the demo issue was withdrawn');
  return { id: edition.id, title: edition.content.title, hash: edition.hash };
}

/** @returns the issue, also when an earlier run imported it */
export async function importOnce(service: Service, fileName: string, editor: Actor): Promise<string> {
  try {
    const file = { fileName, bytes: readFileSync(join(material, fileName)) };
    return (await service.get(IssueService).importBulletin(file, editor)).issueId;
  } catch (error) {
    if (error instanceof DomainError && error.code === 'issue.alreadyImported') return String(error.details.issueId);
    throw error;
  }
}

export async function load(service: Service, issueId: string): Promise<StoredIssue> {
  const issue = await service.get(IssueRepository).loadIssue(issueId);
  if (!issue) throw new Error('the demo issue is gone');
  return issue;
}
