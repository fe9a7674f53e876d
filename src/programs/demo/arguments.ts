import { parseArgs } from 'node:util';
import { StartError } from '../../settings/start-error.js';

export interface DemoArguments {
  /** Ends when everything is counted, instead of leaving the console open. */
  exit: boolean;
  /** The last line on standard output is one JSON object. */
  json: boolean;
  /** Forgets what an earlier demo and its visitors left. */
  fresh: boolean;
  /** Some mailboxes and numbers do not work. */
  faults: boolean;
  /** Milliseconds a provider takes for one message, on average. */
  pace: number;
}

export function demoArguments(args: readonly string[]): DemoArguments {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        exit: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        fresh: { type: 'boolean', default: false },
        faults: { type: 'boolean', default: false },
        pace: { type: 'string', default: '200' },
      },
    });
    const pace = Number(values.pace);
    if (!Number.isInteger(pace) || pace < 0 || pace > 5000) throw new Error('--pace');
    return { ...values, pace };
  } catch {
    throw new StartError(
      '演示的参数有误。',
      '可用：--exit 做完即退出；--json 最后一行输出 JSON；--fresh 清除上次的演示，从头开始；--faults 带几个失效的地址；--pace 毫秒 每条消息的平均耗时。',
    );
  }
}
