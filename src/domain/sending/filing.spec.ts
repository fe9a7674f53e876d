import { type FiledAccount, type Filing, filingLines, type FilingState } from './filing.js';

const sign = (state: FilingState, reason: string | null = null): Filing => ({
  ...{ kind: 'sign', use: null, code: '县政府办' },
  ...{ state, reason },
});
const template = (use: string, state: FilingState): Filing => ({
  kind: 'template',
  use,
  code: 'SMS_1',
  state,
  reason: null,
});
const account = (name: string, filings: readonly Filing[] | null, problem: string | null = null): FiledAccount => ({
  ...{ name, filings, problem },
});
const lines = (...accounts: FiledAccount[]) => filingLines(accounts, ['digest'], ['reminder']);

describe('filingLines', () => {
  it('has nothing to say of what is filed, and of vendors that cannot be asked', () => {
    expect(lines()).toEqual([]);
    expect(lines(account('甲', [sign('filed'), template('digest', 'filed')]), account('乙', null))).toEqual([]);
  });

  it.each<[FilingState, string]>([
    ['pending', '审核中'],
    ['rejected', '未通过'],
    ['expired', '已失效'],
    ['missing', '没有报备'],
  ])('refuses a signature that is %s where no other account may carry it', (state, word) => {
    expect(lines(account('甲', [sign(state)]))).toEqual([
      { severity: 'block', text: `甲的签名“县政府办”${word}，运营商不会放行短信。` },
    ]);
  });

  it('gives the vendor’s reason', () => {
    expect(lines(account('甲', [sign('rejected', '资质不符。')]))[0]!.text).toBe(
      '甲的签名“县政府办”未通过（资质不符），运营商不会放行短信。',
    );
  });

  it('refuses the template of the first messages, not that of others', () => {
    expect(lines(account('甲', [template('digest', 'rejected'), template('code', 'rejected')]))).toEqual([
      { severity: 'block', text: '甲的公开件通知模板 SMS_1未通过，运营商不会放行短信。' },
    ]);
    expect(lines(account('甲', [template('reminder', 'pending')]))).toEqual([
      { severity: 'warn', text: '甲的催阅模板 SMS_1审核中，到时发不出去。' },
    ]);
  });

  it('warns of what only some carriers have', () => {
    expect(lines(account('甲', [sign('partly', '中国电信报备失败。')]))).toEqual([
      {
        severity: 'warn',
        text: '甲的签名“县政府办”部分运营商没有报备成功（中国电信报备失败），这些号码可能收不到短信。',
      },
    ]);
  });

  it('warns where another account takes over', () => {
    expect(lines(account('甲', [sign('missing')]), account('乙', null))).toEqual([
      { severity: 'warn', text: '甲的签名“县政府办”没有报备，短信将改由乙发送。' },
    ]);
  });

  it('refuses nothing that is not known', () => {
    expect(lines(account('甲', [sign('unknown')]))).toEqual([]);
    expect(lines(account('甲', null, '连接超时。'))).toEqual([
      { severity: 'warn', text: '未能查询甲的报备状态，不影响签发：连接超时。' },
    ]);
  });
});
