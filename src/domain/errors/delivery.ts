import { type CatalogueEntry, fixed, word } from './error-entry.js';

/** Sentences about distribution lists, dispatch, channels and reading. */
export const deliveryErrors = {
  'list.invalid': {
    status: 422,
    text: ({ count }) => `名单有${word(count, '若干')}处错误，没有导入。请按提示改好后整份重新上传。`,
  },
  'list.groupUnknown': { status: 422, text: ({ label }) => `没有名为“${word(label, '（空）')}”的分组。` },
  'list.aliasTaken': {
    status: 409,
    text: ({ label, owner }) =>
      `“${word(label, '这个名称')}”已经对应到“${word(owner, '另一个分组')}”，一个名称只能对应一处。如需改动，请先在那里去掉这个别名。`,
  },
  'trial.changedMeanwhile': fixed(409, '试运行刚刚被别人开始或结束，请重新打开这一页核对。'),
  'trial.issuesUnderWay': {
    status: 409,
    text: ({ count }) => `有${word(count, '几')}期正在发送，发完或撤回以后才能回到试运行。`,
  },
  'list.groupNotFound': fixed(404, '没有找到这个分组。'),
  'list.groupNameEmpty': fixed(422, '请填写分组的名称。'),
  'list.groupCircle': {
    status: 422,
    text: ({ circle }) =>
      `分组不能绕回自己${circle === undefined ? '' : `：${word(circle)}`}。请去掉其中一处包含或除去。`,
  },
  'list.groupMergeRefused': {
    status: 422,
    text: ({ reason }) => `不能合并${reason === undefined ? '' : `：${word(reason)}`}。请先改好，再合并。`,
  },
  'list.groupInUse': {
    status: 409,
    text: ({ groups }) => `分组${word(groups)}包含或除去了这个分组，请先在那里去掉，再停用。`,
  },
  'list.scopeTooLong': {
    status: 413,
    text: ({ limit }) => `发送范围太长，上限为${word(limit)}个字。请把名单登记成分组，再写分组的名称。`,
  },
  'list.postNotFound': fixed(404, '没有找到这个岗位。'),
  'list.changedMeanwhile': fixed(
    409,
    '名单刚刚被别人改过，这次没有保存。请重新打开这一页，核对后再做；填写的内容会留着。',
  ),
  'list.tooLarge': { status: 413, text: ({ limit }) => `名单太大，上限为${word(limit, '五万')}行。` },
  'list.contactInvalid': {
    status: 422,
    text: ({ reason }) => `联系方式不正确${reason === undefined ? '' : `：${word(reason)}`}。`,
  },
  'list.contactTaken': fixed(409, '这个联系方式已经登记在另一人名下。'),

  'list.personNotFound': fixed(404, '没有找到这个人。'),
  'list.personWiped': fixed(409, '这个人离任已久，联系方式已按规定清除，不能再登记。'),
  'contact.notFound': fixed(404, '没有找到这个联系方式，可能刚被删除，请重新打开这一页核对。'),
  'contact.codeWrong': fixed(422, '验证码不正确或已失效，请核对后重新输入，或者重新发送。'),
  'contact.codeUnreadable': { status: 422, text: ({ reason }) => word(reason, '请填写6位验证码。') },
  'contact.notTyped': fixed(422, '微信由本人扫码绑定，不能代填，也不发验证码。'),
  'contact.notBindable': fixed(409, '微信服务号还没有启用扫码绑定，请维护服务器的人员设置 WECHAT_CALLBACK_TOKEN。'),
  'contact.noQr': { status: 502, text: ({ reason }) => word(reason, '微信没有给出二维码。') },
  'contact.tooManyCodes': fixed(429, '发送验证码太频繁，请一小时后再试。'),
  'amendment.notFound': fixed(404, '没有找到这条更正申请。'),
  'amendment.answered': fixed(409, '这条更正申请已经处理过了，请重新打开这一页查看答复。'),
  'amendment.tooMany': fixed(429, '您还有几条申请没有处理，请等办公室答复后再提交。'),
  'subscription.notFound': fixed(404, '没有找到这条订阅。'),
  'subscription.addressGone': fixed(410, '这条订阅的联系方式已按规定删除，不能再查看。'),
  'subscription.closed': fixed(409, '这份刊物现在不接受订阅。'),
  'subscription.decidedMeanwhile': fixed(409, '这条订阅的状态已经不同，没有改动；请重新读取后再决定。'),
  'subscription.codeWrong': fixed(422, '验证码不正确或已失效，请核对后重新输入，或者重新提交申请。'),
  'subscription.tooMany': fixed(429, '提交太频繁，请一小时后再试。'),

  'dispatch.notFound': fixed(404, '没有找到这条投递。'),
  'dispatch.notSignedOff': fixed(409, '本期尚未签发，还没有发送。签发以后再打开这一页。'),
  'dispatch.alreadyPlanned': fixed(409, '本期已经生成发送计划，不能重复发送。'),
  'dispatch.remindedMeanwhile': fixed(409, '打开这份名单以后，已经有人催阅过。请看过最新的名单再决定。'),
  'dispatch.nothingToRemind': fixed(409, '没有需要催阅的人：都已签收，或者已达到催阅次数上限。'),
  'dispatch.moreHeld': {
    status: 409,
    text: ({ seen, now }) =>
      `这一类待处理的投递已从${word(seen, '原来的')}条增加到${word(now, '更多')}条，没有改动。请重新打开这一页，看清后再决定。`,
  },
  'dispatch.notWithdrawn': fixed(409, '本期没有撤回，不能发撤回通知。'),
  'dispatch.noLiveCopy': fixed(409, '没有找到这一份，或者本期已撤回，不能再发。'),
  'dispatch.cannotResend': {
    status: 422,
    text: ({ reason }) => `不能这样发送：${word(reason, '有的通道没有可用的地址，请重新选择。')}`,
  },
  'dispatch.changedMeanwhile': fixed(409, '这条投递的状态刚刚变了，请重新打开这一页，核对后再做。'),
  'dispatch.levelForbids': {
    status: 422,
    text: ({ level, channel }) => `按本期密级“${word(level, '未定')}”，不得通过${word(channel, '这一通道')}发送。`,
  },
  'dispatch.dayNotInCalendar': fixed(404, '工作日历中没有登记这一天，可能刚刚被别人删除，请重新打开这一页核对。'),
  'channel.unknown': fixed(404, '没有这个通道。'),
  'channel.notConfigured': {
    status: 409,
    text: ({ channel }) => `${word(channel, '这一通道')}还没有配置，暂时不能使用。`,
  },
  'channel.checkFailed': {
    status: 502,
    text: ({ channel, reason }) =>
      `${word(channel, '这一通道')}检查没有通过${reason === undefined ? '' : `：${word(reason)}`}。`,
  },
  'channel.fromEnvironment': {
    status: 409,
    text: ({ channel }) => `${word(channel, '这一通道')}由服务器的环境变量设置，请维护服务器的人员在那里修改。`,
  },
  'channel.settingsChanged': fixed(409, '通道设置刚刚被别人改过，没有保存。请重新打开这一页核对。'),
  'channel.reportRefused': fixed(403, '回执或回调没有通过校验。'),

  'reading.linkInvalid': fixed(404, '链接无效，请核对是否完整，或与办公室联系。'),
  'reading.linkExpired': fixed(410, '链接已过期，请与办公室联系重新发送。'),
  'reading.withdrawn': fixed(410, '本期已撤回，请勿使用、转发先前收到的内容。'),
  'reading.corrected': fixed(410, '先前的内容已经撤回，请勿使用、转发；本期已另发更正。'),
  'reading.codeWrong': {
    status: 422,
    text: ({ tail }) =>
      tail === true
        ? '查阅码和手机号后四位没有对上，请核对后一起填写。'
        : '查阅码不正确或已失效，请核对短信后重新输入。',
  },
  'reading.codeUnreadable': { status: 422, text: ({ reason }) => word(reason, '请填写短信里的查阅码（10位数字）。') },
  'reading.codeExpired': fixed(410, '这个查阅码已经失效：查阅码在短信发出后72小时内有效。'),
  'reading.tailNeeded': fixed(422, '这一期还要填写收到短信的手机号后四位。'),
  'reading.tooManyTries': {
    status: 429,
    text: ({ seconds, tail }) =>
      typeof seconds === 'number'
        ? `查阅码不对。这个网络填错的次数过多，请${Math.ceil(seconds / 60)}分钟后再试；填对的${tail === true ? '查阅码和手机号后四位' : '查阅码'}不用等。`
        : '尝试次数过多，请稍后再试。',
  },
  'reading.needsIdentity': fixed(403, '请先验证身份，再阅读本期内容。'),
  'reading.otherMember': fixed(403, '企业微信确认，打开链接的不是收件人本人。没有显示任何内容，也不算打开或签收。'),
  'reading.needsDevice': fixed(403, '请先在“我的信息”页用验证码确认这台设备，再导出。'),
  'reading.noCodeAddress': fixed(409, '没有可以接收查阅码的手机，请与办公室联系。'),
  'reply.notFound': fixed(404, '没有找到这条短信回复，请返回列表查看。'),
  'reply.settledMeanwhile': fixed(409, '这条短信回复刚刚已经处理过，没有再改动。请返回列表查看结果。'),
  'reply.copyNotOpen': fixed(
    409,
    '这一份现在不能据此登记签收：已经签收、已经撤回，或者不是发到这个号码的。请返回列表重新核对。',
  ),
  'reply.numberGone': fixed(410, '这条短信回复的号码和内容已按规定删除，不能再查看，也不能再处理。'),
  'reading.mayNotActOnBehalf': fixed(403, '您没有代签收的权限。'),
  'reading.paperWithdrawn': fixed(410, '本期已撤回，不能再打印纸质件。'),
  'reading.signedOnWrong': { status: 422, text: ({ reason }) => word(reason, '签收日期不正确，请核对。') },
  'reading.allSigned': {
    status: 409,
    text: ({ names, more }) =>
      `所选的人都已签收，没有再登记：${word(names, '请重新打开这一页核对')}${more === true ? '等' : ''}。`,
  },
  'reading.scanUnreadable': fixed(422, '扫描件应为PDF、JPEG或PNG文件，请另存为其中一种后重新选择。'),
  'reading.tooManyScans': {
    status: 409,
    text: ({ most }) => `这份签收单已有${word(most, '很多')}个扫描件，请合并成一个PDF后再上传。`,
  },
} satisfies Record<string, CatalogueEntry>;
