import { z } from 'zod';
import { beijingTime } from './beijing-time.js';
import type { SandboxAnswer } from './http.js';

/** What is filed at the vendor, and what of it is not approved. */
export interface TencentFilingsOptions {
  sdkAppId: string;
  signName: string;
  /** By the template's number. */
  templates: Readonly<Record<string, string>>;
  /** What of it is not approved, by signature or template number: the vendor's number for its state, and why. */
  unapproved?: Readonly<Record<string, { status: 1 | 2 | -1; reason?: string }>>;
  /** What is left of the packages bought. */
  packages?: readonly { amount: number; used: number; expired?: boolean }[];
}

const ids = z.array(z.int()).max(100).default([]);
const page = { International: z.literal(0), Limit: z.int().min(0).max(100), Offset: z.int().min(0).default(0) };
const signListBody = z.object({ ...page, Limit: page.Limit.default(10), SignIdSet: ids });
const templateListBody = z.object({ ...page, Limit: page.Limit.default(0), TemplateIdSet: ids });
const signId = 1110;
/** To the hour. */
const hour = z.string().regex(/^\d{10}$/);
const packagesBody = z.object({
  SmsSdkAppId: z.string(),
  Limit: z.int().max(500),
  Offset: z.int(),
  BeginTime: hour,
  EndTime: hour,
});

/** Answers the questions about filings and packages; null for any other. */
export function tencentFilingsAnswer(
  options: TencentFilingsOptions,
  action: string,
  body: unknown,
  answers: { success: (fields: object) => SandboxAnswer; failure: (code: string) => SandboxAnswer },
): SandboxAnswer | null {
  const { success, failure } = answers;
  const statusOf = (code: string) => {
    const { status = 0, reason = '' } = options.unapproved?.[code] ?? {};
    return { International: 0, StatusCode: status, ReviewReply: reason };
  };
  switch (action) {
    case 'DescribeSmsSignList': {
      const asked = signListBody.safeParse(body).data;
      if (!asked) return failure('MissingParameter');
      const { signName: SignName } = options;
      const all = [{ SignId: signId, SignName, ...statusOf(SignName) }];
      const rows = all.filter(({ SignId }) => asked.SignIdSet.length === 0 || asked.SignIdSet.includes(SignId));
      return success({ DescribeSignListStatusSet: rows.slice(asked.Offset, asked.Offset + asked.Limit) });
    }
    case 'DescribeSmsTemplateList': {
      const asked = templateListBody.safeParse(body).data;
      if (!asked) return failure('MissingParameter');
      const all = Object.keys(options.templates).map(Number);
      const known =
        asked.TemplateIdSet.length === 0
          ? all.slice(asked.Offset, asked.Offset + asked.Limit)
          : all.filter((id) => asked.TemplateIdSet.includes(id));
      const rows = known.map((TemplateId) => ({ TemplateId, ...statusOf(String(TemplateId)) }));
      return success({ DescribeTemplateStatusSet: rows });
    }
    case 'SmsPackagesStatistics': {
      const asked = packagesBody.safeParse(body).data;
      const nowHour = beijingTime(new Date().toISOString()).replace(/\D/g, '').slice(0, 10);
      if (!asked || asked.EndTime <= asked.BeginTime || asked.EndTime >= nowHour)
        return failure('InvalidParameterValue.BeginTimeVerifyFail');
      if (asked.SmsSdkAppId !== options.sdkAppId) return failure('InvalidParameterValue.SdkAppIdNotExist');
      const now = Math.floor(Date.now() / 1000);
      const rows = (options.packages ?? []).map(({ amount, used, expired }, PackageId) => ({
        ...{ PackageId, PackageType: 1, PackageAmount: amount, CurrentUsage: used },
        PackageExpiredTime: now + (expired ? -86_400 : 86_400),
      }));
      return success({ SmsPackagesStatisticsSet: rows });
    }
    default:
      return null;
  }
}
