// Measures the product beside what one would write by hand, on this machine, in this run. Only ratios of one run count.
//   npm run bench -- [--only email,workers,plan,acknowledge,board,list,import,startup] [--runs 3] [--count 5000] [--copies 100000] [--json]
import { parseArgs } from 'node:util';
import { measureEmail } from './email-part.mjs';
import { measureImport } from './import-part.mjs';
import { measureLarge } from './large-part.mjs';
import { measureList } from './list-part.mjs';
import { openServer } from './office.mjs';
import { measureStartup } from './startup-part.mjs';
import { middle, table } from './table.mjs';
import { measureWorkers } from './workers-part.mjs';

const parts = ['email', 'workers', 'plan', 'acknowledge', 'board', 'list', 'import', 'startup', 'memory'];
const { values } = parseArgs({
  options: {
    only: { type: 'string', default: parts.join() },
    runs: { type: 'string', default: '3' },
    count: { type: 'string', default: '5000' },
    copies: { type: 'string', default: '100000' },
    json: { type: 'boolean', default: false },
  },
});
const chosen = values.only.split(',');
const strange = chosen.filter((part) => !parts.includes(part));
if (strange.length) {
  process.stderr.write(`没有 ${strange.join('、')}；可选：${parts.join('、')}\n`);
  process.exit(2);
}
const wants = (part) => chosen.includes(part);
const say = (text) => process.stderr.write(`  ${text}\n`);
const number = (text) => Math.max(1, Number(text) || 1);
const options = { runs: number(values.runs), count: number(values.count), copies: number(values.copies), wants, say };

const report = {};
const rows = [];
const server = await openServer();
try {
  if (wants('email')) addEmail(await measureEmail(server, options));
  if (wants('workers')) addWorkers(await measureWorkers(server, options));
  if (['plan', 'acknowledge', 'board', 'memory'].some(wants)) addLarge(await measureLarge(server, options));
  if (wants('list')) addList(await measureList(server, options));
  if (wants('import')) addImport(await measureImport(server, options));
} finally {
  await server.close();
}
if (wants('startup')) {
  const { first, again } = await measureStartup(options);
  report.startup = { firstSeconds: middle(first), againSeconds: middle(again) };
  rows.push(['启动，空目录（含建库）', first, '秒'], ['启动，已有数据库', again, '秒']);
}
process.stdout.write(`${table(rows)}\n`);
if (values.json) process.stdout.write(`${JSON.stringify(report)}\n`);

function addEmail({ rates, cpuMs }) {
  const [product, nodemailer, pgBoss] = [rates.product, rates.nodemailer, rates.pgBoss].map(middle);
  const ratio = (other) => Number((product / other).toFixed(2));
  report.email = {
    count: options.count,
    product,
    nodemailer,
    pgBoss,
    workerCpuMsPerMail: middle(cpuMs),
    ratioToNodemailer: ratio(nodemailer),
    ratioToPgBoss: ratio(pgBoss),
  };
  rows.push(
    [`邮件 ${options.count} 封：本系统（落库、可追踪）`, rates.product, '封/秒', '1.00'],
    ['邮件：nodemailer 连接池裸循环（不落库）', rates.nodemailer, '封/秒', `本系统为其 ${ratio(nodemailer)} 倍`],
    ['邮件：pg-boss + nodemailer（每封一个任务）', rates.pgBoss, '封/秒', `本系统为其 ${ratio(pgBoss)} 倍`],
    ['发送进程的处理器时间', cpuMs, '毫秒/封'],
  );
}

function addWorkers(found) {
  report.workers = found;
  for (const [queue, rates] of Object.entries(found))
    for (const [workers, rate] of Object.entries(rates))
      rows.push([
        `慢速中继（每封等50毫秒），${workers}个发送进程，队列在${queue === 'redis' ? ' Redis' : ' PostgreSQL'}`,
        [rate],
        '封/秒',
        `为1个进程的 ${(rate / rates[1]).toFixed(2)} 倍`,
      ]);
}

function addLarge({ plan, acknowledge, board, memory, growth }) {
  report.plan = plan;
  report.growth = growth;
  rows.push(
    [`签发前的核对页，${plan.copies} 人`, [plan.signOffPageSeconds], '秒'],
    ['　签发', [plan.signOffSeconds], '秒'],
    ['　核对和签发时内存峰值', [plan.signOffPeakMb], 'MB', `之前 ${plan.signOffIdleMb} MB`],
    [`发送计划 ${plan.copies} 份`, [plan.seconds], '秒'],
    ['　计划时内存峰值', [plan.peakMb], 'MB'],
    [`催阅 ${plan.reminders} 人`, [plan.remindSeconds], '秒'],
  );
  if (acknowledge) {
    const of = (way, what) => acknowledge[way].map((result) => result[what]);
    const ratio = Number((middle(of('product', 'perSecond')) / middle(of('bare', 'perSecond'))).toFixed(2));
    const summary = (way) =>
      Object.fromEntries(['perSecond', 'p50', 'p99'].map((what) => [what, middle(of(way, what))]));
    report.acknowledge = { product: summary('product'), bare: summary('bare'), ratio };
    rows.push(
      ['签收：本系统', of('product', 'perSecond'), '次/秒', `为裸写一行的 ${ratio} 倍`],
      ['　p50', of('product', 'p50'), '毫秒'],
      ['　p99', of('product', 'p99'), '毫秒'],
      ['签收：裸 Fastify 写一行', of('bare', 'perSecond'), '次/秒', '1.00'],
      ['　p50', of('bare', 'p50'), '毫秒'],
      ['　p99', of('bare', 'p99'), '毫秒'],
    );
  }
  if (memory) {
    report.memory = memory;
    rows.push(
      [`发送进程内存，空闲`, [memory.workerIdleMb], 'MB'],
      [`发送进程内存，发${memory.copies} 封时峰值`, [memory.workerPeakMb], 'MB'],
    );
  }
  if (board) {
    report.board = {
      copies: plan.copies,
      pageMs: middle(board.page),
      lastPageMs: middle(board.lastPage),
      progressMs: middle(board.progress),
    };
    rows.push(
      [`看板第一页（${plan.copies} 份）`, board.page, '毫秒'],
      ['看板第 900 页', board.lastPage, '毫秒'],
      [`进度查询（${plan.copies} 份）`, board.progress, '毫秒'],
    );
  }
}

function addList(pages) {
  report.list = Object.fromEntries(Object.entries(pages).map(([name, times]) => [name, middle(times)]));
  rows.push(...Object.entries(pages).map(([name, times]) => [`名单（2万岗位、10万任职）：${name}`, times, '毫秒']));
}

function addImport(found) {
  report.import = found;
  for (const [name, what] of [
    ['first', `导入 ${found.rows} 行，名单为空`],
    ['second', `再导入一份，${found.changed} 处变动`],
  ]) {
    const { readSeconds, dryRunSeconds, applySeconds, cpuSeconds } = found[name];
    rows.push(
      [`${what}：读取并存放`, [readSeconds], '秒'],
      ['　预览', [dryRunSeconds], '秒'],
      ['　写入', [applySeconds], '秒', `三步共用处理器 ${cpuSeconds} 秒（不含数据库）`],
    );
  }
  rows.push(
    ['撤销第二次导入', [found.undoSeconds], '秒'],
    [`读取 ${found.rows} 行的 xlsx`, [found.workbookSeconds], '秒'],
    ['导入时内存峰值（CSV）', [found.peakMb], 'MB', `启动后 ${found.idleMb} MB`],
    ['　读过 xlsx 之后', [found.workbookPeakMb], 'MB'],
  );
}
