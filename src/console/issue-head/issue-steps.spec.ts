import { issueSteps, offeredActs } from './issue-steps.js';

const facts = {
  id: 'i',
  publicationId: 'p',
  state: 'drafting',
  editor: '李编辑',
  reviewer: null,
  signed: null,
  planned: false,
} as const;
const statuses = (changes: Partial<Parameters<typeof issueSteps>[0]>): string[] =>
  issueSteps({ ...facts, ...changes }).map(({ status }) => status.text);

it('shows where the issue is', () => {
  expect(statuses({})).toEqual(['进行中', '未开始', '未开始', '未开始']);
  expect(statuses({ state: 'awaitingSignOff' })).toEqual(['已完成', '已完成', '待签发', '未开始']);
  expect(statuses({ state: 'signedOff', signed: '范签发' })).toEqual(['已完成', '已完成', '已完成', '待发送']);
  expect(statuses({ state: 'dispatched', signed: '范签发', planned: true })).toEqual(Array(4).fill('已完成'));
  expect(statuses({ state: 'withdrawn', signed: '范签发', planned: true }).at(-1)).toBe('已撤回');
});

it('links to the page where the step is done', () => {
  const hrefs = (changes: object) => issueSteps({ ...facts, ...changes }).map(({ href }) => href);
  expect(hrefs({})[0]).toBe('/issues/i/edit');
  expect(hrefs({ state: 'awaitingSignOff' })[2]).toBe('/issues/i/sign-off');
  expect(hrefs({ state: 'dispatched', planned: true })[3]).toBe('/issues/i/progress');
});

const issue = {
  id: 'i',
  publicationId: 'p',
  state: 'awaitingSignOff',
  editorId: 'e',
  reviewerId: 'r',
  correction: 0,
} as const;
const offers = (roles: Parameters<typeof offeredActs>[0]['roles'], id = 'x') =>
  offeredActs({ id, roles }, issue, false);

it('offers what the account may do and says why not otherwise', () => {
  const approver = offers(['approver']);
  expect(approver.offered.map(({ act }) => act)).toEqual(['sendBack', 'signOff']);
  expect(approver.offered.find(({ act }) => act === 'signOff')?.confirmAt).toBe('/issues/i/sign-off');
  const editor = offers(['editor']);
  expect(editor.offered).toEqual([]);
  expect(editor.refused.map(({ text }) => text)).toEqual(['退回', '签发']);
});

it('refuses sign-off to the editor of the issue, whatever the roles', () => {
  const { refused } = offers(['editor', 'approver'], 'e');
  expect(refused).toEqual([{ text: '签发', reason: expect.stringContaining('责任编辑') as string }]);
});

it('offers to give up a correction, and only that', () => {
  const { offered } = offeredActs({ id: 'x', roles: ['editor'] }, { ...issue, correction: 1 }, false);
  expect(offered).toEqual([
    {
      act: 'giveUpCorrection',
      text: '放弃更正',
      confirmAt: '/issues/i/give-up-correction',
      reason: null,
      quiet: false,
    },
  ]);
});

it('does not offer to send or, once planned, to reopen', () => {
  const signed = { ...issue, state: 'signedOff' } as const;
  const acts = (planned: boolean) =>
    offeredActs({ id: 'x', roles: ['editor', 'approver'] }, signed, planned).offered.map(({ act }) => act);
  expect(acts(false)).toEqual(['reopen', 'withdraw']);
  expect(acts(true)).toEqual(['withdraw']);
});

it('has the archive come next only when nobody is left to chase, and leads back from it', () => {
  const archive = (left: number) =>
    offeredActs({ id: 'x', roles: ['editor'] }, { ...issue, state: 'dispatched' }, true, left).offered;
  expect(archive(0)).toMatchObject([{ act: 'archive', confirmAt: '/issues/i/archive', quiet: false }]);
  expect(archive(1)).toMatchObject([{ act: 'archive', quiet: true }]);
  const { offered } = offeredActs({ id: 'x', roles: ['editor', 'approver'] }, { ...issue, state: 'archived' }, true);
  expect(offered.map(({ act }) => act)).toEqual(['unarchive', 'withdraw']);
});
