import { z } from 'zod';
import type { Filing, FilingsAnswer, FilingState } from '../../../domain/sending/filing.js';
import { beijingHourOf } from '../beijing-time.js';
import { askTencent, type TencentRecords } from './tencent-records.js';
import { unixSeconds } from './tencent-signature.js';

/** What this account uses: the signature, and the number of each text; empty where a text is not filed. */
export interface TencentFilings {
  signName: string;
  templates: Readonly<Record<string, string>>;
}

/**
 * DescribeSignListStatus and DescribeTemplateListStatus of version 2021-01-11: 0 in use, 1 under review, 2 approved and not yet in
 * force, -1 refused or its first filing not finished; only what is 0 may be used.
 */
const states: Readonly<Record<string, FilingState>> = { 0: 'filed', 1: 'pending', 2: 'pending', '-1': 'rejected' };

const status = { StatusCode: z.number(), ReviewReply: z.string().nullish() };
const signs = z.object({
  Response: z.object({ DescribeSignListStatusSet: z.array(z.object({ ...status, SignName: z.string() })) }),
});
const templates = z.object({
  Response: z.object({ DescribeTemplateStatusSet: z.array(z.object({ ...status, TemplateId: z.coerce.number() })) }),
});
type Status = z.infer<typeof templates>['Response']['DescribeTemplateStatusSet'][number];

const perPage = 100;
/** No office has as many signatures; only stops a provider that never ends its pages. */
const mostPages = 10;

export async function tencentFilings(records: TencentRecords, filed: TencentFilings): Promise<FilingsAnswer> {
  const used = Object.entries(filed.templates).filter(([, code]) => code !== '');
  const [sign, known] = await Promise.all([
    signOf(records, filed.signName),
    templatesOf(
      records,
      used.map(([, code]) => code),
    ),
  ]);
  if ('problem' in sign) return { kind: 'notKnown', reason: sign.problem };
  if ('problem' in known) return { kind: 'notKnown', reason: known.problem };
  return {
    kind: 'known',
    filings: [
      { kind: 'sign', use: null, code: filed.signName, ...sign },
      ...used.map(([use, code]): Filing => ({
        ...{ kind: 'template', use, code },
        ...stateOf(known.rows.find(({ TemplateId }) => String(TemplateId) === code)),
      })),
    ],
  };
}

type State = Pick<Filing, 'state' | 'reason'>;

/** The vendor numbers signatures and lists them; we know the name. One in use is worth more than others of its name. */
async function signOf({ client }: TencentRecords, signName: string): Promise<State | { problem: string }> {
  let best: State = { state: 'missing', reason: null };
  for (let page = 0; page < mostPages; page++) {
    const body = { International: 0, Limit: perPage, Offset: page * perPage };
    const asked = await askTencent(client, 'DescribeSmsSignList', body, signs);
    if ('problem' in asked) return asked;
    const rows = asked.answer.Response.DescribeSignListStatusSet;
    for (const row of rows) {
      if (row.SignName !== signName) continue;
      best = stateOf(row);
      if (best.state === 'filed') return best;
    }
    if (rows.length < perPage) break;
  }
  return best;
}

async function templatesOf(
  { client }: TencentRecords,
  codes: readonly string[],
): Promise<{ rows: readonly Status[] } | { problem: string }> {
  // What is no number names no template there.
  const numbers = [...new Set(codes)].filter((code) => /^\d{1,15}$/.test(code)).map(Number);
  if (numbers.length === 0) return { rows: [] };
  const body = { International: 0, TemplateIdSet: numbers };
  const asked = await askTencent(client, 'DescribeSmsTemplateList', body, templates);
  return 'problem' in asked ? asked : { rows: asked.answer.Response.DescribeTemplateStatusSet };
}

function stateOf(row: Pick<Status, 'StatusCode' | 'ReviewReply'> | undefined): State {
  if (!row) return { state: 'missing', reason: null };
  const state = states[String(row.StatusCode)] ?? 'unknown';
  return { state, reason: state === 'rejected' ? row.ReviewReply || null : null };
}

const packages = z.object({
  Response: z.object({
    SmsPackagesStatisticsSet: z.array(
      z.object({ PackageAmount: z.number(), CurrentUsage: z.number(), PackageExpiredTime: z.number() }),
    ),
  }),
});

/** Packages are asked for by the time they were bought, which must lie in the past. */
const boughtWithinMs = 3 * 366 * 86_400_000;
const hourMs = 3_600_000;

/** SmsPackagesStatistics: what is left of the packages that have not expired; null when it could not be learnt. */
export async function tencentBalance({ client, sdkAppId }: TencentRecords): Promise<string | null> {
  const now = client.now();
  const body = {
    ...{ SmsSdkAppId: sdkAppId, Limit: 500, Offset: 0 },
    BeginTime: beijingHourOf(new Date(now.getTime() - boughtWithinMs)),
    EndTime: beijingHourOf(new Date(now.getTime() - hourMs)),
  };
  const asked = await askTencent(client, 'SmsPackagesStatistics', body, packages);
  if ('problem' in asked) return null;
  const valid = asked.answer.Response.SmsPackagesStatisticsSet.filter(
    ({ PackageExpiredTime }) => PackageExpiredTime > unixSeconds(now),
  );
  const left = valid.reduce((sum, { PackageAmount, CurrentUsage }) => sum + PackageAmount - CurrentUsage, 0);
  return `短信套餐还剩${Math.max(0, left)}条。`;
}
