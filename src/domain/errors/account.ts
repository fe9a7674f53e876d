import { type CatalogueEntry, fixed, word } from './error-entry.js';

/** Sentences about console accounts and about HTTP itself. */
export const accountErrors = {
  'account.notFound': fixed(404, '没有找到这个账号。'),
  // One sentence for an unknown name and a wrong password, so that names cannot be probed.
  'account.signInFailed': fixed(401, '账号或密码不正确。'),
  'account.signInNeeded': fixed(401, '请先登录。'),
  'account.locked': {
    status: 423,
    text: ({ minutes }) =>
      `登录失败次数过多，账号已锁定，请${minutes === undefined ? '稍后' : `${word(minutes)}分钟后`}再试。`,
  },
  'account.disabled': fixed(403, '账号已停用，请与系统管理员联系。'),
  'account.needsRole': {
    status: 403,
    text: ({ roles }) => `此操作需要${word(roles, '相应').replaceAll('、', '或')}角色。`,
  },
  'account.otherPublication': fixed(403, '您的角色不包括这个刊物；需要时请由系统管理员在“账号”中增加。'),
  'account.wrongPassword': fixed(422, '现在的密码不正确。连续输错五次，账号会锁定15分钟。'),
  'account.ownRoles': fixed(409, '不能修改自己的角色和刊物，请由另一名系统管理员修改。'),
  'account.rolesConflict': { status: 422, text: ({ reason }) => word(reason, '这些角色不能由同一人担任。') },
  'account.loginTaken': fixed(409, '这个账号名已被使用。'),
  'account.linkUsed': fixed(410, '链接已使用或已过期，请向系统管理员索取新链接。'),
  'account.weakPassword': {
    status: 422,
    text: ({ reason }) => word(reason, '密码至少10个字符，并包含大写字母、小写字母、数字、符号中的三类。'),
  },
  'account.lastAdministrator': fixed(409, '至少要保留一名系统管理员。'),

  'api.keyNeeded': fixed(401, '需要有效的接口密钥：请求头 Authorization: Bearer kb_…；密钥无效、已过期或已停用。'),
  'api.needsScope': { status: 403, text: ({ scope }) => `这个密钥没有 ${word(scope)} 权限，请换一个密钥。` },
  'api.ifMatchNeeded': fixed(428, '修改时须带 If-Match 请求头，值为读取时得到的 ETag，以免覆盖别人的修改。'),
  'api.stale': fixed(412, '数据在读取之后被别人改过，请重新读取后再改。'),
  'api.notFound': fixed(404, '没有找到所要的数据，请核对编号。'),
  'api.badCursor': fixed(400, '参数 cursor 不正确，请使用上一页返回的 next。'),
  'api.keyNotFound': fixed(404, '没有找到这个密钥。'),

  'http.badInput': {
    status: 400,
    text: ({ reason }) =>
      reason === undefined ? '提交的内容不正确，请检查后重试。' : `提交的内容不正确：${word(reason)}。`,
  },
  'http.notFound': fixed(404, '没有找到这个页面。'),
  'http.forbidden': fixed(403, '您没有权限查看这个页面。'),
  'http.underWay': fixed(409, '刚才的操作还在办理，请稍候片刻，重新打开这一页看结果。'),
  'http.crossSite': fixed(403, '请求来自其他网站，已拒绝。请从本系统的页面操作。'),
  'http.tooLarge': fixed(413, '提交的内容太大。'),
  'http.tooManyRequests': fixed(429, '操作太频繁，请稍后再试。'),
  'http.unavailable': fixed(503, '系统暂时不可用，请稍后再试。'),
  'http.unexpected': fixed(500, '系统出错了，错误已经记录。请稍后重试，或与系统管理员联系。'),
} satisfies Record<string, CatalogueEntry>;
