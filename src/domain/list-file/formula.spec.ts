import { disarmed, rearmed } from './formula.js';

it.each(['=1+1', '+86', '-1', '@x', '\t=1', "'=1", "''+", '＝1', '  =1', '\r', '县委', "'引号", ''])(
  '%j survives being disarmed and read back',
  (text) => {
    expect(disarmed(text)).not.toMatch(/^[\s]*[=+\-@＝]|^[\t\r]/u);
    expect(rearmed(disarmed(text))).toBe(text);
  },
);
