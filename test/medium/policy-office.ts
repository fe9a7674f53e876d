import type { INestApplicationContext, Type } from '@nestjs/common';
import { DeliveryService } from '../../src/dispatch/send/delivery.service.js';
import { PlanService } from '../../src/dispatch/plan/plan.service.js';
import { Sweeper } from '../../src/dispatch/after/sweeper.js';
import { defaultPolicy, type PublicationPolicy } from '../../src/domain/sending/channel-policy.js';
import { PublicationRepository } from '../../src/issues/publication.repository.js';
import { PublicationService } from '../../src/issues/publication.service.js';
import { SignOffService } from '../../src/issues/sign-off.service.js';
import { anIssue, type IssueWish } from '../builders.js';
import { people, type World } from '../world.js';

const never = new AbortController().signal;

export const beijing = (text: string) => new Date(`${text}:00+08:00`);

/**
 * What happens in an office under the policy of its publication.
 *
 * @param world gives the one of the running test
 * @param wished of every issue
 */
export function policyOffice(world: () => World, wished: IssueWish = {}) {
  const get = <T>(type: Type<T>) => world().get(type);
  /** Signed off at `at`, Beijing time, under the policy, and planned. */
  const signedAt = async (
    at: string,
    policy: Partial<PublicationPolicy> = {},
    urgent: { level: string; reason?: string } = { level: 'normal' },
  ): Promise<string> => {
    world().clock.setTo(at);
    const { issueId, revision } = await anIssue(world(), wished);
    const { id } = await get(PublicationRepository).ofIssue(issueId);
    await get(PublicationService).setPolicy(id, { ...defaultPolicy, ...policy }, people.editor);
    await world().query('UPDATE issue SET urgency = $1', [urgent.level]);
    const signing = get(SignOffService).signOff(issueId, revision, people.approver, undefined, urgent.reason);
    const { editionId } = await signing;
    await get(PlanService).plan(editionId);
    return editionId;
  };
  const send = async (app: INestApplicationContext = world().app) => {
    for (const kind of ['email', 'sms', 'wecom'] as const) await app.get(DeliveryService).sendDue(kind, never);
  };
  const sweep = (app: INestApplicationContext = world().app) => app.get(Sweeper).sweep();
  const waiting = () =>
    world().query(`SELECT deferred, next_attempt_at AS at, count(*)::int AS n FROM delivery
      WHERE state = 'planned' GROUP BY 1, 2 ORDER BY 2`);
  const wish = (copyNumber: number, columns: string, ...values: unknown[]) =>
    world().query(
      `INSERT INTO preference (person_id, ${columns}) SELECT p.id, ${values.map((_, i) => `$${i + 2}`).join(', ')}
       FROM person p JOIN tenure t ON t.person_id = p.id JOIN post ON post.id = t.post_id WHERE post.protocol_order = $1`,
      [copyNumber, ...values],
    );
  return { signedAt, send, sweep, waiting, wish };
}
