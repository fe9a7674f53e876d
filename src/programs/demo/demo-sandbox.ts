import { listLimits } from '../../domain/list-file/roster.js';
import { readTableFile } from '../../platform/sheet/table-file.js';
import type { RecipientAddresses } from '../../sandbox/simulated-recipients.js';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox.js';
import type { DemoArguments } from './arguments.js';
import { type DemoState, mas, smsSign, smtpUser, wecomAgentId, wecomCallback, wecomCorpId } from './demo-settings.js';
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

/** The stand-in providers: a mail server, China Mobile 云MAS, which takes free texts, and WeCom. */
export function openDemoSandbox(dir: string, state: DemoState, args: DemoArguments): Promise<Sandbox> {
  return startSandbox({
    dir,
    latencyMs: [Math.round(args.pace * 0.5), Math.round(args.pace * 1.5)],
    smtp: { user: smtpUser, password: state.smtpPassword },
    // Nothing is sent through it here.
    aliyun: { accessKeyId: 'unused', accessKeySecret: state.smsSecret, signName: smsSign, templates: {} },
    yunmas: { ...mas, secretKey: state.smsSecret, signName: smsSign, templates: {} },
    wecom: {
      corpId: wecomCorpId,
      secret: state.wecomSecret,
      agentId: wecomAgentId,
      callback: wecomCallback(state),
      users: demoPeople(args.faults).map(({ wecom }) => wecom),
    },
    people: demoPeople(args.faults),
  });
}
