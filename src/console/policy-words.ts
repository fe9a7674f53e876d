import type { PolicyMode, PublicationPolicy, WaitRule } from '../domain/sending/channel-policy.js';
import { channelFacts } from '../domain/channel-facts.js';
import { channelText } from '../domain/sending/channel-text.js';
import type { PlannedCopy } from '../domain/sending/dispatch-plan.js';

export const modeText: Record<PolicyMode, string> = {
  all: '各通道同时发送',
  first: '先用一个通道，发送失败再换下一个',
  ladder: '逐级发送：没有送达或打开，再换下一个通道',
};

export const waitText: Record<WaitRule, string> = {
  always: '首次发送和催阅都等到工作日的白天',
  reminders: '首次发送不等，催阅等到工作日的白天',
  never: '都不等，随时发送',
};

const clock = (hour: number): string => `${String(hour).padStart(2, '0')}:00`;

/** The policy as sentences, in the order in which things happen. */
export function policyWords(policy: PublicationPolicy): string[] {
  const { quietFrom, quietUntil, remindAfterDays, maxReminders } = policy;
  return [
    ...channelWords(policy),
    ...(policy.attachesPdf ? ['邮件附上本期的PDF文件；按密级只能发通知的邮箱不附。'] : []),
    policy.waits === 'never'
      ? '不论何时都立即发送（收件人自己设置的安静时段除外）。'
      : `${clock(quietFrom)}至次日${clock(quietUntil)}和休息日：${waitText[policy.waits]}；只有特急件写明理由可以例外。`,
    ...(policy.asksAcknowledgement
      ? [
          maxReminders === 0
            ? '不催阅。'
            : policy.autoRemind
              ? `${remindAfterDays}个工作日没有签收，系统自动催阅，最多${maxReminders}次，每次措辞不同。`
              : `不自动催阅；可以在签收情况页催阅，最多${maxReminders}次。`,
          `再过${remindAfterDays}个工作日仍没有签收的，列入电话名单。`,
          '本人签收后，对他的后续发送和催阅全部停止，不影响别人。',
        ]
      : ['不要求签收，不催阅。']),
  ];
}

function channelWords({ mode, order, ladder }: PublicationPolicy): string[] {
  if (mode === 'all') return ['签发后，每人登记的各个通道同时发送。'];
  if (mode === 'first') {
    const names = order.map((channel) => channelText[channel]).join('、');
    return [`依次使用${names}：只有前一个通道发送失败或被拒收，才换下一个。`];
  }
  return ladder.map(({ channel, withinMinutes }, i) => {
    const name = channelText[channel];
    if (i === ladder.length - 1) return `第${i + 1}步：${name}。`;
    const sign = channelFacts[channel].reportsArrival
      ? '没有送达回执，也没有打开'
      : `没有打开（${name}不提供送达回执）`;
    return `第${i + 1}步：${name}；${withinMinutes}分钟内${sign}，转下一步。`;
  });
}

/** Over which channels one person would be reached: 企业微信；10分钟内没有送达或打开，转短信. */
export function wayWords({ deliveries, later }: Pick<PlannedCopy, 'deliveries' | 'later'>): string {
  const first = deliveries.map(({ channel }) => channelText[channel]).join('、');
  const further = later.map(({ channel, afterMinutes }) => {
    const when = afterMinutes === null ? '发送失败' : `${afterMinutes}分钟内没有送达或打开`;
    return `${when}，转${channelText[channel]}`;
  });
  return [first, ...further].join('；');
}
