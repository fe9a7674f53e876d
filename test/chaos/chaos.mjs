// Real processes, providers that misbehave by a seed, and SIGKILL at random moments; the providers' books are the judge.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { chaosArguments } from './arguments.mjs';
import { judge, readBook, readFaults } from './judge.mjs';
import { killPlan } from './luck.mjs';
import { until } from './program.mjs';
import { Stage } from './stage.mjs';

const channels = 3;
/** Without a new message for this long the next kill comes anyway: a pause is as good a moment as any. */
const quietMs = 8000;

const options = chaosArguments(process.argv.slice(2));
const say = (text) => process.stderr.write(`${text}\n`);
if (
  options.queue === 'redis' &&
  !(process.env.PATH ?? '').split(':').some((f) => existsSync(join(f, 'redis-server')))
) {
  say('没有安装 redis-server（apt-get install redis-server）');
  process.exit(2);
}

const folder = mkdtempSync(join(tmpdir(), 'kuaibao-chaos-'));
const stage = new Stage(folder, options);
const kills = [];
let closing;
const close = () => (closing ??= stage.close());
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void close().then(() => process.exit(130)));

try {
  await stage.open();
  await stage.prepare();
  say(`准备完毕：${options.copies} 份，${options.copies * channels} 条`);
  const began = Date.now();
  const deadline = began + options.seconds * 1000;
  stage.startService();
  await Promise.race([killAsPlanned(deadline), wait(options.seconds * 1000, null, { ref: false })]);
  const finished = await allSettled(deadline);
  const seconds = Math.round((Date.now() - began) / 100) / 10;
  if (!finished) say('没有在限定时间内完成');
  process.exitCode = await verdict(seconds);
} finally {
  await close();
  if (options.keep || process.exitCode) say(`记录保留在 ${folder}`);
  else rmSync(folder, { recursive: true, force: true });
}

async function killAsPlanned(deadline) {
  const targets = ['worker1', 'worker2', 'web', 'postgres', ...(options.queue === 'redis' ? ['redis'] : [])];
  for (const { target, at, downMs } of killPlan(options.seed, options.kills, targets)) {
    await reached(at * options.copies * channels, deadline);
    await kill(target, downMs, deadline);
  }
}

async function reached(messages, deadline) {
  let [seen, since] = [stage.taken, Date.now()];
  // Before the first message nothing is under way that a kill could hurt.
  while (stage.taken < messages && Date.now() < deadline && (stage.taken === 0 || Date.now() - since < quietMs)) {
    await wait(20);
    if (stage.taken !== seen) [seen, since] = [stage.taken, Date.now()];
  }
}

/** Waits until the target is up, if it must; a kill of what is down would be no kill. */
async function kill(target, downMs, deadline) {
  const from = Date.now();
  for (;;) {
    if (Date.now() > deadline) return;
    const done = target === 'postgres' ? stage.postgres.kill(downMs) : stage.programs[target].kill();
    if (done) break;
    await wait(50);
  }
  const entry = { what: target, from: Date.now(), to: Date.now() + downMs + 2000 };
  kills.push(entry);
  say(`${target} 已杀死，通道已收 ${stage.taken} 条（等待 ${entry.from - from} 毫秒）`);
  if (target === 'postgres') void stage.postgres.restarting.then(() => (entry.to = Date.now()));
}

async function allSettled(deadline) {
  while (Date.now() < deadline) {
    const rows = await stage.query(
      `SELECT count(*)::int AS n, count(*) FILTER (WHERE state IN ('planned', 'sending'))::int AS open FROM delivery`,
    );
    if (rows?.[0].n >= options.copies * channels && rows[0].open === 0) return true;
    await wait(1000); // each time somebody signs in to the database
  }
  return false;
}

/** The counts that were kept through it all against the rows themselves. */
async function countsWrong() {
  const rows = await stage.query(
    `SELECT count(*)::int AS n FROM (
       SELECT edition_id, channel, purpose, state FROM (
         SELECT edition_id, channel, purpose, state, n FROM delivery_count
         UNION ALL SELECT edition_id, channel, purpose, state, -n FROM delivery_recount
       ) AS kept GROUP BY edition_id, channel, purpose, state HAVING sum(n) <> 0
       UNION ALL
       SELECT edition_id, unit_kind, groups::text, '' FROM (
         SELECT edition_id, unit_kind, groups, copies, delivered, unreached FROM copy_count
         UNION ALL SELECT edition_id, unit_kind, groups, -copies, -delivered, -unreached FROM copy_recount
       ) AS kept GROUP BY edition_id, unit_kind, groups
       HAVING (sum(copies), sum(delivered), sum(unreached)) <> (0, 0, 0)
     ) AS wrong`,
  );
  return rows?.[0].n ?? null;
}

async function verdict(seconds) {
  const services = ['web', 'worker1', 'worker2'];
  // One that the last kill has just sent back to its beginning could not hear that it is to stop.
  await until(() => services.every((name) => stage.programs[name].isUp), 'the service after the last kill');
  const codes = await Promise.all(services.map((name) => stage.programs[name].stop()));
  const deliveries = await stage.query('SELECT id, channel, state, code, attempt_no FROM delivery');
  const wrongCounts = await countsWrong();
  const { unexplained, failed, evidence, ...counts } = judge({
    deliveries: deliveries ?? [],
    book: readBook(stage.sandboxDir),
    faults: readFaults(stage.sandboxDir),
    kills,
    expected: options.copies * channels,
  });
  const { queue, seed, copies } = options;
  const line = { queue, seed, copies, ...counts, kills: kills.length, seconds };
  const crashes = services.map((name, i) => `${name} ${stage.programs[name].crashes}/${codes[i]}`).join('，');
  say(
    `自行退出次数/停止时的退出码：${crashes}；失败 ${failed}；无法解释的重复邮件 ${unexplained}；与逐行清点不符的计数 ${wrongCounts ?? '（无法读取）'}`,
  );
  const repeatedAgainstRule = options.doubt === 'hold' && counts.repeats > 0;
  const bad =
    wrongCounts !== 0 ||
    repeatedAgainstRule ||
    counts.lost > 0 ||
    counts.duplicates > 0 ||
    counts.thrice > 0 ||
    unexplained > 0 ||
    codes.some((code) => code !== 0);
  if (bad) say(JSON.stringify(evidence, null, 1));
  const { repeats, held, sentOnce, lost, duplicates } = counts;
  if (options.json) process.stdout.write(`${JSON.stringify(line)}\n`);
  else
    process.stdout.write(
      `队列 ${queue}，种子 ${seed}：${copies} 份，恰好一次 ${sentOnce}，丢失 ${lost}，重复 ${duplicates}，同号重发的邮件 ${repeats}，收到三次以上 ${counts.thrice}，待人工 ${held}，杀死 ${kills.length} 次，用时 ${seconds} 秒\n`,
    );
  return bad ? 1 : 0;
}
