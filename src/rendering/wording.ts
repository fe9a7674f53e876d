import type { DeliveryPurpose } from '../domain/delivery.js';
import type { Carry } from '../domain/issue/secrecy.js';
import { type Urgency, urgencyText } from '../domain/urgency.js';

export type SentCarry = Exclude<Carry, 'nothing'>;

export interface Occasion {
  carry: SentCarry;
  purpose: DeliveryPurpose;
  /** 0 for the initial message; 1 for the first reminder or resend. */
  round: number;
  /** To somebody who asked for it himself: nothing is asked of him, and he can end it. */
  subscriber?: boolean;
}

/** What a sentence calls the issue. */
export interface Named {
  publication: string;
  number: string;
  date: string;
  urgency: Urgency;
}

export interface Wording {
  /** Subject of the mail, title of the card. */
  title: string;
  sentences: string[];
}

/**
 * A neutral notice names nothing of the issue here, whatever it is given. Each round of reminders says it in other words:
 * the same text twice reads as an error, and providers drop it.
 */
export function wordingOf(issue: Named, occasion: Occasion, officeName: string): Wording {
  const neutral = occasion.carry === 'neutralNotice';
  const front = marks(issue.urgency, occasion);
  if (occasion.purpose === 'withdrawal') return withdrawalOf(issue, neutral, front);
  return {
    title: neutral ? `${front}有新件待阅` : `${front}${titleOf(issue)}`,
    sentences: neutral
      ? sentences('一份新件', '您有一份新件', '按提示核验身份后查看', occasion, officeName)
      : sentences(
          nameOf(issue),
          `${issue.date && `${issue.date}印发的`}${nameOf(issue)}`,
          actOf(occasion),
          occasion,
          officeName,
        ),
  };
}

/** Says nothing of the reason: the notice may reach whoever the first message should not have reached. */
function withdrawalOf(issue: Named, neutral: boolean, front: string): Wording {
  const what = neutral ? '先前通知您的一份新件' : `${issue.date && `${issue.date}印发的`}${nameOf(issue)}`;
  return {
    title: `${front}${neutral ? '先前通知的一份新件' : titleOf(issue)}`,
    sentences: [
      `${what}已经撤回，请勿使用、转发先前收到的内容，已下载、打印的请删除或退回。`,
      '如有更正，将另行送您。',
    ],
  };
}

/** What the reader is asked to do. */
export const actOf = ({ subscriber }: Pick<Occasion, 'subscriber'>): string => (subscriber ? '查阅' : '查阅并签收');

function nameOf({ publication, number }: Named): string {
  return `《${publication}》${number}`;
}

function titleOf({ publication, number, date }: Named): string {
  return `${publication}${number}${date === '' ? '' : `（${date}）`}`;
}

/** 【特急】【再次催阅】: the part of a title that no clipping may take away. */
export function marks(urgency: Urgency, { purpose, round }: Occasion): string {
  const urgent = urgency === 'normal' ? '' : `【${urgencyText[urgency]}】`;
  if (purpose === 'initial') return urgent;
  if (purpose === 'withdrawal') return `${urgent}【撤回】`;
  const word = purpose === 'reminder' ? '催阅' : '补发';
  const again = ['', word, `再次${word}`][Math.max(round, 1)] ?? `第${round}次${word}`;
  return `${urgent}【${again}】`;
}

/**
 * @param what the issue as an object of a sentence
 * @param subject the issue as its subject, with the date
 * @param act what the reader is asked to do
 */
function sentences(what: string, subject: string, act: string, occasion: Occasion, officeName: string): string[] {
  const { carry, purpose, round } = occasion;
  if (purpose === 'resend') {
    const again = round > 1 ? `第${round}次补发` : '补发';
    return [`现向您${again}${what}，请您${act}。`, ...(occasion.subscriber ? [] : ['如您已经签收，请忽略本次补发。'])];
  }
  if (purpose === 'initial') {
    if (carry === 'neutralNotice') return [`您有${what}待阅，请您${act}。`];
    return [carry === 'fullText' ? `现将${what}送您，请您${act}。` : `${what}已经印发，请您${act}。`];
  }
  const otherwise = '如您刚刚签收，请忽略本次提醒。';
  if (round <= 1) return [`${subject}，目前尚未收到您的签收，请您方便时${act}。`, otherwise];
  if (round === 2) {
    return [`再次提醒：${subject}，仍待您签收，请您${act}。`, '如公务繁忙，也可以请联络员代为签收。', otherwise];
  }
  return [
    `这是第${round}次提醒：${subject}，至今未收到您的签收，请您抽空${act}。`,
    `如查阅有不便之处，请与${officeName}联系，我们另送纸质件。`,
    otherwise,
  ];
}
