import { channelText } from '../domain/sending/channel-text.js';
import { postLevelText } from '../domain/people/list-words.js';
import { rolesText } from '../domain/roles.js';
import { secrecyText } from '../domain/issue/secrecy.js';
import { endingText } from '../domain/sending/subscription.js';

/** What a key of an audit entry's detail is called on the screen. One that is not here is shown as it is written. */
const keys: Readonly<Record<string, string>> = {
  act: '操作',
  after: '改为',
  answer: '答复',
  becomes: '改为',
  before: '原为',
  change: '改动编号',
  channel: '通道',
  channels: '通道',
  code: '代码',
  copies: '份数',
  copyNumber: '份号',
  day: '日期',
  days: '天数',
  decision: '决定',
  deliveries: '条数',
  editionId: '签发稿编号',
  effectiveOn: '生效日期',
  firstNumber: '首个份号',
  format: '格式',
  from: '原为',
  full: '含完整联系方式',
  hash: '校验值',
  how: '方式',
  id: '编号',
  importId: '导入编号',
  keys: '项目',
  kind: '类别',
  label: '写法',
  level: '级别',
  login: '登录名',
  masked: '联系方式',
  mode: '方式',
  name: '名称',
  note: '说明',
  number: '期号',
  numbers: '份号',
  on: '日期',
  onPaper: '送纸质件',
  people: '人数',
  protocolOrder: '次序',
  defaultLevel: '默认密级',
  defaultScope: '默认发送范围',
  issuer: '编发单位',
  publication: '刊物',
  publications: '刊物',
  purpose: '用途',
  reason: '原因',
  roles: '角色',
  round: '次数',
  rows: '行数',
  scan: '扫描件',
  scope: '发送范围',
  scopes: '权限',
  sendAt: '发送时间',
  serves: '服务对象',
  sheet: '签收单编号',
  sourceHash: '文件校验值',
  state: '状态',
  tags: '标签',
  title: '职务',
  to: '改为',
  told: '已告知本人',
  trouble: '情况',
  unit: '单位',
  urgentReason: '特急理由',
  usable: '可以使用',
  via: '方式',
  was: '原为',
  with: '对象',
  ...channelText,
};

/** Values that stand for a word, by key; elsewhere the same letters may mean something else. */
const values: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  channel: channelText,
  defaultLevel: secrecyText,
  channels: channelText,
  level: { ...postLevelText, ...secrecyText },
  mode: { whole: '全部名单', part: '部分名单' },
  purpose: { setup: '设置密码', signIn: '登录' },
  roles: rolesText,
  via: endingText,
};

/** `原因：…；人数：3`; the exact keys and values are in the export. */
export function detailText(detail: Readonly<Record<string, unknown>>): string {
  return Object.entries(detail)
    .filter(([, value]) => value !== null && value !== '')
    .map(([key, value]) => `${keys[key] ?? key}：${valueText(key, value)}`)
    .join('；');
}

function valueText(key: string, value: unknown): string {
  if (typeof value === 'string') return values[key]?.[value] ?? value;
  if (typeof value === 'boolean') return value ? '是' : '否';
  if (Array.isArray(value)) return value.map((one) => valueText(key, one)).join('、');
  if (typeof value === 'object' && value !== null) return `（${detailText(value as Record<string, unknown>)}）`;
  return String(value);
}
