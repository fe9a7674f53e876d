import type { EditionContent } from '../domain/issue/edition.js';
import { clipCharacters, digestLine } from '../domain/sending/message-text.js';
import { trialMarkInSms } from '../domain/sending/trial.js';
import { editionView, headlinesOf } from './edition-view.js';
import type { WechatContent } from './message.js';
import { slots } from './slots.js';
import { marks, type Occasion } from './wording.js';

/** Of a field for any text, in code points; see domain/sending/wechat-fields.ts. */
const thing = 20;

/** What the fields of the filed template are filled with. Which of it is shown is the template's matter. */
export function composeWechat(edition: EditionContent, occasion: Occasion, officeName: string): WechatContent {
  const view = editionView(edition);
  // Each text that a template may begin with says it: which of them is shown is the template's matter.
  const drill = edition.trial ? trialMarkInSms : '';
  const front = `${drill}${marks(edition.urgency, occasion)}`;
  const neutral = occasion.carry === 'neutralNotice';
  return {
    kind: 'wechat',
    values: {
      issue: neutral ? `${front}有新件待阅` : issueText(front, view.publication, view.number),
      number: neutral || edition.number === null ? '' : String(edition.number),
      summary: `${drill}${summaryOf(edition, occasion)}`,
      act: `${drill}${actText(occasion)}`,
      state: stateText(occasion),
      date: neutral ? '' : view.date,
      office: officeName,
      copyNumber: neutral ? '' : slots.copyNumber,
    },
    url: slots.link,
  };
}

/** A name too long for the field is cut itself, never the mark before it nor the number behind it. */
function issueText(front: string, publication: string, number: string): string {
  const room = thing - [...front, ...number].length;
  return `${front}${room > 0 ? clipCharacters(publication, room) : ''}${number}`;
}

function summaryOf(edition: EditionContent, { carry, purpose, round }: Occasion): string {
  if (purpose === 'withdrawal') return '已撤回，请勿使用、转发先前的内容';
  if (purpose === 'reminder') return round > 1 ? `第${round}次提醒，尚未收到签收` : '尚未收到您的签收';
  if (carry === 'digest') return digestLine(headlinesOf(edition), thing);
  return '已印发';
}

function actText({ purpose, subscriber }: Occasion): string {
  if (purpose === 'withdrawal') return '请点开查看说明';
  return subscriber ? '请点开查阅' : '请点开查阅并签收';
}

/** At most five characters, all Chinese. */
function stateText({ purpose, subscriber }: Occasion): string {
  if (purpose === 'withdrawal') return '已撤回';
  if (purpose === 'reminder') return '催阅';
  if (purpose === 'resend') return '补发';
  return subscriber ? '待查阅' : '待签收';
}
