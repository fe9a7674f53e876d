/** Texts that make a reader slow which looks at anything twice, and a measure of how its work grows with them. */

const pieces = [
  // Blanks and what nobody sees.
  ' |　|\u00a0|\t| \t　|\n|\r\n| \n|\f|\v|\u2028|\u0085|\u200b|\u202d|\ufeff',
  '\u00ad|\ufe0f|\u0301|字 |字　|a |1 |一 |， |（ |： ',
  // Lines.
  '一\n|字\n\n|a\r\n|1\n|。\n|（\n|12345\n|内部\n|— 1 —\n|\f1\n|【要情】\n|县水利局\n|标题一句\n',
  // Brackets that stay open, close without an opening, nest or follow one another.
  '（|(|【|〔|[|《|“|‘|「|『|〖|<|{|）|)|】|”',
  '（）|()|（(|（【〔《“「|）】〕》”」|（）】|（【）】|[]|“”‘’|（（）|（字）|（ ）|（，）|（水利局）',
  // Punctuation, digits, letters.
  '，|、|；|。|：|…|·|-|—|★|*|_|/|@|.|=|\'|"|+|%|\\|&|！|■|①',
  "1|１|12345678901|15400000001 |1.|5.1.|550 |1-|a|a.|a@|a@a.|a-|ab,|=1|'=|'\u200b|www.|字|一|十",
  // What the readers look for.
  '本期发：|报：|送：| 送|。送|主 送 |发|发送范围 |抄\u3000|第|第1|第 1 |第1期|（总第|总 |总第1|增 刊 |期',
  '2025年|2025 年 1 月 |2025-1-|二〇二五年|二 〇 |年 月 |1月1|近日|第1页|共1页|印发|印 发 |2025年1月1日印',
  '机密|机 密 |秘　|密|绝|机密★|★5|密级|密级： |㊙|工 作 秘 |属|编|特急|内部 |内部资料 |注意保存|公开 ',
  '编号|编 号 |No.|00001|责任编辑|责任编辑 |责 任 编 |责任编辑：|编辑：甲|签发：甲 |电话：1 |供稿|供稿： |记者 |文：',
  '共印|共印 |（共印|（ 共印1份|共 印 |存档|存档 1|存档（|存档 |联系：|1份|一、|1、|（一）|附件|附件 1 |目 录 |要目|详情',
  '除|除去|除外|之外|外的|不含|等单位|等|含|正副|正、副|正、|各乡镇|各|县|县委|政府|办公室|主任、|兼|县委组织部',
  '王五154|王五15400000001|王五、|王五/|空缺|（空缺|无|同上|5.1.1 |user |user not |no such |limit |Action: failed\n',
  '\n \n|a:\n |Status: 5.\n',
  'https://|<a|"touser":"|${|}|退订|TD |回T|曾|单|\ud842\udfb7|👨‍👩‍👧|가|ﬃ|é|㍿',
].flatMap((row) => row.split('|'));

/** Of about `length` characters each, by the piece they are made of. */
export function hostileTexts(length: number): [name: string, text: string][] {
  const half = Math.floor(length / 2);
  const repeated = pieces.map((piece): [string, string] => [
    JSON.stringify(piece),
    piece.repeat(Math.ceil(length / piece.length)),
  ]);
  const nested = ['（）', '()', '【】', '〔〕', '《》', '“”', '「」'].map((pair): [string, string] => [
    `${pair} nested`,
    pair.charAt(0).repeat(half) + pair.charAt(1).repeat(half),
  ]);
  const around = ([open, close]: string[], piece: string): [string, string] => [
    `${open}${piece}…${close}`,
    `${open}${piece.repeat(Math.ceil(length / piece.length))}${close}`,
  ];
  const between = ['　', ' ', '\u00a0', '1', '，', '、', '（', '·', '字', '15', '一 '].flatMap((piece) => [
    around(['甲', '乙'], piece),
    around(['（', '）'], piece),
    around(['本期发：', '。'], piece),
    around(['第', '期'], piece),
    around(['除', '外'], piece),
    around(['秘', '密'], piece),
  ]);
  const different = Array.from({ length: Math.ceil(length / 8) }, (_, n) => `名${n.toString(36)}`);
  return [
    ...repeated,
    ...nested,
    ...between,
    ['different names', different.join('，')],
    ['different lines', different.join('\n')],
    ['different lines with figures', different.map((line, n) => `${line}第${n}期`).join('\n')],
  ];
}

/** Sixteen times the length: work that grows with the square grows 256 times, and takes seconds at the longer. */
const lengths = [1 << 10, 1 << 14] as const;
const allowedGrowth = (3 * lengths[1]) / lengths[0];
/** Milliseconds; below this a run says nothing about growth. */
const noise = 100;
/**
 * A quarter of the longer shows for most texts that there is nothing to see: work that grows with the square takes a sixteenth of
 * its time there, with the cube a 64th. What takes less than that stays below the noise at four times the length.
 */
const sieve = { length: lengths[1] / 4, enough: noise / 64 } as const;
/**
 * Nor is there anything to see where the quarter takes hardly more than four times the shortest. Let work take al + bl² + cl³ for a
 * length l, with none of a, b and c below zero: what is found too fast has 0.81 bL² + 0.98 cL³ > 2aL + 100 ms at the longer, L.
 * Then its quarter takes at least 1.4 ms more than 4.4 times the shortest, which is a quarter of the quarter.
 */
const even = { growth: 4.4, more: 1.4 } as const;

/** Milliseconds of this process's own work, whatever else the machine does. */
function workOf(run: () => unknown): number {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** Of two runs the shorter. */
const steadyWorkOf = (run: () => unknown): number => Math.min(workOf(run), workOf(run));

/** Made once for all readers: a text that was read is no longer put together of pieces. */
const textsOf = new Map([...lengths, sieve.length].map((length) => [length, hostileTexts(length)]));

/**
 * Texts whose work grows more than three times as fast as their length.
 *
 * @param read throws only what it means to say; anything it returns is dropped
 * @param share which of the texts, where `[0, 4]` is every fourth from the first
 */
export function growsTooFast(read: (text: string) => unknown, [first, step] = [0, 1]): string[] {
  const attempt = (text: string) => () => {
    try {
      read(text);
    } catch {
      // A refusal costs as well.
    }
  };
  const [shorts, quarters, longs] = [lengths[0], sieve.length, lengths[1]].map((length) => textsOf.get(length)!);
  return longs!.flatMap(([name, long], at) => {
    if (at % step !== first) return [];
    const quarter = workOf(attempt(quarters![at]![1]));
    if (quarter < sieve.enough) return [];
    const short = steadyWorkOf(attempt(shorts![at]![1]));
    if (quarter < even.growth * short + even.more) return [];
    const allowed = allowedGrowth * short + noise;
    const once = workOf(attempt(long));
    const needed = once > allowed ? Math.min(once, workOf(attempt(long))) : once;
    return needed > allowed ? [`${name}: ${Math.round(needed)} ms`] : [];
  });
}
