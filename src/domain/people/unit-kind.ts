/** What a unit's name says of its kind; order matters: 县人大常委会 is not a 县委. */
const kinds: readonly (readonly [string, RegExp])[] = [
  ['township', /(乡|镇|街道|街道办事处)$/],
  ['congress', /人大/],
  ['consultative', /政协/],
  ['judicial', /法院|检察院/],
  ['military', /人武部|人民武装部/],
  ['vertical', /税务|气象|烟草|邮政|供电|电力|消防|生态环境|河务|公积金/],
  ['mass', /总工会|工会|团委|妇联|科协|工商联|残联|文联|红十字/],
  ['party', /县委|纪委|组织部|宣传部|统战部|政法委|社会工作部|编办|巡察办|机关工委|党校|老干部局|档案馆/],
  ['enterprise', /公司|集团|银行|医院|学校|中学$/],
  ['government', /政府|局|委|办|中心|管委会|委员会|办公室$/],
];

/** For a new unit whose kind nobody stated. */
export const unitKindOf = (name: string): string => kinds.find(([, pattern]) => pattern.test(name))?.[0] ?? 'other';
