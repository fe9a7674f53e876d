import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { hireStaff } from '../../dist/programs/demo/staff.js';
import { IssueRepository } from '../../dist/issues/issue.repository.js';
import { IssueService } from '../../dist/issues/issue.service.js';
import { Database } from '../../dist/platform/database.js';
import { SignOffService } from '../../dist/issues/sign-off.service.js';
import { Vault } from '../../dist/platform/crypto.js';
import { addPeople, groups, invented } from '../invented-people.mjs';

const demo = join(import.meta.dirname, '..', '..', 'prisma', 'demo');

/** What the office does up to sign-off, through the services of the console; planning and sending are left to the workers. */
export async function signOffDispatch(service, url, copies) {
  const staff = await hireStaff(service);
  const database = new pg.Client({ connectionString: url });
  await database.connect();
  await addPeople(database, service.get(Vault), copies, invented);
  await database.end();
  const issues = service.get(IssueService);
  const load = () => service.get(IssueRepository).loadIssue(issueId);
  const file = { fileName: 'issue.txt', bytes: readFileSync(join(demo, 'issue.txt')) };
  const { issueId } = await issues.importBulletin(file, staff.editor);
  // A rehearsal may be run at night.
  const waits = JSON.stringify({ waits: 'never' });
  await service.get(Database).prisma.$executeRaw`UPDATE publication SET policy = ${waits}::jsonb`;
  const draft = await load();
  const changes = {
    ...draft,
    number: draft.proposedNumber,
    level: 'public',
    levelReason: '演练：主动公开',
    scope: groups,
  };
  await issues.edit(issueId, draft.revision, changes, staff.editor);
  await issues.act(issueId, (await load()).revision, 'submitForReview', staff.editor);
  await issues.act(issueId, (await load()).revision, 'review', staff.reviewer);
  await service.get(SignOffService).signOff(issueId, (await load()).revision, staff.approver, undefined, '', true);
}
