/** Type that Chinese offices set headlines in, by the names that fonts have in files: 黑体 and 小标宋 are never thin. */
const boldFace = /bold|heavy|black|demi(?!-?light)|粗|黑体|小标宋|simhei|heiti|fzht|fzhei|xiaobiaosong|fzxbs/i;

export const isBoldFace = (name: string): boolean => boldFace.test(name);

/** @param colour `c00000`, `#c00000` */
export function isRed(colour: string): boolean {
  const parts = /^#?([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(colour);
  if (!parts) return false;
  const [red = 0, green = 0, blue = 0] = parts.slice(1).map((part) => parseInt(part, 16));
  return red >= 150 && green <= 90 && blue <= 90;
}
