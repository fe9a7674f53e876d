import { parse } from 'csv-parse/sync';
import type { RecipientAddresses } from '../sandbox/simulated-recipients.js';
import { type Sandbox, startSandbox } from '../sandbox/sandbox.js';
import { smsTemplateTexts } from '../rendering/sms.js';
import type { DemoArguments } from './arguments.js';
import { accessKeyId, type DemoState, smsSign, smtpUser, wecomAgentId, wecomCorpId } from './demo-settings.js';
import { demoRoster } from './office.js';

export function demoPeople(faults: boolean): (Required<RecipientAddresses> & { name: string; post: string })[] {
  const rows: Record<string, string>[] = parse(demoRoster(faults), { columns: true, bom: true });
  return rows.map((row) => ({
    name: row.name!,
    post: `${row.unit} ${row.post}`,
    email: row.email!,
    mobile: row.mobile!,
    wecom: row.wecom!,
  }));
}

/** The stand-in providers, with the templates filed that the service will use. */
export function openDemoSandbox(dir: string, state: DemoState, args: DemoArguments): Promise<Sandbox> {
  const texts = smsTemplateTexts(`http://127.0.0.1:${state.port}`);
  return startSandbox({
    dir,
    latencyMs: [Math.round(args.pace * 0.5), Math.round(args.pace * 1.5)],
    smtp: { user: smtpUser, password: state.smtpPassword },
    aliyun: {
      accessKeyId,
      accessKeySecret: state.smsSecret,
      signName: smsSign,
      templates: {
        SMS_KB_DIGEST: texts.digest,
        SMS_KB_NOTICE: texts.notice,
        SMS_KB_REMINDER: texts.reminder,
        SMS_KB_WITHDRAWAL: texts.withdrawal,
        SMS_KB_CODE: texts.code,
        SMS_KB_SUBSCRIBER: texts.subscriber,
        SMS_KB_DECISION: texts.decision,
      },
    },
    wecom: {
      corpId: wecomCorpId,
      secret: state.wecomSecret,
      agentId: wecomAgentId,
      users: demoPeople(args.faults).map(({ wecom }) => wecom),
    },
    people: demoPeople(args.faults),
  });
}
