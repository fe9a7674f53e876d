import { asksToEnd } from './end-wish.js';
import { replyMeaning, type Signer } from './reply-meaning.js';

const addressee: Signer = { name: '张三', unit: '县财政局', post: '党组书记、局长' };

/** One reply between two bars. */
const table = (text: string): string[] => text.split(/[|\n]/);

const acknowledging =
  table(`1|１| 1 |1。|1#|#1|①|1\ufe0f⃣|+1|“1”|1\t|\ufeff1|1👌|1，收到|回复1|回1|收到|收到！|收到。|【收到】|收 到|收到了|收到啦
收到👍|收到🙏🙏|收到\u200b|收到收到|已收到|已经收到|刚收到|都收到了|已收|已收悉|收悉|收了|已查收|确认收到|已接收|阅|已阅
已阅。|已閱|已 阅|阅毕|阅知|阅悉|已阅知|已阅读|阅读完毕|已阅，谢谢|看了|已看|已读|看过了|看完了|签收|已签收|簽收|确认签收|知悉
已知悉|知晓|知道了|已知|了解|明白|敬悉|好的，收到|好，已阅|嗯收到|OK收到|ok，收到|您好，已收到|你好，收到，谢谢|收到，谢谢领导
收到，感谢提醒|收到，辛苦了|短信收到|快报已阅|通知已收到|该通知已阅|文件已签收|收到通知|收到短信|已阅文件|内容已知悉|我已阅
我单位已收到|本人已阅|收到，照办|收到，立即落实|收到，按要求落实|收到！坚决贯彻执行|已阅，我们一定认真学习|收到，请放心
收到。此复|特此回复：收到`);

const other = [
  ...['', ' ', `收到${'。谢谢'.repeat(40)}`],
  ...table(`。|👍|好的|OK|嗯|谢谢|您好|确认|同意|看|知|读|收|请查收|查收|接收|没收到|未收到|还没收到|尚未收到|没有收到|一直没收到|收不到
不收|从未收到|没看|未阅|没阅|还没看|没看到|没有收到短信|收到，没看|收到不了|看不到|打不开，收到|收到？|收到?|收到吗|收到了吗？
收到没|收到没有|1？|已阅？|你收到了吗|是否收到|收到请回复|收到后请回电|收到后请回电？|请问收到什么|收到啥|怎么签收|如何签收
谁签收|签收什么|如果收到请回1|回复1干什么|收到错误|收到乱码|收到空白|收到垃圾短信|收到两条|收到1份|重复收到|收到诈骗短信
总是收到|又收到|不要再让我收到|误收到|错收|拒绝签收|暂不签收|待阅|请阅|请签收|代签收|代收|11|111|1 1|01|10|2|12|1.1|0.1|1/2|-1
－1|−1|1月|第1期|1号|1个|一|13800138000|第14期已阅|14期收到|收到，电话0373-123|收到，明天办|收到，但是第3条有误|收到，领导不在
收到，已转张局|收到，他已调走|我已调离，请勿再发给我|张三|请发纸质版|号码错了|打错了|你是谁|［缺］收到|收到［缺］|［缺］1
收到❌|❌|收到×|1👎|收到🚫|收到❓`),
];

describe('a reply by SMS', () => {
  it.each(acknowledging)('%j acknowledges', (reply) => expect(replyMeaning(reply)).toBe('acknowledges'));

  it.each(other)('%j is left to a person', (reply) => expect(replyMeaning(reply)).toBe('other'));

  it.each(['TD', 'ｔｄ', '退订', 'T', 'R', 'N', '请停止发送', '拒收'])('%j ends', (reply) =>
    expect(replyMeaning(reply)).toBe('ends'),
  );

  it.each([
    ...[
      '收到，张三',
      '收到 张三',
      '张三已阅',
      '张三：收到',
      '收到—张局长',
      '张局长收到',
      '局长张三已阅',
      '财政局收到',
      '县财政局已阅',
      '县财政局 张三 收到',
    ],
    ...[
      '收到（县财政局张三）',
      '我是张三，已阅',
      '财政局已收到，谢谢',
      '收到，财政局党组书记、局长张三',
      '书记、局长收到',
      '1 张三',
    ],
  ])('%j acknowledges with the addressee’s own name, and is left to a person without knowing it', (reply) => {
    expect(replyMeaning(reply, [addressee])).toBe('acknowledges');
    expect(replyMeaning(reply)).toBe('other');
  });

  it.each([
    '收到，李四',
    '李四代张三收到',
    '收到，李局长',
    '教育局收到',
    '张三没收到',
    '张三不在，收到',
    '张三收到吗',
    '收到，请转张三',
    '县财政局张三',
    '张三',
  ])('%j is left to a person: it speaks of somebody else, or says something else', (reply) =>
    expect(replyMeaning(reply, [addressee])).toBe('other'),
  );

  it('takes a name for a name, whatever it is made of', () => {
    const odd = [
      { name: '.*', unit: '(', post: '1' },
      { name: '', unit: '', post: '' },
    ];
    expect(replyMeaning('收到', odd)).toBe('acknowledges');
    expect(replyMeaning('收到随便什么', odd)).toBe('other');
    expect(replyMeaning('11', odd)).toBe('other');
  });

  describe('of any make', () => {
    const next = seeded(20_261_130);
    const one = <T>(from: readonly T[]): T => from[Math.floor(next() * from.length)]!;
    const plain = acknowledging.filter((reply) => replyMeaning(reply) === 'acknowledges');

    it('means the same however it is typed', () => {
      const marks = [
        ' ',
        '　',
        '。',
        '！',
        '!',
        '，',
        '~',
        '“',
        '”',
        '\u200b',
        '\ufeff',
        '\n',
        '👍',
        '🙏',
        '【',
        '】',
        '…',
        '、',
      ];
      const wide = (text: string) => text.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0));
      for (let n = 0; n < 2000; n++) {
        const signs = [...one(plain)];
        const typed = signs.map((sign) => sign + (next() < 0.3 ? one(marks) : '')).join('');
        const reply = one(marks) + (next() < 0.5 ? wide(typed) : typed) + one(marks);
        if (reply.length <= 80) expect([reply, replyMeaning(reply)]).toEqual([reply, 'acknowledges']);
      }
    });

    it('is left to a person with any word that says no, asks or counts', () => {
      const words = [
        '没',
        '未',
        '不',
        '别',
        '无',
        '吗',
        '？',
        '?',
        '否',
        '勿',
        '何',
        '谁',
        '错',
        '误',
        '假',
        '拒',
        '代',
        '2',
        '0',
        'X',
        '❌',
      ];
      for (let n = 0; n < 2000; n++) {
        const signs = [...one(plain)];
        signs.splice(Math.floor(next() * (signs.length + 1)), 0, one(words));
        expect([signs.join(''), replyMeaning(signs.join(''))]).not.toEqual([signs.join(''), 'acknowledges']);
      }
    });

    it('never both ends and acknowledges, and is answered in a moment', () => {
      const pieces = [
        ...acknowledging,
        ...other,
        'TD',
        '退订',
        '好的',
        '我们',
        '按要求',
        '落实',
        '谢谢',
        '短信',
        '张三',
      ];
      for (let n = 0; n < 3000; n++) {
        const reply = Array.from({ length: 1 + Math.floor(next() * 6) }, () => one(pieces)).join(one(['', '，', ' ']));
        expect(replyMeaning(reply, [addressee]) === 'ends').toBe(asksToEnd(reply));
      }
    });
  });
});

/** The same numbers each time, between 0 and 1. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
