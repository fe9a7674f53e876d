// The product itself as a process: the role the environment names, and what the benchmark asks of its services.
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSettings } from '../../dist/programs/settings.js';
import { ListImportJobs } from '../../dist/distribution/list-file/list-import-jobs.js';
import { ListImportService } from '../../dist/distribution/list-file/list-import.service.js';
import { ListUndoService } from '../../dist/distribution/list-file/list-undo.service.js';
import { RosterService } from '../../dist/distribution/list-file/roster.service.js';
import { DispatchService } from '../../dist/dispatch/acts/dispatch.service.js';
import { PlanService } from '../../dist/dispatch/plan/plan.service.js';
import { Progress } from '../../dist/dispatch/after/progress.js';
import { SessionService } from '../../dist/accounts/session.service.js';
import { IssueService } from '../../dist/issues/issue.service.js';
import { SignOffService } from '../../dist/issues/sign-off.service.js';
import { Database } from '../../dist/platform/database.js';
import { startService } from '../../dist/programs/service.js';
import { serve } from './children.mjs';

const bulletin = readFileSync(join(import.meta.dirname, '../fixtures/bulletins/seed.txt'));
const [editor, reviewer, approver] = ['editor', 'reviewer', 'approver'].map((role) => ({
  id: randomUUID(),
  name: role,
  roles: [role],
}));

const settings = readSettings(process.env);
const service = await startService(settings);
const { prisma } = service.get(Database);

/** To mails of some 12 KB. */
async function shorten(issueId) {
  await prisma.item.deleteMany({ where: { section: { issueId, position: { gt: 0 } } } });
  await prisma.section.deleteMany({ where: { issueId, position: { gt: 0 } } });
  await prisma.item.deleteMany({ where: { section: { issueId }, position: { gt: 3 } } });
  const items = await prisma.item.findMany({ where: { section: { issueId } } });
  for (const { id, body } of items) await prisma.item.update({ where: { id }, data: { body: body.slice(0, 100) } });
}

async function timed(work) {
  const from = performance.now();
  const value = await work();
  return { ms: performance.now() - from, value };
}

const seconds = ({ ms }) => Number((ms / 1000).toFixed(2));

/** Read, dry run, apply: the way a file takes from the page to the list; the jobs are run here instead of being rung for. */
async function importList(file) {
  const [imports, jobs] = [service.get(ListImportService), service.get(ListImportJobs)];
  const stateOf = async (id) => (await imports.importOf(id, editor)).state;
  const cpu = process.cpuUsage();
  const read = await timed(() => imports.upload({ name: 'list.csv', bytes: readFileSync(file) }, 'whole', editor));
  const id = read.value;
  const dryRun = await timed(() => jobs.run(id));
  await imports.confirm(id, editor, true);
  const apply = await timed(() => jobs.run(id));
  if ((await stateOf(id)) !== 'done') throw new Error(`the import is ${await stateOf(id)}`);
  const { user, system } = process.cpuUsage(cpu);
  const cpuSeconds = Math.round((user + system) / 1e6);
  return { id, readSeconds: seconds(read), dryRunSeconds: seconds(dryRun), applySeconds: seconds(apply), cpuSeconds };
}

serve(
  { port: settings.http.port },
  {
    /** Imported and reviewed: everything that comes before 签发. */
    review: async (number) => {
      const issues = service.get(IssueService);
      // A file is imported once; a blank line more is another file.
      const bytes = Buffer.concat([bulletin, Buffer.from('\n'.repeat(number))]);
      const { issueId } = await issues.importBulletin({ fileName: 'seed.txt', bytes }, editor);
      await shorten(issueId);
      await prisma.publication.updateMany({ data: { policy: { waits: 'never' } } });
      const scope = (await prisma.group.findMany({ select: { name: true } })).map(({ name }) => name);
      await prisma.issue.update({
        where: { id: issueId },
        data: { level: 'public', proposedNumber: number, scope },
      });
      const { revision } = await prisma.issue.findUniqueOrThrow({ where: { id: issueId } });
      await issues.act(issueId, revision, 'submitForReview', editor);
      await issues.act(issueId, revision + 1, 'review', reviewer);
      return issueId;
    },
    /** A worker that runs plans and sends it. */
    signOff: async (issueId) => {
      const { revision } = await prisma.issue.findUniqueOrThrow({ where: { id: issueId } });
      const { ms, value } = await timed(() => service.get(SignOffService).signOff(issueId, revision, approver));
      return { editionId: value.editionId, ms };
    },
    plan: async (editionId) => (await timed(() => service.get(PlanService).plan(editionId))).ms,
    remind: async (editionId) => timed(() => service.get(DispatchService).remind(editionId, editor)),
    progress: async (editionId) => (await timed(() => service.get(Progress).progressOf(editionId))).ms,
    session: async () => {
      const account = await prisma.account.create({
        data: { login: `bench${Date.now()}`, name: '测', roles: ['editor'] },
      });
      return service.get(SessionService).start(account.id);
    },
    importList,
    undoImport: async (id) => seconds(await timed(() => service.get(ListUndoService).undo(id, editor))),
    readList: async (file) => seconds(await timed(() => service.get(RosterService).sheets(readFileSync(file)))),
    stop: () => service.stop(),
  },
);
