import { Progress } from '../../dispatch/after/progress.js';
import { ProgressRepository } from '../../dispatch/after/progress.repository.js';
import { WithdrawalService } from '../../dispatch/acts/withdrawal.service.js';
import { SubscriptionDeskService } from '../../distribution/subscriptions/subscription-desk.service.js';
import { SubscriptionRepository } from '../../distribution/subscriptions/subscription.repository.js';
import { SubscriptionService } from '../../distribution/subscriptions/subscription.service.js';
import { IssueService } from '../../issues/issue.service.js';
import { AmendmentService } from '../../organisation/amendment.service.js';
import { ContactService } from '../../organisation/contact.service.js';
import { PreferenceService } from '../../organisation/preference.service.js';
import { PersonRepository } from '../../organisation/person.repository.js';
import type { BookMessage } from '../../sandbox/book.js';
import type { Sandbox } from '../../sandbox/sandbox.js';
import type { Service } from '../service.js';
import { importOnce, load, signOff, type Staff } from './office.js';

const PATIENCE_MS = 60_000;

/** Addresses that stopped working, see the fault tables in sandbox/: mailbox gone, number unreachable, number invalid. */
const dead = [
  ['戚乙', 'email', 'nouser105@yanjin.example'],
  ['水乙', 'sms', '15400009906'],
  ['苏乙', 'sms', '15400119901'],
] as const;

/**
 * What an office has on its desk after some weeks, made by the services a person's buttons call: an issue that was archived,
 * one that was corrected, one that did not reach everybody, one to review, one to edit, wishes of recipients and of people who
 * ask for a subscription. Safe to repeat after it was cut off.
 */
export async function furnish(service: Service, sandbox: Sandbox, staff: Staff): Promise<void> {
  await archived(service, staff);
  await corrected(service, staff);
  await notReached(service, staff);
  const toReview = await load(service, await importOnce(service, 'issue-15.txt', staff.editor));
  if (toReview.state === 'drafting')
    await service.get(IssueService).act(toReview.id, toReview.revision, 'submitForReview', staff.editor);
  await importOnce(service, 'issue-16.txt', staff.editor);
  await wishes(service, staff);
  await subscribers(service, sandbox, staff, toReview.publicationId);
}

async function archived(service: Service, staff: Staff): Promise<void> {
  const issueId = await importOnce(service, 'issue-11.txt', staff.editor);
  if ((await load(service, issueId)).state === 'archived') return;
  await sent(service, staff, issueId);
  const { revision } = await load(service, issueId);
  await service.get(IssueService).act(issueId, revision, 'archive', staff.editor);
}

async function corrected(service: Service, staff: Staff): Promise<void> {
  const issueId = await importOnce(service, 'issue-12.txt', staff.editor);
  const issues = service.get(IssueService);
  if ((await load(service, issueId)).correction === 0) {
    const edition = await sent(service, staff, issueId);
    const { revision } = await load(service, issueId);
    await issues.act(issueId, revision, 'withdraw', staff.approver, '检查学校食堂的数目有误');
    await service.get(WithdrawalService).tell(edition.id, staff.approver);
    const { revision: next } = await load(service, issueId);
    await issues.act(issueId, next, 'correct', staff.editor, '检查学校食堂应为164家');
  }
  const issue = await load(service, issueId);
  if (issue.state === 'drafting') {
    const sections = issue.sections.map((section) => ({
      ...section,
      items: section.items.map((item) => ({ ...item, body: item.body.replace('146家', '164家') })),
    }));
    const { number } = issue;
    await issues.edit(issueId, issue.revision, { ...issue, number, sections, levelReason: undefined }, staff.editor);
  }
  await signOff(service, staff, issueId);
}

async function notReached(service: Service, staff: Staff): Promise<void> {
  const contacts = service.get(ContactService);
  for (const [name, kind, address] of dead) {
    const [person] = await service.get(PersonRepository).named(name, 1);
    if (person) await contacts.save(person.id, kind, address, staff.editor);
  }
  await sent(service, staff, await importOnce(service, 'issue-13.txt', staff.editor));
}

/** Signed off, every message handed over, and the first people have read it. */
async function sent(service: Service, staff: Staff, issueId: string): Promise<{ id: string }> {
  const edition = await signOff(service, staff, issueId);
  await until(async () => {
    const { state } = await load(service, issueId);
    return state === 'dispatched' && (await service.get(Progress).progressOf(edition.id)).finished;
  });
  await until(async () => (await service.get(ProgressRepository).copies(edition.id)).acknowledged > 3);
  return edition;
}

async function wishes(service: Service, staff: Staff): Promise<void> {
  for (const [name, text] of [
    ['谢乙', '我的手机号码已更换，请与镇党政办联系登记新号码。'],
    ['窦乙', '我的职务应为“乡长”，发来的短信写成了“副乡长”，请更正。'],
  ] as const) {
    const [person] = await service.get(PersonRepository).named(name, 1);
    if (person) await service.get(AmendmentService).ask(person.id, text);
  }
  const [onPaper] = await service.get(PersonRepository).named('尤乙', 1);
  if (onPaper) await service.get(PreferenceService).bringOnPaper(onPaper.id, true, staff.editor);
}

/** Two people ask and confirm by the code in their mail; the office has let in the first. */
async function subscribers(service: Service, sandbox: Sandbox, staff: Staff, publicationId: string): Promise<void> {
  const desk = service.get(SubscriptionDeskService);
  await desk.setOpen(publicationId, true, staff.editor);
  for (const [name, affiliation, address, admitted] of [
    ['订户甲', '县委退休干部', 'reader1@villages.example', true],
    ['订户乙', '东屯镇某村村民委员会', 'reader2@villages.example', false],
  ] as const) {
    const asked = { publicationId, name, affiliation, channel: 'email' as const, address, sections: [] };
    const { ref } = await service.get(SubscriptionService).request(asked, 'demo');
    const mail = await until(() => newestTo(sandbox, address));
    const code = /验证码：(\d{6})/.exec(mail.text)?.[1];
    if (!code) continue; // asked more often today than an address may
    await service.get(SubscriptionService).confirmByCode(ref, code);
    if (!admitted) continue;
    const waiting = await service.get(SubscriptionRepository).listSubscriptions(['confirmed'], 10, 0);
    await desk.approve(
      waiting.map(({ id }) => id),
      staff.editor,
    );
  }
}

const newestTo = (sandbox: Sandbox, address: string): BookMessage | undefined =>
  sandbox.book.messages().findLast((message) => message.to === address);

async function until<T>(look: () => Promise<T | undefined | false> | T | undefined | false): Promise<T> {
  const patience = Date.now() + PATIENCE_MS;
  for (;;) {
    const seen = await look();
    if (seen) return seen;
    if (Date.now() > patience) throw new Error('the demo waited in vain');
    await new Promise((done) => setTimeout(done, 100));
  }
}
