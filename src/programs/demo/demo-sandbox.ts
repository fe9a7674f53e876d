import { listLimits } from '../../domain/list-file/roster.js';
import { readTableFile } from '../../platform/sheet/table-file.js';
import type { RecipientAddresses } from '../../sandbox/simulated-recipients.js';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox.js';
import { smsTemplateTexts } from '../../rendering/sms.js';
import type { DemoArguments } from './arguments.js';
import { accessKeyId, type DemoState, smsSign, smtpUser, wecomAgentId, wecomCorpId } from './demo-settings.js';
import { demoRoster } from './office.js';

export function demoPeople(faults: boolean): (Required<RecipientAddresses> & { name: string; post: string })[] {
  const [headings = [], ...rows] = readTableFile(demoRoster(faults), listLimits).sheets[0]!.rows;
  return rows.map((row) => {
    const cell = (heading: string) => row[headings.indexOf(heading)] ?? '';
    return {
      name: cell('name'),
      post: `${cell('unit')} ${cell('post')}`,
      email: cell('email'),
      mobile: cell('mobile'),
      wecom: cell('wecom'),
    };
  });
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
