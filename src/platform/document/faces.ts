/** Type that Chinese offices set headlines in, by the names that fonts have in files: 黑体 and 小标宋 are never thin. */
const boldFace = /bold|heavy|black|demi(?!-?light)|粗|黑体|小标宋|simhei|heiti|fzht|fzhei|xiaobiaosong|fzxbs/i;

export const isBoldFace = (name: string): boolean => boldFace.test(name);
