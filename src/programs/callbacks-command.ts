import { CallbackRepository } from '../channels/callback.repository.js';
import { chineseDateTime } from '../domain/calendar.js';
import { Database } from '../platform/database.js';

const days = 30;
const rows = 20;

const words: Readonly<Record<string, string>> = {
  odd: '无法识别的行',
  unknown: '与本系统投递不符的回执',
  implausibleTime: '时间不可信、改按收到时间记的回执',
  otherPerson: '卡片或链接不是由收件人本人按下、打开',
  wrongKey: '地址中的密钥不对',
};

/** What providers pushed in the last days and was not taken as it came, and the newest rows that could not be read. */
export async function callbacksCommand(url: string, now: Date, say: (line: string) => void): Promise<number> {
  const database = new Database(url, 1);
  const callbacks = new CallbackRepository(database);
  try {
    const counts = await callbacks.counts(new Date(now.getTime() - days * 86_400_000));
    if (counts.length === 0) say(`近${days}天的推送没有异常。`);
    for (const { day, provider, what, n } of counts)
      say(`${day.toISOString().slice(0, 10)}  ${provider}  ${words[what] ?? what}：${n}`);
    for (const { receivedAt, provider, problem, row } of await callbacks.newestOdd(rows))
      say(`${chineseDateTime(receivedAt)}  ${provider}  ${problem}：${row}`);
    return 0;
  } finally {
    await database.onApplicationShutdown();
  }
}
