// The product itself as a process: the role the environment names, and what the benchmark asks of its services.
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSettings } from '../../dist/config.js';
import { DispatchService } from '../../dist/dispatch/dispatch.service.js';
import { PlanService } from '../../dist/dispatch/plan.service.js';
import { Progress } from '../../dist/dispatch/progress.js';
import { SessionService } from '../../dist/accounts/session.service.js';
import { IssueService } from '../../dist/issues/issue.service.js';
import { SignOffService } from '../../dist/issues/sign-off.service.js';
import { Database } from '../../dist/platform/database.js';
import { startService } from '../../dist/service.js';
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
  await prisma.item.deleteMany({ where: { section: { issueId }, NOT: { section: { position: { lte: 2 } } } } });
  await prisma.section.deleteMany({ where: { issueId, position: { gt: 2 } } });
  const items = await prisma.item.findMany({ where: { section: { issueId } } });
  for (const { id, body } of items) await prisma.item.update({ where: { id }, data: { body: body.slice(0, 120) } });
}

async function timed(work) {
  const from = performance.now();
  const value = await work();
  return { ms: performance.now() - from, value };
}

serve(
  { port: settings.http.port },
  {
    /** Imported, reviewed and signed off; a worker that runs plans and sends it. */
    signOff: async (number) => {
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
      const { ms, value } = await timed(() => service.get(SignOffService).signOff(issueId, revision + 2, approver));
      return { issueId, editionId: value.editionId, ms };
    },
    plan: async (editionId) => (await timed(() => service.get(PlanService).plan(editionId))).ms,
    remind: async (editionId) => timed(() => service.get(DispatchService).remind(editionId, editor)),
    progress: async (editionId) => (await timed(() => service.get(Progress).of(editionId))).ms,
    session: async () => {
      const account = await prisma.account.create({
        data: { login: `bench${Date.now()}`, name: '测', roles: ['editor'] },
      });
      return service.get(SessionService).start(account.id);
    },
    stop: () => service.stop(),
  },
);
