import { z } from 'zod';
import { policyModes, type PublicationPolicy, type Rung, waitRules } from '../../domain/sending/channel-policy.js';
import { channelKinds } from '../../domain/delivery.js';

/** The settings form as it travels: every value is the text in its field. */
export interface PolicyDraft {
  mode: string;
  waits: string;
  quietFrom: string;
  quietUntil: string;
  maxReminders: string;
  remindAfterDays: string;
  asksAcknowledgement: string;
  autoRemind: string;
  attachesPdf: string;
  channel1: string;
  channel2: string;
  channel3: string;
  minutes1: string;
  minutes2: string;
}

export function draftOf(policy: PublicationPolicy): PolicyDraft {
  const rungs: readonly Rung[] =
    policy.mode === 'first'
      ? policy.order.map((channel, i) => ({ channel, withinMinutes: policy.ladder[i]?.withinMinutes ?? 60 }))
      : policy.ladder;
  return {
    mode: policy.mode,
    waits: policy.waits,
    quietFrom: String(policy.quietFrom),
    quietUntil: String(policy.quietUntil),
    maxReminders: String(policy.maxReminders),
    remindAfterDays: String(policy.remindAfterDays),
    asksAcknowledgement: policy.asksAcknowledgement ? 'yes' : '',
    autoRemind: policy.autoRemind ? 'yes' : '',
    attachesPdf: policy.attachesPdf ? 'yes' : '',
    channel1: rungs[0]?.channel ?? '',
    channel2: rungs[1]?.channel ?? '',
    channel3: rungs[2]?.channel ?? '',
    minutes1: String(rungs[0]?.withinMinutes ?? 10),
    minutes2: String(rungs[1]?.withinMinutes ?? 60),
  };
}

const whole = (least: number, most: number, what: string) =>
  z
    .string()
    .default('')
    .refine((text) => /^\d{1,5}$/.test(text.trim()) && Number(text) >= least && Number(text) <= most, {
      message: `${what}应是${least}至${most}的整数。`,
    })
    .transform(Number);
const channel = z.union([z.literal(''), z.enum(channelKinds)], { error: '请选择通道。' }).default('');
const tick = z
  .string()
  .optional()
  .transform((value) => value === 'yes');

/** A day at most: later the next rung is no help any more. */
const longestWait = 1440;

export const policyForm = z
  .object({
    mode: z.enum(policyModes, { error: '请选择发送方式。' }),
    waits: z.enum(waitRules, { error: '请选择安静时段的规则。' }),
    quietFrom: whole(0, 23, '安静时段的开始钟点'),
    quietUntil: whole(0, 23, '安静时段的结束钟点'),
    maxReminders: whole(0, 5, '催阅次数'),
    remindAfterDays: whole(1, 30, '工作日数'),
    asksAcknowledgement: tick,
    autoRemind: tick,
    attachesPdf: tick,
    channel1: channel,
    channel2: channel,
    channel3: channel,
    minutes1: whole(1, longestWait, '等待分钟数'),
    minutes2: whole(1, longestWait, '等待分钟数'),
  })
  .superRefine((form, context) => {
    const fault = (path: keyof PolicyDraft, message: string) =>
      context.addIssue({ code: 'custom', path: [path], message });
    if (form.channel1 === '') fault('channel1', '请选择第一个通道。');
    if (form.channel2 !== '' && form.channel2 === form.channel1) fault('channel2', '同一个通道只能选一次。');
    if (form.channel3 !== '' && [form.channel1, form.channel2].includes(form.channel3))
      fault('channel3', '同一个通道只能选一次。');
    if (form.channel2 === '' && form.channel3 !== '') fault('channel2', '请先选择第二个通道。');
    if (form.waits !== 'never' && form.quietFrom === form.quietUntil)
      fault('quietUntil', '开始和结束不能相同；不需要安静时段，请选“都不等”。');
    if (form.autoRemind && (!form.asksAcknowledgement || form.maxReminders === 0))
      fault('autoRemind', '自动催阅需要“要求签收”，且催阅次数不为0。');
  })
  .transform(({ channel1, channel2, channel3, minutes1, minutes2, ...rest }): PublicationPolicy => {
    const chosen = [channel1, channel2, channel3].filter((kind) => kind !== '');
    const waits = [minutes1, minutes2, minutes2];
    return { ...rest, order: chosen, ladder: chosen.map((kind, i) => ({ channel: kind, withinMinutes: waits[i]! })) };
  });
