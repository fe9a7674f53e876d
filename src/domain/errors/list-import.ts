import { type CatalogueEntry, fixed, word } from './error-entry.js';

/** Sentences about list files on their way in and out. */
export const listImportErrors = {
  'list.fileRefused': { status: 422, text: ({ reason }) => word(reason, '文件无法读取，请另存为 .xlsx 后再导入。') },
  'list.importNotFound': fixed(404, '没有找到这次导入，可能已经过期；请重新选择文件。'),
  'list.importNotOpen': fixed(409, '这次导入已经确认或已经结束，不能再改。'),
  'list.importIncomplete': fixed(409, '这份名单还不能导入，请先处理页面上的问题。'),
  'list.endingNotConfirmed': fixed(422, '超过五分之一的岗位将不再列入，请核对后勾选确认，再导入。'),
  'list.hiddenNotAnswered': fixed(422, '文件中有隐藏的内容，请先在页面上选择怎样处理，再确认导入。'),
  'list.undoRefused': { status: 409, text: ({ reason }) => `不能撤销这次导入：${word(reason, '之后已有改动')}。` },
  'list.exportNeedsReason': fixed(422, '导出完整联系方式要写明用途，请填写。'),
} satisfies Record<string, CatalogueEntry>;
