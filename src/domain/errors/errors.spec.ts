import { DomainError, type ErrorCode, errorCatalogue, errorText } from './errors.js';

const codes = Object.keys(errorCatalogue) as ErrorCode[];

describe('the error catalogue', () => {
  it.each(codes)('%s is a Chinese sentence even without details', (code) => {
    const text = errorText(code);
    expect(text).toMatch(/\p{sc=Han}/u);
    expect(text).toMatch(/。$/);
    expect(text).not.toMatch(/undefined|null|NaN|object Object|[,;!?]|：。|“”/);
  });

  it.each(codes)('%s has a prefix of its part of the system and an HTTP error status', (code) => {
    expect(code).toMatch(
      /^(issue|publication|rendering|list|contact|amendment|subscription|dispatch|channel|reading|reply|trial|account|api|http)\.[a-z][A-Za-z]+$/,
    );
    expect(errorCatalogue[code].status).toBeGreaterThanOrEqual(400);
    expect(errorCatalogue[code].status).toBeLessThan(600);
  });

  it.each<[ErrorCode, number]>([
    ['issue.changedMeanwhile', 409],
    ['issue.notReady', 422],
    ['issue.tooLarge', 413],
    ['reading.linkInvalid', 404],
    ['reading.withdrawn', 410],
    ['reading.tooManyTries', 429],
    ['account.locked', 423],
    ['http.unexpected', 500],
  ])('%s answers with %d', (code, status) => {
    expect(new DomainError(code).status).toBe(status);
  });
});

describe('DomainError', () => {
  it('fills the sentence from its details', () => {
    const error = new DomainError('issue.notReady', { missing: ['没有日期。', '没有发送范围'] });
    expect(error.message).toBe('这一期还不完整：没有日期。没有发送范围。');
    expect(error).toMatchObject({ code: 'issue.notReady', details: { missing: ['没有日期。', '没有发送范围'] } });
  });

  it.each<[ErrorCode, Record<string, unknown>, string]>([
    ['issue.numberTaken', { number: 14 }, '第14期的期号已被使用，期号不能重复，请改用其他期号。'],
    ['issue.notBulletin', { reason: '没有期号' }, '这个文件不像一期简报，没有导入。没有期号。'],
    [
      'issue.scopeUnresolved',
      { labels: ['甲组', '乙组'] },
      '发送范围中有未对应的名称：甲组、乙组。请先对应到分组，再签发。',
    ],
    ['account.locked', { minutes: 15 }, '登录失败次数过多，账号已锁定，请15分钟后再试。'],
    ['account.needsRole', { roles: ['审核人', '签发人'] }, '此操作需要审核人或签发人角色。'],
  ])('%s', (code, details, sentence) => {
    expect(new DomainError(code, details).message).toBe(sentence);
  });

  it('treats a detail that is no text as absent', () => {
    expect(errorText('dispatch.levelForbids', { level: {}, channel: null })).toBe(
      '按本期密级“未定”，不得通过这一通道发送。',
    );
  });
});
