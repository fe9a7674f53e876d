/**
 * What somebody wrote in an SMS, without what does not change its meaning: widths, blanks, marks, pictures and capitals. Whoever
 * asks about a question mark or a cross looks for it before.
 */
export function replyWords(reply: string): string {
  return reply
    .normalize('NFKC')
    .replace(/[\s\p{P}\p{S}\p{C}\p{M}]/gu, '')
    .toUpperCase()
    .replace(/[訂閱復謝請發簽覽讀瞭經閲確認內實]/g, (sign) => simplified[sign]!);
}

const simplified: Readonly<Record<string, string>> = {
  ...{ 訂: '订', 閱: '阅', 閲: '阅', 復: '复', 謝: '谢', 請: '请', 發: '发', 簽: '签' },
  ...{ 覽: '览', 讀: '读', 瞭: '了', 經: '经', 確: '确', 認: '认', 內: '内', 實: '实' },
};
