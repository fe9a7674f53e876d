import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Actor } from '../accounts/actor.js';
import { readSettings } from './settings.js';
import { type DemoArguments, demoArguments } from './demo/arguments.js';
import { demoSettings, type DemoState, loadState, newState, saveState } from './demo/demo-settings.js';
import { followParents } from './demo/parents.js';
import { type Crowd, crowd } from './demo/crowd.js';
import { askThePhones, enterForOthers } from './demo/by-hand.js';
import { DemoPages } from './demo/demo.pages.js';
import { openDemoSandbox } from './demo/demo-sandbox.js';
import { DemoStage } from './demo/demo-stage.js';
import { demoRoster, publish, type Staff } from './demo/office.js';
import { furnish } from './demo/other-issues.js';
import { ProgressBar, sendingDetail } from './demo/progress-bar.js';
import { endTrial, hireStaff, signInLinks } from './demo/staff.js';
import { summarise, table } from './demo/summary.js';
import { DispatchService } from '../dispatch/acts/dispatch.service.js';
import { Progress } from '../dispatch/after/progress.js';
import { ProgressRepository } from '../dispatch/after/progress.repository.js';
import { DomainError } from '../domain/errors/errors.js';
import { Clock } from '../platform/clock.js';
import { printStartError } from '../settings/start-error.js';
import type { Sandbox } from '../sandbox/sandbox.js';
import { type Service, startService } from './service.js';

/** Longest any one phase may take before the demo says so and goes on with what there is. */
const PATIENCE_MS = 120_000;
const bar = new ProgressBar();
const say = (text: string) => process.stderr.write(`${text}\n`);

async function demo(args: DemoArguments): Promise<number> {
  const outside = readSettings();
  const folder = resolve(outside.dataDir, 'demo');
  const state = await stateOf(folder, outside.http.port, args.fresh);
  const sandbox = await openDemoSandbox(join(folder, 'sandbox'), state, args);
  const stage = new DemoStage();
  const service = await startService(demoSettings(folder, state, sandbox, outside), new Clock(), {
    controllers: [DemoPages],
    providers: [{ provide: DemoStage, useValue: stage }],
  }).catch(async (error: unknown) => {
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

  sandbox.setWecomCallbackUrl(`${service.url}/callbacks/wecom`);
  sandbox.setYunmasReportUrl(`${service.url}/callbacks/yunmas/${state.reportKey}`);
  if (service.bouncePort !== null) sandbox.setBounce({ host: '127.0.0.1', port: service.bouncePort });
  const staff = await hireStaff(service);
  await endTrial(service);
  say(`演示入口（各个身份，不用密码）：${service.url}/demo
收件人的手机和邮箱（沙箱）：${sandbox.httpUrl}`);
  if (service.adopted) say('上次演示被中断：已接管仍在运行的数据库，继续发送。');

  try {
    await perform({ args, folder, state, service, sandbox, staff, stage, stop });
    return 0;
  } catch (error) {
    if (stopping) return 130; // what was under way lost its database
    throw error;
  }
}

interface Running {
  args: DemoArguments;
  folder: string;
  state: DemoState;
  service: Service;
  sandbox: Sandbox;
  staff: Staff;
  stage: DemoStage;
  stop: () => Promise<void>;
}

async function perform(running: Running): Promise<void> {
  const { args, folder, service, sandbox } = running;
  const people = crowd(service, sandbox, args.faults, bar, say);
  const state = { ...running.state, finished: running.state.finished ?? (await sendAndChase(running, people)) };
  saveState(folder, state);
  people.uncounted();
  const summary = await summarise(service, sandbox, state.finished, state.finished.seconds);
  const write = args.json ? say : (text: string) => process.stdout.write(`${text}\n`);
  write(table(summary));
  if (args.exit) {
    people.stop();
    await running.stop();
  }
  if (args.json) process.stdout.write(`${JSON.stringify(summary)}\n`);
  if (!args.exit) await stayOpen(running, state, write);
}

/** The whole way of one issue: list, sign-off, sending, reading, reminding. */
async function sendAndChase(
  { args, service, sandbox, staff, stage }: Running,
  people: Crowd,
): Promise<NonNullable<DemoState['finished']>> {
  const began = process.hrtime.bigint();
  const { editionId: id, issueId, title } = await publish(service, staff, say, demoRoster(args.faults));
  stage.text = `${title}已签发，正在发送、等人阅读和催阅，约需半分钟。`;
  const ends = () => sendingEnds(service, sandbox, id, staff.editor);
  await ends();
  await people.firstRound();
  await remind(service, id, staff.editor);
  await ends();
  await people.reminded();
  for (const line of await enterForOthers(service, id, staff.editor)) say(line);
  return { id, issueId, title, seconds: Number(process.hrtime.bigint() - began) / 1e9 };
}

/** Recipients go on reading what a visitor sends them, until he stops the demo. */
async function stayOpen(
  { service, sandbox, staff, stage, folder }: Running,
  state: DemoState,
  write: (text: string) => void,
): Promise<void> {
  if (!state.furnished) {
    stage.text = '正在补充另外几期：已归档的、更正过的、有人没收到的、等审核的。';
    await furnish(service, sandbox, staff);
    saveState(folder, { ...state, furnished: true });
  }
  stage.text = '已就绪：6期简报、收件人的更正请求和订阅申请都在里面，可以随意操作。';
  for (const line of await signInLinks(service)) write(line);
  write(`演示入口：${service.url}/demo
看板：${service.url}/issues/${state.finished?.issueId}/board
按 Ctrl-C 结束；下次启动接着用，npm run demo -- --fresh 从头开始。`);
}

/** What an earlier demo left goes on, finished or not; `fresh` forgets it. */
async function stateOf(folder: string, port: number, fresh: boolean): Promise<DemoState> {
  if (fresh) rmSync(folder, { recursive: true, force: true });
  const known = loadState(folder);
  if (known) {
    say(known.finished ? '接着用上次的演示（--fresh 从头开始）。' : '发现上次没有做完的演示，接着做。');
    return known;
  }
  rmSync(folder, { recursive: true, force: true });
  const state = await newState(port);
  if (port !== 0 && state.port !== port) say(`端口 ${port} 已被占用，控制台改用 ${state.port}。`);
  saveState(folder, state);
  return state;
}

/** Shows the bar until nothing is waiting, under way, held or without the report its provider owes. */
async function sendingEnds(service: Service, sandbox: Sandbox, editionId: string, editor: Actor): Promise<void> {
  const patience = Date.now() + PATIENCE_MS;
  for (;;) {
    const view = await service.get(Progress).progressOf(editionId);
    const unreported = await service.get(ProgressRepository).unreported(editionId);
    // Until the plan is made there is nothing to count.
    if (view.total > 0) bar.show('发送', view.done, view.total, sendingDetail(view));
    if (view.channels.some(({ held }) => held > 0)) await askThePhones(service, sandbox, editionId, editor);
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

try {
  const args = demoArguments(process.argv.slice(2));
  const code = await demo(args);
  if (args.exit) process.exit(code);
} catch (error) {
  printStartError(error);
  process.exit(1);
}
