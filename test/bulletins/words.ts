import type { Chance } from './drawn.js';

/** Words of invented counties: who does what, with how many. Nothing here is taken from a real paper. */

const COUNTIES = ['云岭', '白溪', '沙坪', '永泰', '曲水', '南樟', '北渠', '河东', '安澜', '龙泉'];
const TOWNSHIPS = '枫林镇,大桥镇,双河镇,官渡镇,青山乡,马鞍乡,石门乡,东关街道,西湖街道,新城街道,梅园镇,黄泥乡'.split(
  ',',
);
const BUREAUS =
  '水利局,教体局,住建局,财政局,民政局,公安局,司法局,人社局,自然资源局,农业农村局,商务局,文广旅局,卫健委,应急管理局,审计局,市场监管局,医保局,信访局,行政审批局,交通运输局,城管局,发改委,工信局,林业局,乡村振兴局,退役军人事务局,统计局,气象局,税务局,残联,妇联,团委,总工会,供电公司,融媒体中心,大数据中心,开发区管委会,供销社,纪委监委,法院,检察院,生态环境分局,消防救援大队,委组织部,委宣传部,疾控中心,人民医院,一中,二中,实验小学'.split(
    ',',
  );

const DOINGS =
  '扎实开展春季河道清淤,三项举措护航高考,“四个聚焦”提升服务质效,全力做好森林防火工作,织密基层治理“一张网”,推行“首席服务员”制度,多点发力稳就业,强化农村供水保障,打造“十五分钟养老圈”,开展燃气安全大排查,抓实抓细防汛备汛,让群众办事“少跑腿”,拓宽集体经济增收渠道,“点单式”培训助农增收,积极推进高标准农田建设,严把食品安全关,常态化开展电动车整治,架起政企“连心桥”,深化殡葬移风易俗,加快补齐冷链物流短板,强化“三夏”生产安全监管,压实河长制责任,创新开展“板凳课堂”,全面启动秋粮收购'.split(
    ',',
  );
/** Each of them ends like the name of a unit or a place. */
const PLACES =
  '改造老旧小区,加固病险水库,下沉力量驻村,新建三所学校,提档升级旅游景区,高效运转工作专班,携手帮扶薄弱村,推行错时上班便民窗口进社区,启用新的客运站,建成首个村级卫生室,标准化建设基层派出所,扶持壮大家庭农场,打造示范性托育机构和幼儿园,入户走访服务企业,用心用情办好养老院,科学调度小型水库,设立驻企服务办,精准帮扶民营医院'.split(
    ',',
  );
const PLAIN =
  '“一码通”破解停车难题,“小积分”兑出文明新风,全县夏粮收购开局良好,城乡供水一体化提速推进,“红色物业”让小区更有温度,夜间经济点亮消费新活力,“法治体检”送进民营企业,县域物流共配体系初步建成,大棚蔬菜迎来丰收季,残疾人之家暖民心'.split(
    ',',
  );

const SUBJECTS =
  '组建工作专班,开展联合巡查,发放宣传资料,走访困难群众,排查风险隐患,举办专题培训,建立问题台账,落实包保责任,召开现场推进会,设立服务窗口,梳理惠企政策,整合专项资金,完善考核办法,优化办理流程,更换老旧管网,疏通灌溉渠道,修复损毁路面,张贴明白纸,签订承诺书,建立健全长效机制,实行“日巡查、周通报”制度,推行“网格+铁脚板”模式'.split(
    ',',
  );
const UNITS = '场,处,人次,户,份,公里,家,个,名,件,项,万元,亩,次'.split(',');
const LEADS =
  '坚持问题导向,聚焦群众急难愁盼,按照“分级负责、属地管理”原则,充分发挥职能作用,以党建为引领,结合工作实际,紧盯重点环节,坚持“人民至上、生命至上”'.split(
    ',',
  );
const ENDS =
  '群众满意度达到98.6%。,切实提升了服务水平。,有效保障了群众利益。,得到群众一致好评。,为高质量发展提供有力支撑。,下一步将持续巩固成果。,相关做法被市里推广。,整改完成率100%。'.split(
    ',',
  );

export const SECTION_NAMES =
  '乡村振兴,项目建设,优化营商环境,民生保障,安全生产,基层治理,招商引资,党建引领,生态环保,工作动态,部门动态,乡镇动态,经验交流,城市管理,文明创建,社会治理,三农工作,重点工作,平安建设,数字政府,他山之石,群众呼声,媒体看我县,简讯集锦,外地借鉴,一线传真,镇街风采,本期特稿,警钟长鸣,部门传真,百姓热线,上级精神,曝光台,下步打算,大家谈,走基层'.split(
    ',',
  );

const SURNAMES = [...'赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕施张孔曹严华金魏陶姜谢苏潘范彭郎鲁韦马方任袁柳'];
const GIVEN = [...'一二三伟芳娜敏静强磊军洋勇艳杰涛明超秀霞平刚桂英华建国志文晓宇春雪松林海波云峰'];

export function county(chance: Chance): string {
  return chance.one(COUNTIES) + chance.one(['县', '县', '县', '县', '市', '区']);
}

export function person(chance: Chance): string {
  return chance.one(SURNAMES) + chance.one(GIVEN) + (chance.yes(0.6) ? chance.one(GIVEN) : '');
}

/** A unit of the county, as it is written in a headline. */
export function unit(chance: Chance, place: string): string {
  if (chance.yes(0.4)) return chance.one(TOWNSHIPS);
  const bureau = chance.one(BUREAUS);
  return place.slice(-1) + (bureau === '委组织部' || bureau === '委宣传部' ? bureau : bureau);
}

export function headline(chance: Chance, who: string): string {
  if (chance.yes(0.15)) return chance.one(PLAIN);
  return who + chance.one(chance.yes(0.35) ? PLACES : DOINGS);
}

const figure = (chance: Chance): string => {
  const plain = String(chance.between(2, chance.one([9, 90, 900, 9000])));
  return chance.yes(0.15) ? `${plain}.${chance.between(1, 9)}万` : plain;
};

function clause(chance: Chance): string {
  const count = chance.yes(0.7) ? figure(chance) + chance.one(UNITS) : '';
  const aside = chance.yes(0.06)
    ? chance.one(['（含续建）', '（镇、街道）', '（以下简称“专班”）', '（详见附件）'])
    : '';
  return chance.one(SUBJECTS) + count + aside;
}

function sentence(chance: Chance): string {
  return [chance.one(LEADS), ...Array.from({ length: chance.between(1, 4) }, () => clause(chance))].join('，') + '。';
}

/** Running text that begins like the middle of news: a lead, never a date. */
export function bodyText(chance: Chance): string {
  const parts = Array.from({ length: chance.between(1, 3) }, () => sentence(chance));
  if (chance.yes(0.15)) parts.push(`一是${clause(chance)}。`, `二是${clause(chance)}。`);
  return parts.join('') + (chance.yes(0.5) ? `截至目前，${clause(chance)}，${chance.one(ENDS)}` : '');
}

/** Running text that cannot be taken for a headline: a date or a figure at its head, a comma in its first sentence. */
export function newsText(chance: Chance): string {
  const start = chance.one([
    `${chance.between(1, 12)}月${chance.between(1, 28)}日`,
    '近日',
    '今年以来',
    `截至${chance.between(1, 12)}月底`,
    `${chance.between(1, 12)}月${chance.between(1, 28)}日上午`,
  ]);
  return `${start}，${clause(chance)}，${clause(chance)}。${chance.yes(0.6) ? bodyText(chance) : ''}`;
}

/** All there is under some headlines of a daily paper. */
export const shortText = (chance: Chance): string =>
  chance.one([
    `目前已完成${figure(chance)}${chance.one(UNITS)}。`,
    `${figure(chance)}${chance.one(UNITS)}已经办结。`,
    `累计${clause(chance)}。`,
    `${clause(chance)}，${clause(chance)}。`,
    `已转有关单位，${chance.between(2, 28)}日前答复。`,
    `${chance.between(1, 28)}日${chance.one(['上午', '下午'])}正式启动。`,
  ]);

export const GROUPS =
  '县委常委,县人大常委会主任、副主任,副县长,县政协正副主席,人武部长,法院院长,检察院检察长,县直各单位负责人,各乡（镇）政府、街道办事处主要领导,县委书记、县长,县委副书记,市政府办公室,市委办公室,各乡镇（街道）党（工）委书记,县委办公室,县政协办公室,县纪委监委,县直各单位（含垂直管理单位）,经开区管委会,驻县有关单位,县人大常委会办公室'.split(
    ',',
  );
