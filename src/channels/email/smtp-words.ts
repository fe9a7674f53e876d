import type { Matter } from './smtp-matters.js';

interface WordRow {
  matter: Matter;
  words: RegExp;
  /** Looks at the whole text; the others do not see addresses, links and host names, which may hold any word. */
  whole?: true;
  /** The commands and first digits for which alone it counts, where the words may mean something else. */
  at?: readonly string[];
  only?: '4' | '5';
  /** Enhanced codes, without their first digit, with which alone it counts, and with which it does not. */
  code?: RegExp;
  unless?: RegExp;
  /** It does not pass by itself, although servers say so with a temporary code. */
  lasting?: true;
}

const sending = ['MAIL FROM', 'RCPT TO', 'DATA'] as const;

const rateWords =
  /frequen(cy|t|tly)\b|rate.?limit|throttl|flood|\btoo (many|much|fast|frequent|quick)(?! (hops|attachments|mime|parts))|\b(limit|quota|threshold)s?\b.{0,30}(exceed|reach|hit)|(exceed|reach|achiev)\w*.{0,40}\b(limits?|threshold|maximum|rate)\b|unusual rate|at (a|too high a) (high )?rate|slow down|concurrent|concurrency|connection (limit|rate|frequency)|hl:(icc|ifc|rep|mep)|(mi|rp|ip):(cel|dmc|ccl|drc|sfq|qrc|tmc)|频率|频繁|过快|(次数|数量|连接数?|请求).{0,4}(过多|超|太多)|发送.{0,6}(过多|太多)|transient reject by behaviou?r/;

/** Mailbox full, too large, in a loop, of a kind that is not taken: whatever limit is spoken of, it is none of speed. */
const clearOfTheMessage = /^(2\.[23]|3\.4|4\.(6|14)|6\.\d+)$/;

/**
 * What servers put into words, the surest first: the first row that matches counts, and it counts for more than any code, for
 * the codes are used freely (QQ Mail answers 550 to frequency, Exchange 5.2.1 to a rate). Texts by source: Postfix
 * (SMTPD_ACCESS_README), Exim (default configuration and spec chapter 43), Sendmail (cf/README), Exchange Online (list of
 * non-delivery reports), Gmail (SMTP errors and codes), NetEase and Coremail (退信代码说明: `HL:`, `MI:`, `RP:`, `DT:`), QQ and
 * Exmail (退信说明), Aliyun (常见退信报错), Sina (退信代码).
 */
export const wordRows: readonly WordRow[] = [
  // Exchange: the recipient's own restrictions, although the text speaks of authentication.
  {
    matter: 'mailboxRule',
    whole: true,
    words:
      /resolver\.rst|(rejected|blocked|refused|denied|blacklisted) by (the )?(recipient|user|addressee)s?\b|recipient'?s? (personal )?(black|block)-?list|(not|n't) (authori[sz]ed|allowed|permitted|accepted?) .{0,30}\b(to|for|by) (this|that|the|your) (recipient|user|mailbox|group|address|mailing list)|(recipient|user|mailbox|group|address|account)\b.{0,40} (only accepts?|accepts? (mail|messages) only|(does not|doesn't|do not|not) (want|accept(ing)?)) .{0,12}\b(mail|messages?)\b.{0,20} from|(对方|收件人|该用户)(已|设置)?.{0,4}(拒收|拒绝接收|屏蔽)|被(对方|收件人|该用户).{0,4}(拒收|拒绝|屏蔽|拉黑)/,
  },
  {
    matter: 'greylisting',
    words: /gr[ea]y-?\s?list|postgrey|灰名单|delayed for \d+ (second|minute)/,
  },
  {
    matter: 'loop',
    words: /too many (hops|received)|hop count|\bloop(s|ing|ed)?\b|loops back|循环转发|环回|转发循环/,
  },
  {
    matter: 'quota',
    words:
      /\b(send(ing|er)?|submission|outgoing|outbound|relay)\b.{0,12}\b(quota|limits?)\b(?!.{0,40}\b(to|for) (this|that|the|one|same) (recipient|mailbox))/,
  },
  // What one mailbox gets, before what one account sends.
  {
    matter: 'mailboxRate',
    words:
      /(user|recipient|mailbox|rcpt|account|person|address)\b.{0,80}\breceiv\w*\b.{0,60}\b(too|rate|quickly|frequen\w*|limit\w*)|(user|recipient|mailbox)\b.{0,60}(can|may) receive|(user|recipient|mailbox|inbox)\b.{0,20}\b(gets?|got|has|have|had) too (much|many)|(user|recipient|mailbox|inbox) (is |was |has been )?(temporarily )?rate.?limit|mailbox unavailable or access denied|recipient (thread|message|mail|delivery|incoming|receive) ?(rate )?limit|(too (many|much|fast|frequent)|rate|frequen\w*|limit\w*|throttl\w*)\b.{0,40}\b(to|for|of|by|per|on) (this |that |the |the same |same |one |your |a )?(recipient|user|mailbox|rcpt|address|addressee|inbox)\b(?!s)|(incoming|inbound|receiving|receive|receipt) (mail |message |e-?mail |connection )?(rate|limit|quota|frequency)|(收件人|收信人|对方|该用户|该邮箱|收信|接收)(?!人?(总|个)?数|个数|数量).{0,12}(频率|频繁|过多|过快|超限|太多|上限)/,
  },
  {
    matter: 'relay',
    lasting: true,
    words:
      /\brelay(ing|ed|s)?\b.{0,60}\b(denied|not (permitted|allowed|authori[sz]ed|supported|enabled)|prohibited|refused|rejected|disabled|forbidden|blocked|restricted|check|access)|(unable|not (permitted|allowed|authori[sz]ed|willing)|cannot|can't|can not|won't|will not|don't|do not|does not|doesn't|never|refus\w*|den(y|ies|ied)|no|without|not an? (open )?)[ :]{0,2}.{0,24}\brelay(ing)?\b(?!.{0,20}(limit|quota|rate))|rcpthosts|rp:frl|(does not|doesn't|do not|don't|not) (accept|handle|host)\w* (mail|messages) for (this|that|the)? ?(domain|host)|client host rejected: access denied|(禁止|拒绝|不允许|不支持|无权|未授权|不能|不提供).{0,6}(转发|中继)|(转发|中继).{0,8}(被拒|拒绝|禁止|不允许|未授权)|unable to relay/,
  },
  {
    matter: 'ourAddress',
    whole: true,
    words:
      /\b(spf|dkim|dmarc|iprev|ptr|rdns)\b|(mi|dt):(spf|dma|spb|rbl)|reverse[ -]?(dns|host|lookup|map)|cannot find your (reverse )?host|unauthenticated (mail|e-?mail|message|sender)|sender is unauthenticated|authenticate with (either )?spf|spamhaus|spamcop|sorbs|barracuda|uceprotect|abusix|proofpoint\.com|dns-?bl|\brbl|(black|block|deny|ban)[- ]?list|reputation|bounce attack|(?<!transient reject by )(behaviou?r|suspected|known) spam|spam(ming)? (sender|source|host|ip|behaviou?r)|hl:(ip|ih|is)\w*|wm:bl\w|dt:rat|(?<![\w.])\bip\b.{0,40}(block|ban|list|reject|refus|den(y|ied)|hangup|forbid|invalid|not (allowed|accepted|permitted|authori[sz]ed)|poor|unstable|whitelist)|(invalid|bad|black|banned|blocked|rejected|fake|illegal|sending|from your|your) ip\b|(client|sending|your|connecting) (host|server|network|domain|mta|mail ?server)\b.{0,60}(block|banned|list|reject|refus|denied|not (allowed|accepted|trusted)|poor)|(block|ban)\w*.{0,30}\bip\b|openrelay|remote ip check|helohost|fake sender|黑名单|信誉|(发信|来源|服务器)\s?ip|反向解析/,
  },
  // A limit by hour or day, in the words of those who send.
  {
    matter: 'quota',
    words:
      /(send(ing|er|s)?|sent|submission|outgoing|outbound|relay|daily|hourly|per (day|hour)|24[ -]hours?|messages?|mails|smtp|tenant)\b.{0,40}\b(quota|limits?|threshold|allowance)\b.{0,30}(exceed|reach|hit|over|full|attain)|(exceed|reach|hit|over|surpass)\w*.{0,40}\b(send(ing|er)?|submission|outgoing|outbound|relay|daily|hourly|per (day|hour)|tenant)\b.{0,30}(quota|limits?|threshold|allowance)|quota.{0,20}(sending|outgoing|per (hour|day))|(mi:stc|rp:(trc|rcl|qrc)|mi:sfq)|max(imum)? (number|amount) .{0,40}\b(mails|messages|e-?mails|recipients)\b|too many (messages|mails|e-?mails|recipients).{0,20}(today|per (day|hour)|this hour|daily)|(发信|发送|投递|每日|当日|当天|今日|日发).{0,14}(配额|上限|限额|超限|超过限制|超出限制|已用完)|total of rcpts/,
  },
  {
    matter: 'tooLarge',
    words:
      /(message|mail|e-?mail|letter|data|content|attach\w*|body|header)s?\b.{0,40}\b(size|too (large|big|long)|length)\b|\bsize\b.{0,30}(limit|exceed|maxim)|too (large|big)\b|exceed\w*.{0,30}(mailsize|size|length)|too large|(邮件|附件|正文|内容|信件).{0,6}(过大|太大|超大|大小|长度)|length of .{0,60}threshold|number of attachments/,
    only: '5',
    at: sending,
  },
  {
    matter: 'system',
    words: /insufficient (system|disk) (storage|space)|out of memory|queue (unavailable|full)|database/,
  },
  {
    matter: 'mailboxFull',
    words:
      /over ?-?quota|(quota|storage|space)\b.{0,20}(exceed|full)|quota.{0,24}(exceed|full|reach|over|used)|(exceed|reach|over|out of|no|insufficient|not enough)\w*.{0,30}\b(quota|storage|disk space|mailbox space|space)\b|(mailbox|inbox|mail box|user|account|storage|mail drop|maildrop|box)\b.{0,30}\b(is |are )?(too )?full\b|full mailbox|mailbox (size )?limit|mailbox.{0,20}exceed|(邮箱|信箱|收件箱|空间|容量).{0,6}(已满|满|不足|超限|超出|超过)|(已满|空间不足|容量不足)/,
  },
  {
    matter: 'loginNeeded',
    lasting: true,
    words:
      /(authenti\w+|auth|login|log ?in|logon)\b.{0,20}\b(is )?(required|needed|first|necessary|expected)|(must|need(s)? to|please|have to|should|requires?|need(s)?|not) (be )?(authenti\w+|auth\b|log ?in|log ?on|logged)|was not authenticated|not logged in|需要?(先)?(身份)?(验证|认证|登录)|请先?(身份)?(验证|认证|登录)|未登录|(本域|本系统)用户必须/,
  },
  {
    matter: 'session',
    lasting: true,
    words:
      /must issue a? ?starttls|starttls (first|is required|required)|(tls|ssl|encrypt\w*|secure connection) (is |connection )?(required|needed)|requires? (tls|ssl|encrypt\w*|starttls)|(helo|ehlo)\b.{0,40}(reject|invalid|denied|refus|need|require|bad|syntax|empty)|(invalid|bad|need fully-qualified) (helo|ehlo|hostname)|mi:nhd/,
  },
  {
    matter: 'account',
    words:
      /bad outbound sender|(account|user|sender)\b.{0,30}(not|n't) (allowed|permitted|authori[sz]ed) to send|(your|sender'?s?|sending|this sender) (account|mailbox|domain|user|tenant)\b.{0,30}(suspend|disabled|block|lock|ban|restrict|frozen|limited|deactivat)|not allowed to send (e-?)?mail|tenant.{0,40}(exceed|block|restrict)|(发信|发件)(账号|帐号|账户).{0,10}(停用|禁用|冻结|锁定|封|限制)|subscription.{0,20}expired/,
  },
  // With a code that speaks of the mailbox it is the mailbox's rate.
  { matter: 'mailboxRate', words: rateWords, code: /^[12]\.(?![23]$|[78]$|90$)/, at: ['RCPT TO', 'DATA'] },
  { matter: 'rate', words: rateWords, unless: clearOfTheMessage },
  { matter: 'rate', only: '4', words: /\brate\b|\blimit(s|ed)?\b/, unless: clearOfTheMessage },
  {
    matter: 'sender',
    words:
      /(?<!for this |known )\b(sender|mail ?from|"?mail from"?|return-?path|envelope[- ]?(sender|from)|from (address|header)|null sender)\b.{0,60}?(reject|invalid|denied|not (allowed|exist|found|permitted|accepted|owned|valid|match\w*|verified|authori\w+|local)|unverif|unvalid|unknown|mismatch|must (be |have |equal)|does ?n[o']t (exist|conform|match|resolve|belong)|refused|illegal|fail|unavailable|domain|local account|conflict|non-local|is (not|a local|disallowed|blacklisted|unacceptable))|(host denies|deny|denies|denied|rejects?|refuses?|invalid|bad|illegal|unverified|unknown) (the )?sender|domain of sender|sender (verify|verification|callout)|(must|should) (be )?(the )?(same|equal)\w*.{0,20}(auth|login|user)|send[ -]?as\b|sendasdenied|not owned by|local user only|no smtp mx only|bad outbound|black mail address|mail address invalid|mi:imf|dt:sum|(发件人|发信人|发信地址|发件地址|发件邮箱|发信邮箱|信封).{0,20}(不|拒|无效|非法|错误|未|禁止)/,
  },
  { matter: 'unclear', only: '5', words: /address (verification|validation) in progress/ },
  // Passes, though the code may not say so.
  {
    matter: 'mailboxBusy',
    words:
      /(user|mailbox|recipient|account|address|inbox)\b.{0,30}\b(temporar\w+|currently|busy|is locked by|in use)\b|temporar\w+.{0,30}\b(user|mailbox|recipient|account)\b|(邮箱|用户|账号|账户|帐号).{0,6}(暂时|临时|正忙)/,
  },
  {
    matter: 'noMailbox',
    unless: /^1\.[78]$/,
    whole: true,
    words:
      /resolver\.adr|recipientnotfound|recipnotfound|nosuchuser|accountdisabled|mailboxdisabled|recipient address rejected: access denied.{0,12}as\(2018|查无此|找不到.{0,4}(用户|收件人|邮箱|账号|帐号)|无此(用户|人|邮箱|账号|帐号|收件人)|(邮箱|邮件地址|账号|帐号|账户|地址|收件人|收信人|用户|信箱).{0,10}(不存在|无效|有误|错误|停用|注销|禁用|冻结|销户|未注册|未开通|未找到|找不到|查无|不正确)/,
  },
  {
    matter: 'noMailbox',
    unless: /^1\.[78]$/,
    words:
      /(user(name)?|mailbox|mail box|recipient|account|address|rcpt( to)?"?|addressee|inbox|person|alias|customer|e-?mail)s?\b(?! (verif|valid)).{0,60}?\b(not (be )?(found|exist|known|available|here|valid|listed|recogni[sz]ed|active|registered|local|located|a known|an? valid|defined|in (our|the))|unknown|no longer|non-?exist\w*|does ?n[o']t exist|do ?n[o']t exist|dosn't exist|isn't|doesn'?t have|don't exists|not exists?|invalid|disabled|inactive|deactivated|unavailable|suspended|undeliverable|unroute?able|terminated|closed|deleted|removed|expired|discontinued|rejected: (user )?(unknown|undeliverable)|no such|hangup|locked|frozen|moved|syntax)|\b(no such|unknown|invalid|bad( destination)?|non-?existent|inactive|disabled|unroute?able|undeliverable|expired|unavailable|not our|no|not a( local)?|wrong) (local |mail |e-?mail |virtual |known |valid )?(user|mailbox|mail box|recipient|address|account|person|customer|alias|rcpt)\b(?! (is )?(needed|required|header|in header|provided|given))|not user of this|(isn't|is not|not) (allowed|able|permitted) to receive|unavailable mail user|addressee unknown|does not have an? .{0,20}account|no mailbox|mailbox moved|user has moved|address no longer/,
  },
  {
    matter: 'noMailbox',
    unless: /^1\.[78]$/,
    words:
      /recipient.{0,60}domain.{0,20}(not (found|exist)|unknown|does ?n[o']t)|unroute?able (mail )?domain|null ?mx|no such domain|domain (name )?(does ?n[o']t|not) exist|does not accept mail \(nullmx/,
  },
  {
    matter: 'unreachable',
    words:
      /(host|domain)( or domain)?( name)?\b.{0,20}(not found|unknown|unreachable|down)|(unknown|no such) host|name service error|\bdns\b|no route|timed? ?-?out|connection (refused|reset|lost|closed by)|unreachable|no mx\b|bad network|network (error|unreachable)|(域名|主机).{0,6}(不存在|解析|找不到)/,
    at: ['RCPT TO', 'DATA'],
  },
  {
    matter: 'content',
    words:
      /spam|dt:spm|junk|virus|malware|phish|infected|\bcontent\b|unsolicited|bulk mail|bulk mailing|too many same size|(blocked|forbidden|banned|prohibited) (word|term|phrase|keyword)|prohibited attach|illegal attach|attachment.{0,30}(not allowed|blocked|prohibited|forbidden)|垃圾|病毒|敏感|违规|内容/,
    at: sending,
  },
  {
    matter: 'badMessage',
    words:
      /malformed|not rfc|rfc ?-?\d{3,4}|\bmime\b|\bheaders?\b|bare (lf|cr|line ?feed|newline)|line (is )?too long|8-?bit|smtputf8|encoding|charset|too many (attachments|parts|mime)/,
    at: ['DATA'],
  },
  {
    matter: 'system',
    only: '4',
    words: /service (un|not )available|temporary (local |system )?(problem|error|failure)|(local|internal) error/,
  },
];
