import { initialsOf } from './initials.js';

describe('initialsOf', () => {
  it.each([
    ['张三', 'zs'],
    // Surnames that are read otherwise in other words.
    ['单雄信', 'sxx'],
    ['曾国藩', 'zgf'],
    ['仇英', 'qy'],
    ['解缙', 'xj'],
    ['查良镛', 'zly'],
    ['区寄', 'oj'],
    ['万俟卨', 'mqx'],
    ['尉迟恭', 'ycg'],
    ['欧阳修', 'oyx'],
    ['买买提·艾力', 'mmt·al'],
    ['Tom Wang', 'tomwang'],
  ])('%s is %s', (name, initials) => expect(initialsOf(name)).toBe(initials));
});
