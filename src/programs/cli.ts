import { join } from 'node:path';
import { callbacksCommand } from './callbacks-command.js';
import { channelsCommand } from './channels-command.js';
import { openAccounts } from './open-accounts.js';
import { countsActs, countsCommand } from './counts-command.js';
import { dkimCommand } from './dkim-command.js';
import { readSettings, settingsTable } from './settings.js';
import { stopWhenNobodyReads } from './piped.js';
import { domainOf } from '../settings/email.js';
import { settingsHelp } from '../settings/help.js';
import { beijingDate } from '../domain/calendar.js';
import { parseCommand, printCommand, type Streams } from './file-commands.js';
import { applyMigrations } from '../platform/migrations.js';
import { printStartError } from '../settings/start-error.js';
import { openDatabase } from './open-database.js';

const usage = `用法：npm run -s cli -- 命令 [参数]
  parse 文件        解析一期简报（.txt、.docx、.pdf 或 .html），在标准输出给出一个 JSON 对象
  print 文件 PDF    把一期简报排成A4的PDF文件；需核对的地方写在标准错误输出
  config            列出全部设置、默认值与说明
  migrate           应用数据库迁移
  counts check      核对看板和进度的计数与逐行清点是否相符（退出码 1：不符）
  counts rebuild    按逐行清点重建计数；期间发送暂停片刻
  channels          逐个检查已启用的发送通道能否登录，不发送任何内容（退出码 1：有通道不通）
  dkim              列出邮件签名密钥的域名记录，并查询是否生效（退出码 1：正在使用的没有生效）
  dkim new 名称     生成一对邮件签名密钥
  callbacks         列出近30天通道推送中没有采信的内容
退出码：0 成功；1 出错；2 不是简报或用法不对；3 带有国家秘密标志，不输出任何内容`;

const streams: Streams = {
  usage,
  out: (text) => process.stdout.write(`${text}\n`),
  say: (text) => process.stderr.write(`${text}\n`),
};

const commands: Record<string, (args: string[]) => Promise<number>> = {
  parse: (args) => parseCommand(args, streams),
  print: (args) => printCommand(args, { fontDir: readSettings().fontDir, today: beijingDate(new Date()) }, streams),
  config: () => {
    for (const { key, fallback, help } of settingsHelp(settingsTable))
      process.stdout.write(`${key.padEnd(26)}${(fallback || '-').padEnd(40)}${help}\n`);
    return Promise.resolve(0);
  },
  counts: async ([act]) => {
    const known = countsActs.find((one) => one === act);
    if (!known) {
      process.stderr.write(`${usage}\n`);
      return 2;
    }
    const database = await openDatabase(readSettings());
    try {
      return await countsCommand(known, database.url, (line) => process.stdout.write(`${line}\n`));
    } finally {
      await database.stop();
    }
  },
  channels: async () => {
    const settings = readSettings();
    const { registry, live, close, problem } = await openAccounts(settings);
    try {
      if (problem) process.stdout.write(`${problem}\n`);
      const mailbox = live.settings.email?.mailbox;
      const check = mailbox
        ? async () => (await import('../channels/email/bounce-mailbox.js')).checkMailbox(mailbox)
        : undefined;
      return await channelsCommand(registry, (line) => process.stdout.write(`${line}\n`), check);
    } finally {
      await close();
    }
  },
  dkim: (args) => {
    const { dataDir, email } = readSettings();
    if (!email) {
      process.stderr.write('请先设置SMTP_HOST和MAIL_FROM。\n');
      return Promise.resolve(2);
    }
    const office = { dataDir, domain: domainOf(email.from), selectors: email.dkimSelectors };
    return dkimCommand(args, office, (line) => process.stdout.write(`${line}\n`));
  },
  callbacks: async () => {
    const database = await openDatabase(readSettings());
    try {
      return await callbacksCommand(database.url, new Date(), (line) => process.stdout.write(`${line}\n`));
    } finally {
      await database.stop();
    }
  },
  migrate: async () => {
    const settings = readSettings();
    const database = await openDatabase(settings);
    try {
      const applied = await applyMigrations(
        database.url,
        join(import.meta.dirname, '..', '..', 'prisma', 'migrations'),
      );
      process.stdout.write(applied.length ? `已应用：${applied.join('、')}\n` : '数据库已是最新。\n');
      return 0;
    } finally {
      await database.stop();
    }
  },
};

stopWhenNobodyReads();
const [name = '', ...args] = process.argv.slice(2);
const command = commands[name];
if (!command) {
  process.stderr.write(`${usage}\n`);
  process.exitCode = 2;
} else {
  try {
    process.exitCode = await command(args);
  } catch (error) {
    printStartError(error);
    process.exitCode = 1;
  }
}
