import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hireStaff } from '../../dist/demo/staff.js';
import { RosterService } from '../../dist/distribution/roster.service.js';
import { IssueRepository } from '../../dist/issues/issue.repository.js';
import { IssueService } from '../../dist/issues/issue.service.js';
import { SignOffService } from '../../dist/issues/sign-off.service.js';

const demo = join(import.meta.dirname, '..', '..', 'prisma', 'demo');

/** The demo list, followed by as many invented heads of units as are missing. */
export function rosterOf(copies) {
  const [head, ...known] = readFileSync(join(demo, 'recipients.csv'), 'utf8').trim().split(/\r?\n/);
  const rows = known.slice(0, copies);
  for (let n = rows.length + 1; n <= copies; n++) {
    const mobile = `154${String(n).padStart(8, '0')}`;
    rows.push(`${n},县直各单位负责人,第${n}局,局长,张${n},${mobile},r${n}@yanjin.example,leader,,r${n}`);
  }
  return Buffer.from([head, ...rows].join('\n'));
}

/** What the office does up to sign-off, through the services of the console; planning and sending are left to the workers. */
export async function signOffDispatch(service, copies) {
  const staff = await hireStaff(service);
  const list = await service.get(RosterService).import(rosterOf(copies), staff.editor, new Date());
  if (!list.ok) throw new Error(list.faults.map(({ row, message }) => `${row}: ${message}`).join('\n'));
  const issues = service.get(IssueService);
  const load = () => service.get(IssueRepository).load(issueId);
  const file = { fileName: 'issue.txt', bytes: readFileSync(join(demo, 'issue.txt')) };
  const { issueId } = await issues.importBulletin(file, staff.editor);
  const draft = await load();
  const changes = { ...draft, number: draft.proposedNumber, level: 'public', levelReason: '演练：主动公开' };
  await issues.edit(issueId, draft.revision, changes, staff.editor);
  await issues.act(issueId, (await load()).revision, 'submitForReview', staff.editor);
  await issues.act(issueId, (await load()).revision, 'review', staff.reviewer);
  await service.get(SignOffService).signOff(issueId, (await load()).revision, staff.approver);
}
