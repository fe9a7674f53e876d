import type { ChannelKind } from '../domain/delivery.js';
import type { Office } from './compose.js';
import { trialMarkInSms } from '../domain/sending/trial.js';
import { closingOf } from './email.js';
import type { MessageContent } from './message.js';
import { loadTemplates } from './message-templates.js';
import { filledSms } from './sms.js';
import { markedAsDrill, type OnTrial } from './trial-message.js';

export interface CodeMessage {
  code: string;
  /** The page where the code can be confirmed with one press; null when it is typed or told. */
  link: string | null;
  /** Null when it proves a registered contact; else the publication somebody wants to be sent. */
  publication: string | null;
  minutes: number;
}

const templates = loadTemplates('message');

/** The message that carries a code to an address which is to be proven. */
export function composeCode(channel: ChannelKind, message: CodeMessage, office: Office & OnTrial): MessageContent {
  const content = codeFor(channel, message, office);
  return office.trial ? markedAsDrill(content) : content;
}

function codeFor(channel: ChannelKind, message: CodeMessage, office: Office & OnTrial): MessageContent {
  const { code, link, publication, minutes } = message;
  const { officeName } = office;
  const mark = office.trial ? trialMarkInSms : '';
  const purpose = publication === null ? '核对您登记的联系方式' : '确认您的订阅';
  const validity = minutes >= 120 ? `${Math.round(minutes / 60)}小时内有效。` : `${minutes}分钟内有效。`;
  switch (channel) {
    case 'email': {
      const title = publication === null ? '联系方式验证码' : `请确认订阅《${publication}》`;
      const sentence =
        publication === null
          ? `${officeName}正在核对为您登记的这个邮箱。请在页面上输入下面的验证码，或者把它告诉与您联系的工作人员。`
          : `有人用这个邮箱申请订阅《${publication}》。如果是您本人，请打开确认页，或在申请页输入下面的验证码。`;
      const closing = closingOf(office);
      const view = { title, preview: '', sentence, code, link: link ?? '', validity, officeName, closing };
      return {
        kind: 'email',
        subject: title,
        html: templates.render('code.html', view),
        text: templates.render('code.txt', view),
      };
    }
    case 'sms':
      return filledSms('code', { code, purpose: `${mark}${purpose}`, minutes: String(minutes) }, office);
    case 'wecom':
      return {
        kind: 'wecom',
        title: '联系方式验证码',
        description: `验证码 ${code}，用于${purpose}，${validity}如非本人操作，请忽略。`,
        url: `${office.publicUrl}/s`,
        buttonText: '查看',
      };
    case 'wechat':
      throw new Error('no template of the official account holds a code');
  }
}
