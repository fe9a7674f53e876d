/** What an action of the audit trail is called on the screen; one that is not here is shown as it is written. */
const actions: Readonly<Record<string, string>> = {
  'account.created': '新建账号',
  'account.disabled': '停用账号',
  'account.enabled': '恢复账号',
  'account.linkIssued': '生成一次性链接',
  'account.passwordSet': '设置密码',
  'account.signedIn': '登录',
  'account.signedInByLink': '用一次性链接登录',
  'account.signInFailed': '登录失败',
  'issue.imported': '导入简报',
  'issue.refusedClassified': '拒收涉密文件',
  'issue.edited': '修改简报',
  'issue.submitForReview': '送审',
  'issue.review': '审核通过',
  'issue.sendBack': '退回',
  'issue.reopen': '退回修改',
  'issue.signedOff': '签发',
  'issue.signOffVoided': '签发作废',
  'issue.withdraw': '撤回',
  'dispatch.planned': '生成发送计划',
  'dispatch.startedByHand': '立即开始发送',
  'dispatch.paused': '暂停发送',
  'dispatch.resumed': '继续发送',
  'dispatch.cancelled': '取消其余消息',
  'dispatch.reminded': '催阅',
  'dispatch.retried': '重发失败投递',
  'dispatch.settledByHand': '人工处理投递',
  'dispatch.channelReopened': '恢复通道',
  'calendar.daysSet': '登记工作日历',
  'calendar.dayRemoved': '删除工作日历的一天',
  'dispatch.resent': '重新发送给一人',
  'dispatch.lateAdded': '补发新增人员',
  'dispatch.withdrawalTold': '发送撤回通知',
  'issue.correct': '开始更正',
  'list.imported': '导入名单',
  'list.importUndone': '撤销名单导入',
  'list.exported': '导出名单',
  'list.aliasAdded': '登记分组别名',
  'list.undone': '撤销名单改动',
  'unit.added': '新设单位',
  'unit.edited': '修改单位',
  'unit.moved': '调整单位次序',
  'unit.closed': '撤销单位',
  'post.added': '新设岗位',
  'post.edited': '修改岗位',
  'post.moved': '调整岗位次序',
  'post.closed': '撤销岗位',
  'tenure.appointed': '任职',
  'tenure.ended': '免职',
  'tenure.transferred': '调任',
  'tenure.turnover': '换届',
  'tenure.corrected': '更正任职',
  'tenure.struck': '作废任职',
  'liaison.added': '任联络员',
  'liaison.ended': '免联络员',
  'person.added': '登记人员',
  'person.renamed': '修改姓名',
  'list.aliasRemoved': '去掉分组别名',
  'group.added': '新建分组',
  'group.renamed': '分组改名',
  'group.ruleSet': '修改分组规则',
  'group.postsListed': '列入分组',
  'group.postUnlisted': '移出分组',
  'group.postExcluded': '从分组除去',
  'group.postReadmitted': '不再从分组除去',
  'group.partsSet': '修改分组的包含关系',
  'group.closed': '停用分组',
  'group.reopened': '恢复分组',
  'group.moved': '调整分组次序',
  'reading.acknowledgedOnBehalf': '登记代签',
  'apiKey.created': '新建接口密钥',
  'apiKey.revoked': '停用接口密钥',
  'audit.exported': '导出留痕',
};

export const actionText = (action: string): string => actions[action] ?? action;

const actors: Readonly<Record<string, string>> = { system: '系统', cli: '命令行', unknown: '未知账号' };

/** @param names of accounts by id */
export const actorText = (actor: string, names: ReadonlyMap<string, string>): string =>
  names.get(actor) ?? actors[actor] ?? actor;

/** `人数：3；原因：…` would need a word for every key; the keys themselves are exact, and this page is for auditors. */
export function detailText(detail: Readonly<Record<string, unknown>>): string {
  return Object.entries(detail)
    .map(([key, value]) => `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join('；');
}
