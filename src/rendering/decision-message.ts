import type { MailOffice } from './email.js';
import type { EmailContent } from './message.js';
import { loadTemplates } from './message-templates.js';

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
  { officeName }: Pick<MailOffice, 'officeName'>,
): EmailContent {
  const { name, publication, decision, reason, unsubscribe } = message;
  const approved = decision === 'approved';
  const sentence = approved
    ? `您申请订阅的《${publication}》已经通过审核，今后公开印发的各期将发到这个邮箱。`
    : `您申请订阅的《${publication}》没有通过审核，您的邮箱地址不再保存。如有疑问，请与${officeName}联系。`;
  const title = approved ? `订阅《${publication}》已通过` : `订阅《${publication}》未通过`;
  const end = approved ? unsubscribe : '';
  const why = approved || reason === '' ? '' : `理由：${reason}`;
  const view = { title, preview: sentence, name, sentence, reason: why, unsubscribe: end, officeName };
  return {
    kind: 'email',
    subject: title,
    html: templates.render('decision.html', view),
    text: templates.render('decision.txt', view),
    ...(end === '' ? {} : { unsubscribe: end }),
  };
}
