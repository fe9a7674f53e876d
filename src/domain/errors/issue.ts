import { type CatalogueEntry, fixed, word } from './error-entry.js';

/** Sentences about an issue, its import and its sign-off chain. */
export const issueErrors = {
  'issue.notFound': fixed(404, '没有找到这一期。'),
  'issue.changedMeanwhile': fixed(
    409,
    '这一期刚刚被别人改过，这次没有保存。请重新打开这一页，核对后再做；填写的内容会留着。',
  ),
  'issue.illegalMove': {
    status: 409,
    text: ({ state, act }) => `这一期现在是“${word(state, '其他状态')}”，不能“${word(act, '执行此操作')}”。`,
  },
  'issue.notReady': {
    status: 422,
    text: ({ missing }) => `这一期还不完整：${sentences(missing) || '请检查各项内容。'}`,
  },
  'issue.numberTaken': {
    status: 409,
    text: ({ number }) => `第${word(number, '××')}期的期号已被使用，期号不能重复，请改用其他期号。`,
  },
  'issue.numberMissing': fixed(422, '签发前必须确定期号。'),
  'issue.sameEditorAndApprover': fixed(403, '签发人不能是本期的责任编辑，请由其他签发人签发。'),
  'issue.sameEditorAndReviewer': fixed(403, '审核人不能是本期的责任编辑，请由其他审核人审核。'),
  'issue.chainIncomplete': {
    status: 409,
    text: ({ missing }) => `没有记录本期的${word(missing, '责任编辑或审核人')}，请退回后重新送审。`,
  },
  'issue.frozen': fixed(409, '本期已签发，内容不能直接修改；如需修改，请先退回修改，改后重新审核、签发。'),
  'issue.notBulletin': {
    status: 422,
    text: ({ reason }) => `这个文件不像一期简报，没有导入。${sentences(reason) || '请核对文件。'}`,
  },
  'issue.rereadFails': {
    status: 422,
    text: ({ reason }) => `按这个读法，全文就不像一期简报了，没有改动。${sentences(reason)}`,
  },
  'issue.classified': fixed(422, '文件带有国家秘密标志，本系统不得处理，内容没有保存。请改用机要渠道。'),
  'issue.classifiedText': fixed(
    422,
    '填写的内容带有国家秘密标志，本系统不得处理，这次修改没有保存，填写的内容也没有留存。请改用机要渠道；如果并不涉密，请由定密责任人确认，去掉标志后重新填写。',
  ),
  'issue.levelUnconfirmed': fixed(
    422,
    '责任编辑降低了密级。降低密级须由签发人确认：请勾选“同意降低密级”后签发；不同意的，请退回修改。',
  ),
  'issue.tooLarge': {
    status: 413,
    text: ({ limit }) => `文件太大${limit === undefined ? '' : `，上限为${word(limit)}`}。`,
  },
  'issue.unreadable': fixed(422, '文件无法读取，请另存为纯文本文件（UTF-8 或 GB18030 编码）后重新导入。'),
  'issue.alreadyImported': fixed(409, '同一个文件已经导入过。'),
  'publication.lowDefault': fixed(403, '默认密级低于“内部”，须由签发人设定。'),
  'publication.nameTaken': { status: 409, text: ({ name }) => `已经有“${word(name, '同名')}”这个刊物。` },
  'issue.unknownPublication': fixed(422, '没有找到这一刊物，请先登记刊物。'),
  'publication.layoutChanged': fixed(409, '这个刊物的版式刚刚有了变化，这次没有保存。请重新打开这一页，核对后再改。'),
  'issue.scopeUnresolved': {
    status: 422,
    text: ({ labels }) => `发送范围中有未对应的名称：${word(labels, '请检查发送范围')}。请先对应到分组，再签发。`,
  },
  'issue.nobodyInScope': fixed(422, '发送范围没有对应到任何人，不能签发。'),
  'issue.levelNeedsReason': fixed(422, '降低密级必须由签发人办理并写明理由。'),
  'issue.reasonNeeded': fixed(422, '请写明理由。'),
  'rendering.templateInvalid': {
    status: 422,
    text: ({ reason }) => `模板有错误，没有保存。${sentences(reason)}`,
  },
  'rendering.printUnavailable': fixed(
    501,
    '这台服务器上没有排版程序，不能生成PDF。请用“打印版”从浏览器打印；需要PDF的，请维护服务器的人员按安装说明检查。',
  ),
  'rendering.printTooLong': fixed(
    413,
    '内容太长，排出来会超过600页，没有生成PDF。请核对是否误贴了别的材料，或分成几期。',
  ),
  'rendering.printBusy': fixed(503, '正在生成的PDF太多，请过一分钟再试。'),
  'rendering.printFailed': fixed(
    500,
    'PDF没有生成。请再试一次；仍然不行的，请用“打印版”从浏览器打印，并告诉维护服务器的人员。',
  ),
} satisfies Record<string, CatalogueEntry>;

/** One or several sentences in a row, each with its full stop. */
function sentences(value: unknown): string {
  const list: unknown[] = Array.isArray(value) ? value : [value];
  return list
    .map((entry) => word(entry))
    .filter((sentence) => sentence !== '')
    .map((sentence) => (/[。！？；]$/.test(sentence) ? sentence : `${sentence}。`))
    .join('');
}
