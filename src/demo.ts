import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Actor } from './accounts/actor.js';
import { readSettings } from './config.js';
import { type DemoArguments, demoArguments } from './demo/arguments.js';
import { demoSettings, type DemoState, loadState, newState, saveState } from './demo/demo-settings.js';
import { followParents } from './demo/parents.js';
import { openDemoSandbox, demoPeople } from './demo/demo-sandbox.js';
import { demoRoster, publish } from './demo/office.js';
import { ProgressBar, sendingDetail } from './demo/progress-bar.js';
import { hireStaff, signInLinks } from './demo/staff.js';
import { summarise, table } from './demo/summary.js';
import { DispatchService } from './dispatch/dispatch.service.js';
import { Progress } from './dispatch/progress.js';
import { DomainError } from './domain/errors.js';
import { printStartError } from './platform/start-error.js';
import type { BookMessage } from './sandbox/book.js';
import { simulateRecipients } from './sandbox/simulated-recipients.js';
import type { Sandbox } from './sandbox/sandbox.js';
import { type Service, startService } from './service.js';

/** Longest any one phase may take before the demo says so and goes on with what there is. */
const PATIENCE_MS = 120_000;
const bar = new ProgressBar();
const say = (text: string) => process.stderr.write(`${text}\n`);

async function demo(args: DemoArguments): Promise<number> {
  const began = process.hrtime.bigint();
  const outside = readSettings();
  const folder = resolve(outside.dataDir, 'demo');
  const state = await stateOf(folder, outside.http.port);
  const sandbox = await openDemoSandbox(join(folder, 'sandbox'), state, args);
  const service = await startService(demoSettings(folder, state, sandbox, outside)).catch(async (error: unknown) => {
    await sandbox.stop();
    throw error;
  });
  const stop = async () => {
    await service.stop();
    await sandbox.stop();
  };
  let stopping: Promise<void> | undefined;
  const stopOnce = () => (stopping ??= stop().then(() => process.exit(130)));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stopOnce());
  followParents(() => void stopOnce());

  sandbox.setReportUrl(`${service.url}/callbacks/aliyun/${state.reportKey}`);
  if (service.bouncePort !== null) sandbox.setBounce({ host: '127.0.0.1', port: service.bouncePort });
  say(`控制台：${service.url}
收件人的手机和邮箱（沙箱）：${sandbox.httpUrl}`);
  if (service.adopted) say('上次演示被中断：已接管仍在运行的数据库，继续发送。');

  const staff = await hireStaff(service);
  const edition = await publish(service, staff, say, demoRoster(args.faults));
  const reached = crowd(service, sandbox, args.faults);
  await sendingEnds(service, edition.editionId);
  await reached.firstRound();
  await remind(service, edition.editionId, staff.editor);
  await sendingEnds(service, edition.editionId);
  await reached.reminded();
  reached.stop();

  const seconds = Number(process.hrtime.bigint() - began) / 1e9;
  const summary = await summarise(service, sandbox, { id: edition.editionId, title: edition.title }, seconds);
  saveState(folder, { ...state, finished: true });
  const write = args.json ? say : (text: string) => process.stdout.write(`${text}\n`);
  write(table(summary));
  if (args.exit) await stop();
  else {
    for (const line of await signInLinks(service)) write(line);
    write(`看板：${service.url}/issues/${edition.issueId}/board\n按 Ctrl-C 结束。`);
  }
  if (args.json) process.stdout.write(`${JSON.stringify(summary)}\n`);
  return 0;
}

/** An unfinished demo goes on; a finished one starts afresh. */
async function stateOf(folder: string, port: number): Promise<DemoState> {
  const known = loadState(folder);
  if (known && !known.finished) {
    say('发现上次没有做完的演示，接着做。');
    return known;
  }
  if (known) rmSync(folder, { recursive: true, force: true });
  const state = await newState(port);
  if (port !== 0 && state.port !== port) say(`端口 ${port} 已被占用，控制台改用 ${state.port}。`);
  saveState(folder, state);
  return state;
}

/** Shows the bar until nothing is waiting, under way or without the report its provider owes. */
async function sendingEnds(service: Service, editionId: string): Promise<void> {
  const patience = Date.now() + PATIENCE_MS;
  for (;;) {
    const view = await service.get(Progress).of(editionId);
    const unreported = view.channels.reduce((n, c) => n + (c.channel === 'wecom' ? 0 : c.sent), 0);
    // Until the plan is made there is nothing to count.
    if (view.total > 0) bar.show('发送', view.done, view.total, sendingDetail(view));
    if ((view.finished && unreported === 0) || Date.now() > patience) break;
    await new Promise((done) => setTimeout(done, 200));
  }
  bar.end();
}

async function remind(service: Service, editionId: string, editor: Actor): Promise<void> {
  try {
    const { reminded } = await service.get(DispatchService).remind(editionId, editor);
    say(`催阅未签收的 ${reminded} 人`);
  } catch (error) {
    if (error instanceof DomainError && error.code === 'dispatch.nothingToRemind') return;
    throw error;
  }
}

/** The simulated recipients, and how far they are with looking at their phones. */
function crowd(service: Service, sandbox: Sandbox, faults: boolean) {
  const ending = new AbortController();
  const people = demoPeople(faults);
  const acted = { first: new Set<string>(), reminded: new Set<string>() };
  void simulateRecipients({
    book: sandbox.book,
    baseUrl: service.url!,
    seed: 'yanjin',
    people,
    delayMs: [300, 2500],
    readingMs: [300, 1500],
    signal: ending.signal,
    onAct: (act) => {
      if (act.act === 'failed') say(`模拟收件人 ${act.email}：${act.problem}`);
      acted[act.reminder ? 'reminded' : 'first'].add(act.email);
    },
  });
  const wait = async (label: string, set: Set<string>, total: number) => {
    const patience = Date.now() + PATIENCE_MS / 4;
    while (set.size < total && Date.now() < patience) {
      bar.show(label, set.size, total, '人看过手机');
      await new Promise((done) => setTimeout(done, 200));
    }
    bar.show(label, set.size, total, '人看过手机');
    bar.end();
  };
  const reachedBy = (which: (message: BookMessage) => boolean) => {
    const addresses = new Set(
      sandbox.book
        .messages()
        .filter((message) => message.shown && which(message))
        .map(({ to }) => to.toLowerCase()),
    );
    return people.filter((person) =>
      [person.email, person.mobile, person.wecom].some((a) => addresses.has(a.toLowerCase())),
    ).length;
  };
  const isReminder = ({ title, text }: BookMessage) => /催阅/.test(`${title}${text}`);
  return {
    firstRound: () =>
      wait(
        '阅读',
        acted.first,
        reachedBy((message) => !isReminder(message)),
      ),
    reminded: () => wait('催阅', acted.reminded, reachedBy(isReminder)),
    stop: () => ending.abort(),
  };
}

try {
  const args = demoArguments(process.argv.slice(2));
  const code = await demo(args);
  if (args.exit) process.exit(code);
} catch (error) {
  printStartError(error);
  process.exit(1);
}
