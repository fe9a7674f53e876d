import { maskEmail, maskId, maskMobile } from './address.js';

describe('masks', () => {
  it('show no more than is needed to recognise one’s own', () => {
    expect(maskMobile('15400000001')).toBe('154****0001');
    expect(maskMobile('12345')).toBe('****');
    expect(maskEmail('r001@yanjin.example')).toBe('r***@yanjin.example');
    expect(maskEmail('a@yanjin.example')).toBe('***@yanjin.example');
    expect(maskEmail('nothing')).toBe('***');
    expect(maskId('zhangsan')).toBe('zh***');
    expect(maskId('abc')).toBe('***');
  });
});
