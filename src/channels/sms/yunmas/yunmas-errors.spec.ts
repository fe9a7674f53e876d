import { yunmasOutcome } from './yunmas-errors.js';

describe('what the platform answers', () => {
  it.each([
    ['refused configuration', ['IllegalMac', 'InvalidUsrOrPwd', 'NoSignId', 'IllegalSignId', 'IllegalIpAddress']],
    ['refused configuration', ['NotLoadedSign', 'IllegalUseTemplate']],
    ['refused content', ['InvalidMessage', 'TooManyMobiles']],
    ['refused recipient', ['InvalidMobile']],
    ['retry throttled', ['QueueOverLimit', 'FlowOverLimit', 'OverDailyMax', 'RequestTooOften']],
    ['retry provider', ['SystemBusy', 'InternalError', 'TransportError', 'SomethingNew', 'constructor', '']],
    ['unknown', ['RequestTimeout']],
  ])('is %s for %p', (what, codes) => {
    for (const code of codes) {
      const outcome = yunmasOutcome(code);
      expect([outcome.kind, ...('class' in outcome ? [outcome.class] : [])].join(' ')).toBe(what);
      expect(outcome).toMatchObject({ code, reason: expect.stringMatching(/[\u4e00-\u9fff].*。$/) as string });
    }
  });
});
