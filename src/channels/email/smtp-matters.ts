/** What follows from a refusal: try this row later, give it up, pause the account for a while, or stop it until a person acts. */
export type Consequence = 'later' | 'refuse' | 'pause' | 'stop';

interface MatterRow {
  /** A Chinese clause: what the server said. */
  fact: string;
  /** A Chinese clause: what a person can do, for when it does not pass by itself. */
  advice?: string;
  permanent: Consequence;
  temporary: Consequence;
  /** Least wait, in minutes. */
  afterMinutes?: number;
  /** Class of a refusal that is final for the row. */
  refusedAs?: 'recipient' | 'content';
  /** It speaks of one recipient: the account is well. */
  ofRecipient?: true;
  /** The mailbox is not there, or will never take mail again. */
  mailboxDead?: true;
  /** Said of one recipient after the other, it is about us. */
  perhapsOfUs?: true;
}

/** Whose matter a mail server's refusal is, and what follows. */
const rows = {
  noMailbox: {
    fact: '邮箱地址不存在或已停用',
    advice: '请核对地址。',
    permanent: 'refuse',
    temporary: 'later',
    refusedAs: 'recipient',
    ofRecipient: true,
    mailboxDead: true,
  },
  mailboxFull: {
    fact: '对方邮箱已满',
    advice: '请联系本人清理邮箱。',
    permanent: 'later',
    temporary: 'later',
    afterMinutes: 30,
    ofRecipient: true,
  },
  mailboxRule: {
    fact: '收件人或其单位的设置不接收本单位的来信',
    advice: '请联系本人，或改用其他通道。',
    permanent: 'refuse',
    temporary: 'later',
    ofRecipient: true,
  },
  /** That mailbox gets too much mail, whoever it is from. */
  mailboxRate: {
    fact: '对方邮箱短时间内来信过多',
    permanent: 'later',
    temporary: 'later',
    afterMinutes: 5,
    ofRecipient: true,
  },
  mailboxBusy: {
    fact: '对方邮箱暂时不能收信',
    advice: '请联系本人，或改用其他通道。',
    permanent: 'refuse',
    temporary: 'later',
    ofRecipient: true,
  },
  greylisting: {
    fact: '对方邮件系统要求稍后再投（灰名单）',
    permanent: 'later',
    temporary: 'later',
    afterMinutes: 5,
    ofRecipient: true,
  },
  /** Policy of the recipient's side about where mail of ours comes from. */
  ourAddress: {
    fact: '对方邮件系统因发信域名、发信 IP 或认证设置拒收',
    advice: '请检查 SPF、DKIM、DMARC 与发信服务器。',
    permanent: 'refuse',
    temporary: 'later',
    perhapsOfUs: true,
  },
  /** The same, said by our own mail server before any recipient was named. */
  ourHost: {
    fact: '邮件服务器因发信域名、发信 IP 或认证设置拒绝本机',
    advice: '请检查 SPF、DKIM、DMARC 与发信服务器。',
    permanent: 'stop',
    temporary: 'pause',
    afterMinutes: 5,
  },
  sender: {
    fact: '邮件服务器不接受本单位的发信地址',
    advice: '请检查发信地址与账号。',
    permanent: 'stop',
    temporary: 'pause',
    afterMinutes: 5,
  },
  content: {
    fact: '对方邮件系统判定内容为垃圾邮件或不允许的内容',
    advice: '请联系对方管理员。',
    permanent: 'refuse',
    temporary: 'later',
    refusedAs: 'content',
    ofRecipient: true,
  },
  tooLarge: {
    fact: '邮件超过对方允许的大小',
    advice: '请精简内容。',
    permanent: 'refuse',
    temporary: 'later',
    refusedAs: 'content',
    ofRecipient: true,
  },
  badMessage: {
    fact: '对方邮件系统不接受这封邮件的内容或格式',
    advice: '请联系对方管理员。',
    permanent: 'refuse',
    temporary: 'later',
    refusedAs: 'content',
    ofRecipient: true,
  },
  loop: {
    fact: '邮件在对方邮件系统中循环转发',
    advice: '请联系对方管理员。',
    permanent: 'refuse',
    temporary: 'later',
    ofRecipient: true,
  },
  unreachable: {
    fact: '找不到或连不上对方邮件系统',
    advice: '请核对地址，或联系对方管理员。',
    permanent: 'refuse',
    temporary: 'later',
    ofRecipient: true,
  },
  rate: { fact: '邮件系统限制发送频率', permanent: 'pause', temporary: 'pause', afterMinutes: 1 },
  /** A limit by the hour or day. */
  quota: {
    fact: '发信账号或发信服务器的发信数量已达邮件系统的上限',
    permanent: 'pause',
    temporary: 'pause',
    afterMinutes: 60,
  },
  login: { fact: '发信账号或密码被拒绝', advice: '请检查发信设置。', permanent: 'stop', temporary: 'later' },
  loginNeeded: {
    fact: '邮件服务器要求登录后才能发信',
    advice: '请检查发信账号与登录设置。',
    permanent: 'stop',
    temporary: 'stop',
  },
  account: {
    fact: '发信账号被停用或限制发信',
    advice: '请联系邮件服务商。',
    permanent: 'stop',
    temporary: 'pause',
    afterMinutes: 15,
  },
  relay: {
    fact: '邮件服务器不允许本系统向外转发邮件',
    advice: '请在邮件服务器上准许本机转发，或填写发信账号登录后再发。',
    permanent: 'stop',
    temporary: 'stop',
  },
  session: {
    fact: '邮件服务器拒绝本机的连接或加密方式',
    advice: '请检查发信设置。',
    permanent: 'stop',
    temporary: 'later',
  },
  system: { fact: '邮件系统暂时不能收信', permanent: 'later', temporary: 'later' },
  unclear: {
    fact: '对方邮件系统拒收，没有说明可以判断的原因',
    advice: '请联系本人或对方管理员。',
    permanent: 'refuse',
    temporary: 'later',
    perhapsOfUs: true,
  },
} as const satisfies Record<string, MatterRow>;

export type Matter = keyof typeof rows;

export const matters: Readonly<Record<Matter, MatterRow>> = rows;

const beforeSender: Partial<Record<Matter, Matter>> = {
  noMailbox: 'session',
  mailboxRule: 'session',
  mailboxBusy: 'session',
  mailboxFull: 'system',
  mailboxRate: 'rate',
  greylisting: 'rate',
  ourAddress: 'ourHost',
  content: 'ourHost',
  sender: 'session',
  relay: 'session',
  unreachable: 'session',
  badMessage: 'session',
  loop: 'session',
  unclear: 'session',
};

const beforeRecipient: Partial<Record<Matter, Matter>> = {
  noMailbox: 'sender',
  mailboxRule: 'sender',
  mailboxBusy: 'sender',
  mailboxFull: 'quota',
  mailboxRate: 'rate',
  greylisting: 'rate',
  ourAddress: 'ourHost',
  content: 'ourHost',
  unreachable: 'sender',
  loop: 'sender',
  unclear: 'sender',
};

/** The recipient is not to blame for what was refused before he was named, nor the message before the sender was. */
export function matterAt(command: string, matter: Matter, temporary: boolean): Matter {
  if (command === 'RCPT TO' || command === 'DATA') return matter;
  if (/^AUTH/.test(command)) {
    if (!temporary) return matter === 'session' || matter === 'account' ? matter : 'login';
    return matter === 'rate' ? 'quota' : matter === 'quota' || matter === 'account' ? matter : 'login';
  }
  const said = command === 'MAIL FROM' ? beforeRecipient : beforeSender;
  // What passes and says nothing in particular is a server that is busy.
  if (temporary && (matter === 'unclear' || matter === 'mailboxBusy')) return 'system';
  return said[matter] ?? matter;
}

/** What another system said to our mail server, and a notification brings, is none of our account's matter. */
export function matterElsewhere(matter: Matter): Matter {
  if (matter === 'relay') return 'unreachable';
  return matter === 'login' || matter === 'loginNeeded' || matter === 'session' ? 'unclear' : matter;
}
