/**
 * What mail systems write when they write no code, as data. English of Postfix, Exim, qmail, Sendmail and Exchange, Chinese of
 * Coremail (163, 126, Sina, 139) and QQ/Exmail. All patterns are tried on text whose blanks are single.
 */

/** What may be wrong with a recipient. Only whether a text speaks of that: whose matter it is says the table of refusals. */
export const troubles: readonly RegExp[] = [
  /(?:对方|收件人)?(?:邮箱|信箱|空间|容量)(?:空间|容量)?(?:已经?|被)?(?:满|不足|超限|超出)|超[过出].{0,8}(?:配额|容量|空间)|mailbox (?:is |was )?(?:\w+ )?full|over ?quota|quota (?:is |has been )?exceed|exceed\w* .{0,30}quota|out of (?:disk )?space|insufficient (?:system )?storage/i,
  /(?:邮箱|信箱|[帐账][号户]|用户)(?:已经?|被|已被)(?:停用|禁用|冻结|锁定|注销|关闭|封停)|(?:account|mailbox|user|recipient)\b.{0,40}\b(?:disabled|suspended|inactive|locked|closed|deactivated|not active)/i,
  /域名(?:不存在|无效|无法解析|解析失败)|(?:找不到|无法解析).{0,10}域名|host (?:or domain name )?(?:not found|unknown)|unknown host|(?:domain|dns).{0,40}(?:not exist|not found|nonexistent|non-existent)|unrouteable (?:mail )?(?:address|domain)|couldn'?t find any host|no mail exchanger/i,
  /(?:用户|收件人|[帐账][号户]|邮箱|信箱|地址)(?:名|地址)?(?:并)?不存在|(?:查无|无)此(?:人|用户|邮箱|[帐账]号)|(?:没有|找不到).{0,6}(?:用户|收件人|邮箱|[帐账]号)|(?:无效|错误)的(?:收件人|邮箱|用户|地址)|(?:user|recipient|mailbox|account|address)\b[^.\n]{0,60}?\b(?:unknown|not found|not exist|n't exist|doesn.?t exist|couldn.?t be found|wasn.?t found|invalid|rejected|unavailable|no longer)|(?:no such|unknown|invalid|nonexistent) (?:\w+ ){0,2}(?:user|recipient|mailbox|account|address|person)|no mailbox here by that name|not (?:a known|listed in)/i,
  /邮件(?:过大|太大|超过.{0,12}(?:大小|限制))|message (?:size|is too|too) (?:large|big|exceed)\w*|message size exceed|size limit/i,
  /垃圾邮件|病毒|黑名单|拒(?:收|绝接收|绝投递)|反垃圾|spam|virus|black ?list|blocked|policy|access denied|content (?:denied|rejected)|prohibited/i,
  /(?:对方|收件|接收|目标)?(?:邮件)?服务器(?:无响应|无应答|没有响应|连接失败|无法连接|连接超时|超时|不可达|暂时?不可用|拒绝连接)|(?:无法|不能)连接|连接.{0,12}(?:超时|失败)|time[ds]? ?out|retry time(?:out)? (?:not reached|exceeded)|(?:could|can)(?:n'?t|not| not) (?:be )?(?:contact|connect|establish)\w*|connection (?:refused|failed|lost)|no route to host|expired|for too long/i,
];

/** Every try has been made. Before `underWay`, whose words a final notice may repeat. */
export const givenUp =
  /giv(?:en|ing) up|gave up|permanent(?:ly)? (?:error|fail)|permanent fatal|failed permanently|retry time(?:out)? exceeded|(?:message|mail) (?:has )?expired|放弃(?:投递|发送|重试)?|不再(?:尝试|重试|投递|发送)|(?:多次|反复)(?:尝试|重试|投递).{0,20}(?:失败|退|未)/i;

export const underWay =
  /\b(?:has been|is|was|been) (?:temporarily )?delayed|delivery (?:status notification )?\(?(?:is )?delay|delayed (?:mail|\d+ (?:hours?|minutes?))|warning: (?:message|could not send)|warning message only|(?:will|be) (?:be )?(?:retried|continue\w*|keep|try(?:ing)? again)|still (?:trying|being retried)|attempts? will continue|not yet been delivered|do(?:es)? not need to resend|no action is required|尚未(?:送达|投递|送出)|暂(?:时)?(?:未|无法|不能)(?:送达|投递|发送)|投递(?:被)?延迟|延迟(?:投递|送达|通知)|(?:将|会|在)(?:自动)?(?:继续|持续|稍后|再次|重新?)?.{0,4}(?:尝试|重试|重投|重新投递)|(?:无需|不必|请勿)(?:再次|重新?)(?:发送|投递|发)/i;

export const arrived =
  /(?<!not (?:been )?|un)success(?:ful(?:ly)?)? (?:mail )?deliver|(?<!not (?:been )?)(?:was|were|been) (?:successfully )?delivered|(?<!not )delivered successfully|delivery (?:to .{0,80} )?(?:was |is )?successful|successfully (?:relayed|delivered)|(?<![未不])(?:已经?|被)?成功(?:地)?(?:投递|送达|发送到)|(?:投递|送达)成功|(?<!未)已(?:经)?(?:投递|送达)(?:到|至|对方|收件人|[。，,！!]|$)/i;

export const failedWords =
  /undeliver|(?:could|can)(?:n'?t|not| not) (?:be )?deliver|unable to deliver|deliver\w* (?:\w+ ){0,6}(?:has |have )?fail|fail\w* (?:to )?deliver|failure notice|failed (?:recipient|address)|following address(?:\(es\)|es)? (?:had|failed)|fatal errors|return(?:ed|ing) (?:mail|message|to sender)|bounced|was rejected|wasn'?t delivered|did(?:n't| not) reach|退信|退回|被退|(?:投递|发送|递送|送达)(?:已经?)?失败|(?:无法|不能|未能|没能)(?:成功|正常)?(?:投递|送达|发送|递送|到达)|未(?:能)?(?:成功)?(?:送达|投递成功)|被(?:对方|收件)?.{0,10}拒/i;

/** How notices about a mail of ours are headed. */
export const noticeSubject =
  /undeliver|deliver\w*.{0,20}(?:fail|status|report|notif|problem|delay|error)|(?:fail|success|delay)\w*.{0,20}(?:deliver|notice)|return(?:ed|ing).{0,12}(?:mail|message|sender)|mail (?:delivery )?(?:system )?(?:error|fail)|non-?deliver|bounce|nondelivery|could not send message|^warning: |message .{0,40}(?:status|delayed)|delayed mail|^mail (?:failure|status)|退信|退回|被退|(?:投递|发送|递送|送达|送信).{0,6}(?:失败|状态|报告|通知|延迟|成功|错误)|(?:无法|未能|不能|未).{0,3}(?:投递|送达|发送)|延迟(?:投递|送达|通知)/i;

/** How they begin, where the subject does not tell. */
export const noticeOpening =
  /this is the (?:qmail-send program|mail (?:system|delivery agent) at)|created automatically by mail delivery|this is an automatically generated (?:delivery status|message)|(?:original message was received at)|(?:the following (?:address|recipient|message|organization|person)\b)|your (?:message|mail|e-?mail)\b.{0,80}\b(?:deliver|reach|reject|return|bounce|delay)|message (?:you sent )?(?:could|can) ?not be delivered|transcript of session|host\b.{0,120}\bsaid:|^said:|(?:您|你|阁下)(?:所)?(?:发送|发出|发给|寄给|寄往|寄出|投递|于|在|的)?.{0,60}(?:邮件|来信|信件).{0,80}(?:退|失败|无法|未能|不能|延迟|送达|投递|拒)|退信原因|失败原因|以下(?:收件人|地址|邮件|用户).{0,30}(?:失败|无法|未能|退|不存在)/i;

/** A mail about the notices, or about something quite else. */
export const otherSubject =
  /^\s*(?:re|fw|fwd|aw|wg|tr|转发|转|回复|答复)\s*[:：]|自动回复|自动答复|automatic reply|auto[- ]?reply|autoreply|auto[- ]?response|out of (?:the )?office|vacation|on leave|(?:关于|有关).{0,30}(?:说明|通知|公告|提醒|须知|指南|问题|升级|调整)|(?:维护|升级|停机|扩容|放假|安全|系统)公告|使用(?:说明|指南)|已读|read(?: receipt)?:/i;
