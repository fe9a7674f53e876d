import { trialMarkInSms } from '../domain/sending/trial.js';
import { closingOf, type MailOffice } from './email.js';
import type { EmailContent, SmsContent } from './message.js';
import { loadTemplates } from './message-templates.js';
import { markedAsDrill, type OnTrial } from './trial-message.js';
import { clipUnits, filable, filledSms, longestFreeText, type SmsAccount } from './sms.js';

/** What the office decided about a request to subscribe. */
export interface DecisionMessage {
  name: string;
  publication: string;
  decision: 'approved' | 'rejected';
  /** Given with a rejection; may be empty. */
  reason: string;
  /** The link that ends it; only of an approved one. */
  unsubscribe: string;
}

const templates = loadTemplates('message');

export function composeDecision(
  message: DecisionMessage,
  { officeName, takesReplies, trial }: Pick<MailOffice, 'officeName' | 'takesReplies'> & OnTrial,
): EmailContent {
  const { name, publication, decision, reason, unsubscribe } = message;
  const approved = decision === 'approved';
  const sentence = approved
    ? `您申请订阅的《${publication}》已经通过审核，今后公开印发的各期将发到这个邮箱。`
    : `您申请订阅的《${publication}》没有通过审核，您的邮箱地址不再保存。如有疑问，请与${officeName}联系。`;
  const title = approved ? `订阅《${publication}》已通过` : `订阅《${publication}》未通过`;
  const end = approved ? unsubscribe : '';
  const why = approved || reason === '' ? '' : `理由：${reason}`;
  const closing = closingOf({ takesReplies });
  const view = { title, preview: '', name, sentence, reason: why, unsubscribe: end, officeName, closing };
  const mail: EmailContent = {
    kind: 'email',
    subject: title,
    html: templates.render('decision.html', view),
    text: templates.render('decision.txt', view),
    unsubscribe: end || undefined,
  };
  return trial ? markedAsDrill(mail) : mail;
}

/** Some vendors take no longer name in a variable. */
const longestName = 20;

/** The same by SMS, where it is filed. How it is ended stands in every message to a subscriber, and not here. */
export function composeDecisionSms(message: DecisionMessage, account: SmsAccount & OnTrial): SmsContent {
  const { publication, decision, reason } = message;
  const why = filable(reason, '');
  const [result, note] =
    decision === 'approved'
      ? ['通过', '今后公开印发的各期将发到这个手机号码']
      : ['未通过', why === '' ? '您的手机号码不再保存' : clipUnits(`理由是${why}`, longestFreeText)];
  const mark = account.trial ? trialMarkInSms : '';
  const params = { publication: clipUnits(mark + filable(publication, '简报'), longestName), result, note };
  return filledSms('decision', params, account);
}
