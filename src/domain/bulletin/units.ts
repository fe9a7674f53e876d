import { fold } from './glyphs.js';

/** Recognising unit and person names by their form alone; the dictionary of the county's own units comes later. */

const SUFFIX =
  /(?:局|镇|乡|街道|街道办|办事处|办|办公室|委|委员会|党委|党组|工委|纪委|监委|团委|部|室|中心|院|所|站|大队|支队|中队|队|公司|集团|银行|联社|协会|学会|商会|联合会|联盟|总会|学校|大学|中学|小学|学院|党校|幼儿园|总工会|工会|妇联|残联|科协|文联|社科联|工商联|侨联|红十字会|馆|电视台|报社|社|供销社|园区|开发区|高新区|新区|示范区|产业集聚区|景区|灌区|管委会|管理处|管理区|居委会|村委会|村|社区|政府|人大|政协|人大常委会|常委会|人武部|法院|检察院|法庭|立案庭|审判庭|[刑民]庭|业务庭|股|科|处|厅|组|专班|指挥部|林场|农场|水库|基地|分局|台|团县委|团市委|支行|分行|邮政|联通|电信|移动|铁塔|供电|烟草|石油|石化|区|县|市|省|旗|盟|州|总队|消防|军分区|库|厂|矿|合作社|网|融媒|兵团|团场|[路务护辆]段|调查队|[一二三四五六七八九十实附]中|[一二三四五六七八九十实附]小|[〇零一二三四五六七八九十]团)$/u;

const GENERIC = new Set(
  '街道,乡镇,社区,村居,部门,县区,区县,县市,市县,政府,单位,学校,医院,公司,中心,机关,银行,车间,小区,园区,景区,农村,城区,街区,辖区,全县,全市,全省,全区,全镇,全乡,全村,我县,我市,我区,我镇,我乡,街道办,办事处,街道办事处,居委会,村委会,企业,协会,合作社,基地,网,科室,股室,省市县,市县乡,县乡村,镇街道,乡镇街道,东区,西区,南区,北区,本县,本市,本村,本镇,数字政府,法治政府,智慧政府,服务型政府,平安社区,智慧社区,文明村,文明社区,课题组,调研组,工作组,曝光台,督查组,编写组'.split(
    ',',
  ),
);

/** Words that end like an institution and are none: 开局, 承办, 上市, 返乡, 平台, 实处, 山区. */
const NO_INSTITUTION =
  /(?:[布格大全结时僵定破开变]局|[举主承督申代包协快]办|[全干内外]部|[上夜早集超城股开]市|[返下归]乡|(?:平|舞|上|出|登|擂|讲|阳|柜|后|前)台|[小庭大]院|(?:数据|题|智|仓|项目|人才|信息)库|一张网|互联网|[实深各到难痛好用一二两三四五六七八九十百\d]处|[场厕住几一二两三四五六七八九十百\d]所|[教浴温]室|会议室|[控参一]股|[重分]组|[进入驻强富兴]村|(?:示范|薄弱|试点|空心)村|[锦红升国党]旗|[灾山片老城库]区|为中心|节省|乡村|[看我本全各外]县)$/u;

const NOT_A_NAME =
  /^(?:以下|简称|详见|见附|附件|含(?!山)|不含|其中|下同|包括|截至|除|共(?!青团)|单位|待|按照|按|本期|此件|该|每|各|不|较|占|分别|涉及|来自)/u;

/** Names a unit: only Chinese characters (a bracketed part allowed), an institution's ending, not a class word (镇, 街道). */
export function isUnitName(text: string): boolean {
  const name = fold(text).replace(/\s+/gu, '');
  const core = name.replace(/\([^()]*\)|[“”]/gu, '');
  if (
    core.length < 3 &&
    !/^(?:纪委|监委|党委|团委|人大|政协|妇联|残联|工会|法院|文联|科协|侨联|[党政院校区县市镇乡厂台外编侨]办|[骨儿外内眼产妇牙]科)$/u.test(
      core,
    )
  )
    return false;
  if (name.length > 30 || !/^[\p{Script=Han}·0-9A-Z]+$/u.test(core) || /^\d/.test(core)) return false;
  return SUFFIX.test(core) && !GENERIC.has(core) && !NOT_A_NAME.test(core) && !NO_INSTITUTION.test(core);
}

/** What ends the name of who does something, before what is done: 县住建局|改造老旧小区. */
const DOER =
  /^.{1,12}?(?:残联|妇联|文联|工商联|科协|银行|局|镇|乡|街道|委|办|院|公司|大队|支队|(?<![一二三四五六七八九十两几多\d])所|站|中心|法院|(?<![东西南北中全内外])部|会|社|[一二三四五六七八九十实附]中|小学|中学)/u;
const MIN_DEED = 4;
/** Nobody builds or improves one of these in a headline. */
const OFFICE =
  /(?:办公室|总值班室|督查室|指挥部|领导小组|委员会|专班|管委会|人民政府|委宣传部|编辑部|(?:政府|[县市区省]委|人大|政协)\p{Script=Han}{1,8}(?:室|局|办|中心|科|股))$/u;
/** A body set up for a task has the task in its name: 平川县城镇燃气安全专项整治工作专班. */
const TASK_BODY =
  /^(?!.*(?:召开|举办|成立|组建|设立|组织(?!部)|部署|开展|走进|赴|约谈|派出|入驻|高效|有序|到|为|将|把|向|获|局|街道|公司|乡(?!村)|[^城乡]镇|院|站))\p{Script=Han}{2,3}[县市区省州旗盟]\p{Script=Han}{3,}(?:工作专班|领导小组|指挥部|联席会议|委员会)(?:办公室)?$/u;
/** 青陵县12345政务服务便民热线中心. */
const SERVICE =
  /^\p{Script=Han}{2,3}[县市区州旗]\d{0,5}(?:政务|便民|公共|社会|企业|志愿|服务|热线|营商环境|优化){2,6}中心$/u;
/** 青陵县生态环境保护和综合执法局. */
const LONG_BUREAU =
  /^\p{Script=Han}{2,4}[县市区州旗]\p{Script=Han}{2,18}(?:局|委员会|管理处|事务中心|服务中心|大队|支队|总队)$/u;
/** No unit's name is longer without saying what kind of body it is. */
const LONGEST_PLAIN = 8;
/** A chain of institutions is one unit: 县农业农村局农机技术推广中心. */
const PART =
  /^(?:\p{Script=Han}{0,10}(?:办公室|科|股|室|处|大队|中队|支队|所|站|中心|幼儿园|党组|党委|支部|总支|工会|学校|小学|中学|医院|分局|委员会|领导小组))$/u;
/** What a part of an institution may have in its name: 供电服务指挥中心. */
const TASK = /服务(?=指挥|保障|管理|热线)/u;
const DEED =
  /改造|加固|新建|设立|组建|成立|建成|建设(?!局|中心|指挥部|委|办)|启用|打造|创建(?!办)|推进|推动|助力|服务(?!中心|局|站|办)|走进|深入|开展|召开|举办|完成|实施|提升|升级|帮扶|扶持|巡查|排查|整治(?!办)|关闭|拆除|迁入|入驻|派驻|下沉|进驻|管护|守护|规范|优化|调研|慰问|走访|扮靓|擦亮|激活|盘活|修复|疏浚|引进|培育|壮大|织密|筑牢|做好|办好|抓好|抓实|严管|巧用|用好|联合|携手|组织(?!部)|为|让|把|将|促|变身|入选|获评|荣获/u;

/** Says what somebody does, as a headline does and a name does not. */
export const saysDeed = (text: string): boolean => DEED.test(text);

/** Nothing but the name of a unit: it has a unit's ending, and no deed stands before that ending. */
export function isBareUnit(text: string): boolean {
  if (!isUnitName(text)) return false;
  const name = text.replace(/\s+|[（(][^（()）]{1,12}[）)]$/gu, '');
  if (TASK_BODY.test(name) || SERVICE.test(name) || (LONG_BUREAU.test(name) && !DEED.test(name))) return true;
  const doer = DOER.exec(name)?.[0] ?? '';
  const rest = name.slice(doer.length);
  if (rest.length === name.length) return OFFICE.test(name) || (name.length <= LONGEST_PLAIN && !DEED.test(name));
  if (rest.length < MIN_DEED || (/^(?:[县市区省]|政府|人大|政协)/u.test(rest) && !DEED.test(rest))) return true;
  // 国家税务总局石岭县税务局.
  if (/^\p{Script=Han}{2,3}[县市区省州旗]\p{Script=Han}{0,6}(?:局|队|公司|[分支]行)$/u.test(rest))
    return !DEED.test(rest);
  return PART.test(rest)
    ? !DEED.test(rest.replace(TASK, ''))
    : /^(?:人民政府|委员会|办公室)/u.test(rest) || !(DEED.test(rest) || rest.length > 5);
}

/** Could be a unit whose name has no institution's ending (大河网, 青陵之声): worth a guess, never a certainty. */
export function mayBeUnitName(text: string): boolean {
  return /^[\p{Script=Han}·]{2,16}$/u.test(text) && !GENERIC.has(text) && !NOT_A_NAME.test(text);
}

const SURNAMES =
  '赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章苏潘葛范彭郎鲁韦马苗方俞任袁柳鲍史唐费岑薛雷贺倪汤滕罗毕郝安常乐于傅皮卞齐康伍余顾孟黄穆萧尹姚邵汪祁毛米贝戴宋庞熊纪舒屈项祝董梁杜阮蓝闵席季强贾路江童颜郭梅林刁钟徐邱骆高夏蔡田樊胡凌霍万柯管卢莫房解应宗丁宣邓洪包左石崔吉龚程邢裴陆翁段侯宁仇甘厉武符刘景龙叶白蒲鄂索卓蔺蒙池乔谭申冉桑桂牛边尚温庄晏柴瞿阎慕连习艾容向古易廖耿匡国文寇东欧沃利聂晁敖辛简饶曾关查荆游权益桓公';
const COMPOUND = /^(?:欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|司徒|长孙)/u;

/** 欧阳 and its like, alone: the first half of a name written with a blank. */
export const isCompoundSurname = (text: string): boolean => COMPOUND.exec(text)?.[0] === text;

/** Could be a person's name: two to four characters that begin with a surname, or a minority name with a middle dot. */
export function isPersonName(text: string): boolean {
  if (/^\p{Script=Han}{1,6}[·•]\p{Script=Han}{1,6}$/u.test(text)) return true;
  if (!/^\p{Script=Han}{2,4}$/u.test(text)) return false;
  if (text.length === 4) return COMPOUND.test(text);
  return SURNAMES.includes(text.charAt(0)) || COMPOUND.test(text);
}

const MIN_UNIT = 3;

/** Splits 县发改委张三 into unit and person; null when the whole is a unit name or no name follows one. */
export function splitTrailingName(text: string): { unit: string; person: string } | null {
  if (isUnitName(text)) return null;
  for (const length of [3, 2]) {
    const unit = text.slice(0, -length);
    const person = text.slice(-length);
    if (unit.length >= MIN_UNIT && isUnitName(unit) && isPersonName(person)) return { unit, person };
  }
  return null;
}

/** Marks that nothing but a source at the end of an item has. */
export const SOURCE_MARK = /^[▪▫·•—–-]+\s*/u;
const LONGEST_UNITS = 40;

/** The units a line names and nothing else, a mark before them taken off; null for any other line. */
export function unitsAlone(text: string): string[] | null {
  if (text.length > LONGEST_UNITS) return null;
  const parts = text
    .replace(SOURCE_MARK, '')
    .split(/[、\s]+/u)
    .filter(Boolean);
  return parts.length > 0 && parts.every(isBareUnit) ? parts : null;
}
