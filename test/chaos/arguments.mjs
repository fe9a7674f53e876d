import { parseArgs } from 'node:util';

/** @returns {{ json: boolean, seed: number, copies: number, kills: number, queue: 'postgres' | 'redis', doubt: 'repeat' | 'hold', sms: 'aliyun' | 'cmpp', client: string, share: number, seconds: number, keep: boolean, calm: boolean }} */
export function chaosArguments(args) {
  try {
    const { values } = parseArgs({
      args,
      options: {
        json: { type: 'boolean', default: false },
        seed: { type: 'string', default: '1' },
        copies: { type: 'string', default: '2000' },
        kills: { type: 'string', default: '12' },
        queue: { type: 'string', default: 'postgres' },
        doubt: { type: 'string', default: 'repeat' },
        sms: { type: 'string', default: 'aliyun' },
        client: { type: 'string', default: 'pipelined' },
        share: { type: 'string', default: '0.04' },
        seconds: { type: 'string', default: '300' },
        calm: { type: 'boolean', default: false },
        keep: { type: 'boolean', default: false },
      },
    });
    const whole = (name, most) => {
      const value = Number(values[name]);
      if (!Number.isInteger(value) || value < 0 || value > most) throw new Error(`--${name}`);
      return value;
    };
    const share = Number(values.share);
    if (!(share >= 0 && share <= 0.5) || !['postgres', 'redis'].includes(values.queue)) throw new Error('--share');
    if (!['repeat', 'hold'].includes(values.doubt) || !['pipelined', 'nodemailer'].includes(values.client))
      throw new Error('--doubt');
    if (!['aliyun', 'cmpp'].includes(values.sms)) throw new Error('--sms');
    return {
      json: values.json,
      keep: values.keep,
      calm: values.calm,
      queue: values.queue,
      doubt: values.doubt,
      sms: values.sms,
      client: values.client,
      share,
      seed: whole('seed', 2 ** 31),
      copies: whole('copies', 100_000),
      kills: whole('kills', 1000),
      seconds: whole('seconds', 7200),
    };
  } catch {
    process.stderr.write(
      '可用：--json；--seed N；--copies N；--kills K；--queue postgres|redis；--doubt repeat|hold 存疑邮件的规则；--sms aliyun|cmpp 短信通道；--client pipelined|nodemailer；--share 0.04 出错的比例；--seconds 300 最长用时；--calm 不演练限速（每次限速停一分钟）；--keep 保留数据目录\n',
    );
    process.exit(2);
  }
}
