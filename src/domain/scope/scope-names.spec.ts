import { groupCore, normaliseGroupName, titleFormsIn, unitCore, unitForms } from './scope-names.js';

describe('normaliseGroupName', () => {
  it.each([
    ['各乡（镇）政府、街道办事处主要领导', '各乡(镇)政府,街道办事处主要领导'],
    ['县　委 常委', '县委常委'],
    ['\uFEFF县委常委\u200B', '县委常委'],
    ['ＡＢ组', 'ab组'],
  ])('%s equals %s', (a, b) => {
    expect(normaliseGroupName(a)).toBe(normaliseGroupName(b));
  });
});

describe('forms of names', () => {
  it.each([
    ['延津县人民法院', '县法院'],
    ['县人大常委会', '县人大'],
    ['县人民政府办公室', '县政府办'],
    ['县人民武装部', '人武部'],
    ['县公安局', '公安局'],
    ['县委办公室', '县委办'],
  ])('%s is %s', (a, b) => {
    expect(unitCore(a)).toBe(unitCore(b));
  });
  it.each([
    ['市政府办公室', '县政府办公室'],
    ['县长', '副县长'],
    ['县委', '县政府'],
    ['常务副县长', '县长'],
    ['分管副县长', '县长'],
  ])('%s is not %s', (a, b) => {
    expect(unitCore(a)).not.toBe(unitCore(b));
  });
  it('a department of the party committee is found without the committee', () => {
    expect(unitForms('县委组织部')).toContain('组织部');
    expect(titleFormsIn('县委组织部', '县委常委、组织部部长')).toEqual(
      expect.arrayContaining(['部长', '组织部部长', '县委常委']),
    );
  });
  it.each([
    ['各乡（镇）政府、街道办事处主要领导', '各乡镇（街道）'],
    ['县直各单位负责人', '县直各单位'],
    ['县直各单位主要负责人', '县直单位'],
  ])('%s in other words: %s', (a, b) => {
    expect(groupCore(a)).toBe(groupCore(b));
  });
  it('who is asked for by office stays another group', () => {
    expect(groupCore('各乡镇党委书记')).not.toBe(groupCore('各乡镇负责人'));
    expect(groupCore('县直各单位分管负责人')).not.toBe(groupCore('县直各单位负责人'));
  });
});
