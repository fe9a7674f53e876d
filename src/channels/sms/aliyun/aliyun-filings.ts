import { z } from 'zod';
import type { Filing, FilingsAnswer, FilingState } from '../../../domain/sending/filing.js';
import { type AliyunAction, type AliyunClientOptions, callAliyun } from './aliyun-client.js';
import { aliyunReason } from './aliyun-errors.js';

/** What this account uses: the signature, and the code of each text; empty where a text is not filed. */
export interface AliyunFilings {
  signName: string;
  templates: Readonly<Record<string, string>>;
}

const answerBody = z.object({
  Code: z.string(),
  SignStatus: z.coerce.number().optional(),
  TemplateStatus: z.coerce.number().optional(),
  AuditInfo: z.object({ RejectInfo: z.string().nullish() }).nullish(),
  SignIspRegisterDetailList: z
    .array(z.object({ OperatorCode: z.string(), RegisterStatus: z.coerce.number() }))
    .nullish(),
});

/** Of both GetSmsSign and GetSmsTemplate (help.aliyun.com/document_detail/2807429.html and 2807431.html). */
const states: Readonly<Record<number, FilingState>> = { 0: 'pending', 1: 'filed', 2: 'rejected', 10: 'expired' };

/** What each carrier has of an approved signature (SignIspRegisterDetailList): under way or done are left out. */
const carrierFaults: Readonly<Record<number, { state: FilingState; text: string }>> = {
  [-2]: { state: 'missing', text: '没有报备' },
  0: { state: 'rejected', text: '报备失败' },
  2: { state: 'expired', text: '报备失效' },
};
const carriers: Readonly<Record<string, string>> = { mobile: '中国移动', unicom: '中国联通', telecom: '中国电信' };

/** The vendor's words for what it does not know. */
const unknownThere = new Set(['isv.SMS_SIGNATURE_ILLEGAL', 'isv.SMS_SIGN_ILLEGAL', 'isv.SMS_TEMPLATE_ILLEGAL']);

const noRight = '短信接口账号没有查询报备的权限，请在访问控制（RAM）中授予 dysms:GetSmsSign 和 dysms:GetSmsTemplate。';

/** Asks for the signature and for each template; of one that cannot be learnt, none is known. */
export async function aliyunFilings(client: AliyunClientOptions, filed: AliyunFilings): Promise<FilingsAnswer> {
  const used = Object.entries(filed.templates).filter(([, code]) => code !== '');
  const asked = await Promise.all([
    ask(client, 'GetSmsSign', { SignName: filed.signName }, { kind: 'sign', use: null, code: filed.signName }),
    ...used.map(([use, code]) =>
      ask(client, 'GetSmsTemplate', { TemplateCode: code }, { kind: 'template', use, code }),
    ),
  ]);
  const filings: Filing[] = [];
  for (const one of asked) {
    if ('problem' in one) return { kind: 'notKnown', reason: one.problem };
    filings.push(one);
  }
  return { kind: 'known', filings };
}

async function ask(
  client: AliyunClientOptions,
  action: AliyunAction,
  query: Readonly<Record<string, string>>,
  of: Pick<Filing, 'kind' | 'use' | 'code'>,
): Promise<Filing | { problem: string }> {
  const answer = await callAliyun(client, action, query);
  if (answer.kind !== 'answer') return { problem: answer.reason };
  const parsed = answerBody.safeParse(answer.body);
  if (!parsed.success) return { problem: '短信平台的查询结果无法识别。' };
  const { Code, SignStatus, TemplateStatus, AuditInfo } = parsed.data;
  if (unknownThere.has(Code)) return { ...of, state: 'missing', reason: null };
  if (Code === 'isp.RAM_PERMISSION_DENY') return { problem: noRight };
  if (Code !== 'OK') return { problem: aliyunReason(Code) };
  const state = states[(of.kind === 'sign' ? SignStatus : TemplateStatus) ?? -1] ?? 'unknown';
  if (of.kind === 'sign' && state === 'filed')
    return { ...of, ...withCarriers(parsed.data.SignIspRegisterDetailList ?? []) };
  return { ...of, state, reason: state === 'rejected' ? (AuditInfo?.RejectInfo ?? null) : null };
}

/** With no carrier that has it, nothing arrives; with some, a part does. */
function withCarriers(
  rows: readonly { OperatorCode: string; RegisterStatus: number }[],
): Pick<Filing, 'state' | 'reason'> {
  const faults = rows.flatMap(({ OperatorCode, RegisterStatus }) => {
    const fault = carrierFaults[RegisterStatus];
    return fault ? [{ ...fault, text: `${carriers[OperatorCode] ?? OperatorCode}${fault.text}` }] : [];
  });
  if (faults.length === 0) return { state: 'filed', reason: null };
  const reason = `${faults.map(({ text }) => text).join('，')}。`;
  return { state: faults.length === rows.length ? faults[0]!.state : 'partly', reason };
}
