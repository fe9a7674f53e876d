import type { Type } from '@nestjs/common';
import { PlanService } from '../../src/dispatch/plan/plan.service.js';
import { ProofSender } from '../../src/dispatch/proof-sender.js';
import { SubscriptionDeskService } from '../../src/distribution/subscriptions/subscription-desk.service.js';
import {
  type SubscriptionRequest,
  SubscriptionService,
} from '../../src/distribution/subscriptions/subscription.service.js';
import { SignOffService } from '../../src/issues/sign-off.service.js';
import type { EmailContent } from '../../src/rendering/message.js';
import { anIssue } from '../builders.js';
import type { RecordingChannel } from '../recording-channel.js';
import { people, type World } from '../world.js';

const never = new AbortController().signal;

interface Open {
  world: World;
  email: RecordingChannel;
  sms: RecordingChannel;
}

/** The way from a request to an issue that is sent to subscribers; `open` gives what the running test has open. */
export function subscriptionOffice(open: () => Open) {
  const get = <T>(type: Type<T>) => open().world.get(type);
  let publicationId: string;
  let issue: { issueId: string; revision: number };

  const start = async (level: 'public' | 'internal' = 'public') => {
    issue = await anIssue(open().world, { level });
    const [row] = await open().world.query<{ id: string }>(`UPDATE publication SET subscribable = true RETURNING id`);
    publicationId = row!.id;
  };
  const ask = (more: Partial<SubscriptionRequest> = {}, client = '10.0.0.1') =>
    get(SubscriptionService).request(
      {
        ...{
          publicationId,
          name: '村民甲',
          affiliation: '某村村委会',
          channel: 'email',
          address: 'cun@village.example',
        },
        sections: [],
        ...more,
      },
      client,
    );
  const send = () => get(ProofSender).sendDue(never);
  const codeTo = (address: string, channel = open().email): string => {
    const message = channel.taken.filter((one) => one.address === address).at(-1)!;
    const { content } = message;
    return content.kind === 'sms' ? content.params.code! : /验证码：(\d{6})/.exec((content as EmailContent).text)![1]!;
  };
  const rows = () =>
    open().world.query<{ id: string; state: string; sealed: string | null; ended_via: string | null }>(
      'SELECT id, state, sealed, ended_via FROM subscription ORDER BY requested_at, id',
    );
  const subscribe = async (more: Partial<SubscriptionRequest> = {}) => {
    const { ref } = await ask(more);
    await send();
    const address = more.address ?? 'cun@village.example';
    await get(SubscriptionService).confirmByCode(
      ref,
      codeTo(address, more.channel === 'sms' ? open().sms : open().email),
    );
    const confirmed = (await rows()).filter(({ state }) => state === 'confirmed').map(({ id }) => id);
    await get(SubscriptionDeskService).approve(confirmed, people.editor);
    return (await rows()).find(({ id }) => confirmed.includes(id))!.id;
  };
  const publish = async () => {
    const { editionId } = await get(SignOffService).signOff(issue.issueId, issue.revision, people.approver);
    await get(PlanService).plan(editionId);
    return editionId;
  };

  return { start, ask, send, codeTo, rows, subscribe, publish };
}
