import { randomUUID } from 'node:crypto';
import { aliyunFaultOf, refusalFor } from './aliyun-faults.js';
import { fillTemplate, type AliyunFiled } from './aliyun-message.js';
import { aliyunGateway } from './aliyun-request.js';
import { beijingTime } from './beijing-time.js';
import type { Book, BookMessage } from './book.js';
import { json, type SandboxAnswer, type SandboxRequest, type SandboxRoute } from './http.js';
import { pause, pick, type Pace } from './pace.js';
import type { RandomFaults } from './random-faults.js';
import { rollingCount } from './rolling-count.js';
import { startReportPusher } from './report-pusher.js';

export interface AliyunSandboxOptions extends AliyunFiled {
  book: Book;
  pace: Pace;
  accessKeyId: string;
  accessKeySecret: string;
  reportUrl: () => string | undefined;
  reportRetryMs: readonly number[];
  faults?: RandomFaults;
}

const perNumberLimit = 50;

export function aliyunSandbox(options: AliyunSandboxOptions): SandboxRoute {
  const { book, pace } = options;
  const gateway = aliyunGateway(options);
  const triedOutIds = new Set<string>();
  // Per number and template, as the vendor counts; known again after a restart.
  const sent = rollingCount(24 * 3_600_000);
  for (const { provider, to, templateCode, at } of book.all())
    if (provider === 'aliyun') sent.add(`${to} ${templateCode}`, Date.parse(at));
  const reports = startReportPusher({
    ...options,
    retryMs: options.reportRetryMs,
    stopped: pace.stopped,
    // The vendor looks at one thing only: whether `code` in the answer is a number.
    vendor: { provider: 'aliyun', row: reportRow, took: (taken) => 'code' in taken && typeof taken.code === 'number' },
  });

  return async (request) => {
    const refused = gateway(request, Date.now());
    if (refused) {
      const { status, ...body } = refused;
      return json({ ...body, RequestId: randomUUID() }, status);
    }
    const action = request.headers['x-acs-action'];
    if (request.headers['x-acs-version'] !== '2017-05-25') return answer('InvalidVersion', {}, 400);
    if (action === 'SendSms') return sendSms(request);
    if (action === 'QuerySendDetails') return querySendDetails(request);
    if (action === 'GetSmsSign') return stateOf(request.url.searchParams.get('SignName') ?? '', 'SignStatus');
    if (action === 'GetSmsTemplate')
      return stateOf(request.url.searchParams.get('TemplateCode') ?? '', 'TemplateStatus');
    return answer('InvalidAction.NotFound', {}, 404);
  };

  /** A signature's state is a number there, a template's a text. */
  function stateOf(code: string, field: 'SignStatus' | 'TemplateStatus'): SandboxAnswer {
    const isSign = field === 'SignStatus';
    const isFiled = isSign ? code === options.signName : options.templates[code] !== undefined;
    if (!isFiled) return answer(isSign ? 'isv.SMS_SIGNATURE_ILLEGAL' : 'isv.SMS_TEMPLATE_ILLEGAL');
    const { status = 1, reason } = options.unapproved?.[code] ?? {};
    const AuditInfo = reason === undefined ? {} : { RejectInfo: reason };
    if (!isSign) return answer('OK', { [field]: String(status), AuditInfo });
    const SignIspRegisterDetailList = (['mobile', 'unicom', 'telecom'] as const).map((OperatorCode) => ({
      ...{ OperatorCode, RegisterStatus: options.carriers?.[OperatorCode] ?? 3 },
    }));
    return answer('OK', { [field]: status, AuditInfo, SignIspRegisterDetailList });
  }

  async function sendSms(request: SandboxRequest): Promise<SandboxAnswer> {
    const query = request.url.searchParams;
    const outId = query.get('OutId') ?? '';
    const numbers = (query.get('PhoneNumbers') ?? '').split(',').map(domesticForm);
    const templateCode = query.get('TemplateCode') ?? '';
    const extension = query.get('SmsUpExtendCode') ?? '';
    if (!/^\d{0,8}$/.test(extension)) return answer('isv.EXTEND_CODE_ERROR');
    const filled = fillTemplate(options, query.get('SignName') ?? '', templateCode, query.get('TemplateParam') ?? '');
    if ('refused' in filled) return answer(filled.refused);
    if (numbers.length > 1000) return answer('isv.MOBILE_COUNT_OVER_LIMIT');
    const isFirstTry = !triedOutIds.has(outId);
    triedOutIds.add(outId);
    for (const number of numbers) {
      const refusal = refusalFor(aliyunFaultOf(number), isFirstTry);
      if (refusal) return answer(refusal);
      if (!/^1[3-9]\d{9}$/.test(number)) return answer('isv.MOBILE_NUMBER_ILLEGAL');
      if (sent.count(`${number} ${templateCode}`, Date.now()) >= perNumberLimit)
        return answer('isv.BUSINESS_LIMIT_CONTROL');
    }
    const faults = numbers.map(aliyunFaultOf);
    if (faults.includes('silent')) return 'silent';
    const halfLatency = pick(pace.latencyMs) / 2;
    if (!(await pause(halfLatency, pace.stopped))) return 'cut';
    const cut = faults.includes('cutAfterTaking') && isFirstTry;
    const bizId = `${Date.now()}${String(book.all().length).padStart(6, '0')}^0`;
    for (const number of numbers) {
      const kept = book.add({
        provider: 'aliyun',
        kind: 'sms',
        reference: outId,
        to: number,
        providerId: bizId,
        shown: aliyunFaultOf(number) !== 'undelivered',
        title: `【${options.signName}】`,
        text: filled.text,
        code: filled.code,
        parts: filled.parts,
        templateCode,
        extension,
        report: options.faults?.report(outId) === 'never' ? undefined : reportFor(number),
      });
      sent.add(`${number} ${templateCode}`, Date.now());
      if (kept.report) reports.add(kept);
    }
    if (cut || !(await pause(halfLatency, pace.stopped))) return 'cut';
    return answer('OK', { BizId: bizId });
  }

  function reportFor(number: string): BookMessage['report'] {
    const fault = aliyunFaultOf(number);
    if (fault === 'neverReported') return undefined;
    const dueAt = new Date(Date.now() + pick(pace.reportDelayMs)).toISOString();
    return fault === 'undelivered'
      ? { status: 'failed', code: 'UNDELIV', dueAt }
      : { status: 'delivered', code: 'DELIVERED', dueAt };
  }

  function querySendDetails({ url }: SandboxRequest): SandboxAnswer {
    const query = url.searchParams;
    const [number, day] = [domesticForm(query.get('PhoneNumber') ?? ''), query.get('SendDate') ?? ''];
    const bizId = query.get('BizId') ?? '';
    const [size, page] = [Number(query.get('PageSize')), Number(query.get('CurrentPage'))];
    if (!/^\d{8}$/.test(day) || !/^1\d{10}$/.test(number)) return answer('isv.INVALID_PARAMETERS');
    if (!(size >= 1 && size <= 50 && page >= 1)) return answer('isv.INVALID_PARAMETERS');
    const found = book
      .all()
      .filter(({ provider, to, at }) => provider === 'aliyun' && to === number && dayOf(at) === day)
      .filter(({ providerId }) => bizId === '' || providerId === bizId)
      .map(detailRow);
    const rows = found.slice((page - 1) * size, page * size);
    return answer('OK', { TotalCount: String(found.length), SmsSendDetailDTOs: { SmsSendDetailDTO: rows } });
  }
}

/** Numbers are taken with +, +86, 0086 or 86 before them too. */
const domesticForm = (number: string): string => number.replace(/^(?:\+|00)?(?:86)?(?=1\d{10}$)/, '');

function dayOf(iso: string): string {
  return beijingTime(iso).slice(0, 10).replaceAll('-', '');
}

/** SendStatus: 1 waiting for the carrier, 2 failed, 3 delivered. */
function detailRow(message: BookMessage) {
  const { report } = message;
  const final = report && Date.parse(report.dueAt) <= Date.now() ? report : undefined;
  return {
    PhoneNum: message.to,
    SendStatus: final ? (final.status === 'delivered' ? 3 : 2) : 1,
    ErrCode: final?.code ?? '',
    TemplateCode: message.templateCode ?? '',
    Content: message.text,
    SendDate: beijingTime(message.at),
    ReceiveDate: final ? beijingTime(final.dueAt) : '',
    OutId: message.reference,
  };
}

function answer(code: string, more: Readonly<Record<string, unknown>> = {}, status = 200): SandboxAnswer {
  return json(
    { Code: code, Message: code === 'OK' ? 'OK' : `refused: ${code}`, RequestId: randomUUID(), ...more },
    status,
  );
}

function reportRow(message: BookMessage) {
  const delivered = message.report?.status === 'delivered';
  return {
    phone_number: message.to,
    send_time: beijingTime(message.at),
    report_time: beijingTime(message.report?.dueAt ?? message.at),
    success: delivered,
    err_code: message.report?.code ?? '',
    err_msg: delivered ? '用户接收成功' : '短信未送达',
    sms_size: String(message.parts ?? 1),
    biz_id: message.providerId,
    out_id: message.reference,
  };
}
