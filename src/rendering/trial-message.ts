import { clipCharacters, clipUtf8 } from '../domain/sending/message-text.js';
import { trialMark, trialSentence, trialTitle } from '../domain/sending/trial.js';
import type { MessageContent } from './message.js';

/** What is sent without an edition says so when the system is on trial. */
export interface OnTrial {
  trial?: boolean;
}

const style =
  'margin:0;padding:12px 16px;background-color:#fff3cd;color:#5c3c00;font-size:16px;line-height:1.6;text-align:center;';
const banner = `<p style="${style}"><strong>${trialMark}</strong>${trialSentence}</p>`;

/** As WeCom has it of titles, see wecom.ts. */
const [titleBytes, titleCharacters] = [128, 36];

/**
 * The message of a drill, marked where it is first looked at. An SMS and a notice of the official account are marked when their
 * variables are filled in: what is filed cannot be changed around them.
 */
export function markedAsDrill<Content extends MessageContent>(content: Content): Content {
  switch (content.kind) {
    case 'email':
      return {
        ...content,
        subject: trialTitle(content.subject),
        html: content.html.replace(/<body[^>]*>/, (body) => `${body}\n${banner}`),
        text: `${trialMark}${trialSentence}\n\n${content.text}`,
      };
    case 'wecom':
      return { ...content, title: clipCharacters(clipUtf8(trialTitle(content.title), titleBytes), titleCharacters) };
    case 'sms':
    case 'wechat':
      return content;
  }
}
