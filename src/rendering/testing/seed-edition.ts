import type { EditionContent } from '../../domain/issue/edition.js';
import type { Office } from '../compose.js';
import type { Personal } from '../slots.js';

/** A whole public issue for tests: the headlines, sections and foot of one that was printed; bodies are shortened. */
export const seedHeadlines = [
  '我县批而未供土地处置工作位于全省前列',
  '县住建城管局科技赋能完善智慧排水体系',
  '县文广旅游局助力非遗“老手艺”变身致富“金钥匙”',
  '王楼镇统筹推进老旧大棚改造与特色产业培育',
  '县司法局加强行政执法监督优化法治营商环境',
  '县生态环境局精准帮扶促升级聚力治污护蓝天',
  '县应急管理局强化政策培训落实安全生产主体责任',
  '丰庄镇倡导文明祭祀新风助推清明更“文明”',
] as const;

const bodies = [
  '将批而未供土地处置工作纳入政府绩效考核体系，构建政府主导、部门联动、齐抓共管的工作格局，全面梳理批而未供土地，逐宗分析原因，建立工作台账，制定“一地一策”处置方案，有效盘活土地资源。2024年，我县完成5105亩批而未供土地的年度处置任务，处置率高达330%，位居全省前列；处置闲置土地559亩，处置率达326%。',
  '以解决城市内涝、提升排水效能为目标，加装智慧井盖监测设备500套，远程监测管网水位，构建智慧感知网络，打造一体化智慧排水管理平台，整合排水系统各个环节的数据和业务流程，实现对排水设施的统一监控、调度和管理。目前，老城区雨污水管网重建改造工程项目正在对7条道路的14976余米雨污水管道进行提升改造。',
  '以文化振兴为突破口，挖掘非遗产品，探索“非遗+产业”发展路径，打造延津火烧、空心挂面、津麦香酒等非遗产品名片，让非遗产品成为人民群众增收致富的“黄金产品”。截至目前，共成功申请国家级非遗产品1个、省级非遗产品1个、市级非遗产品7个、县级非遗产品60个。',
  '锁定6座存在棚体开裂、保温层脱落等问题的“低效大棚”，采取“群众自愿流转+集体统一运营”模式，由村集体集中回收大棚产权，争取农业设施改造专项资金，改造大棚生产条件。\n明确“租金保底+收益分成”分配机制和“订单农业+电商直播”销售策略，推动6座废弃大棚转型升级为羊肚菌种植示范基地。',
  '立足行政执法监督职能，通过现场查看、案卷评查、座谈交流等方式开展检查，形成“检查-反馈-培训-回访”闭环管理模式。截至目前，抽查13个乡镇（镇、街道）案卷20余本，发现行政执法方面问题4个，制发行政执法监督建议书3份。',
  '围绕重点行业企业绩效分级管理工作，组建专项帮扶组，采用政策解读、案例剖析和互动答疑相结合的方式，为企业提供精准指导。目前，正在持续推进10余家企业的绩效分级提升指导工作。',
  '聚焦《河南省生产经营单位安全生产主体责任规定》实施，组织培训会，邀请专家现场授课，并坚持“学考结合、以考促学”工作方法，开展理论测试。此次培训会，共培训相关业务股室人员和规模以上工贸、危化企业主要负责人约110人。',
  '紧盯清明祭祀点，组织村干部、网格员分区域对周边树木、墓地集中区域进行不间断巡逻，及时劝阻焚香烧纸等行为。截至目前，转发微信群50次，走访入户100余户。',
];
const units = ['自然资源局', '住建城管局', '文广旅游局', '王楼镇', '司法局', '生态环境局', '应急管理局', '丰庄镇'];
const sections: readonly [name: string, from: number, to: number][] = [
  ['用地保障', 0, 1],
  ['城市建设', 1, 2],
  ['产业发展', 2, 4],
  ['优化营商环境', 4, 6],
  ['安全生产', 6, 7],
  ['文明祭祀', 7, 8],
];

export function seedEdition(changes: Partial<EditionContent> = {}): EditionContent {
  const items = seedHeadlines.map((headline, i) => ({
    headline,
    body: bodies[i] ?? '',
    unitName: units[i] ?? null,
    author: null,
  }));
  return {
    publication: '延津政务快报',
    title: '延津政务快报第14期',
    number: 14,
    year: 2025,
    serialNumber: null,
    date: '2025-04-03',
    issuer: '延津县人民政府办公室',
    sections: sections.map(([name, from, to]) => ({ name, items: items.slice(from, to) })),
    scope: [
      '县委常委',
      '县人大正副主任',
      '副县长',
      '县政协正副主席',
      '人武部长',
      '法院院长',
      '检察院检察长',
      '县直各单位负责人',
      '各乡（镇）政府、街道办事处主要领导',
    ],
    scopeLabel: '本期发',
    editorName: '李勉',
    reviewerName: '路帅',
    approverName: '范晓宇',
    level: 'public',
    urgency: 'normal',
    ...changes,
  };
}

/** The edition with every headline replaced. */
export function withHeadlines(headline: string, edition = seedEdition()): EditionContent {
  return {
    ...edition,
    sections: edition.sections.map(({ name, items }) => ({
      name,
      items: items.map((item) => ({ ...item, headline })),
    })),
  };
}

export const seedOffice: Office = {
  officeName: '延津县人民政府办公室',
  publicUrl: 'https://kb.yanjin.gov.cn',
  signName: '延津县政府办',
  smsTemplates: {
    digest: 'SMS_D',
    notice: 'SMS_N',
    reminder: 'SMS_R',
    withdrawal: 'SMS_W',
    code: 'SMS_C',
    subscriber: 'SMS_S',
    decision: 'SMS_E',
  },
  sandbox: false,
  takesReplies: false,
  asksForReplies: false,
};

export const seedPerson: Personal = {
  name: '赵甲',
  postTitle: '县委书记',
  unitName: '县委',
  copyNumber: 14,
  link: 'https://kb.yanjin.gov.cn/r/tokenOfZhaoJia',
  code: '1234567890',
};
