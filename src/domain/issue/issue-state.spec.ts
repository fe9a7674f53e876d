import {
  actsFrom,
  type IssueAct,
  issueActText,
  issueMachine,
  type IssueState,
  mayAct,
  mayBeDone,
  mayEdit,
  type PersonsAct,
  readyForReview,
  type Readiness,
  stateAfter,
} from './issue-state.js';
import { IllegalTransition } from '../machine.js';
import { type Role, roles } from '../roles.js';

const states = Object.keys(issueMachine.table) as IssueState[];
const acts = Object.keys(issueActText) as IssueAct[];

describe('acts on an issue', () => {
  it('walk the chain from draft to archive', () => {
    const chain: IssueAct[] = ['submitForReview', 'review', 'signOff', 'dispatch', 'archive'];
    expect(chain.reduce<IssueState>(stateAfter, 'drafting')).toBe('archived');
  });

  it('leave a way back from the archive', () => {
    expect(stateAfter('archived', 'unarchive')).toBe('dispatched');
    expect(stateAfter('archived', 'withdraw')).toBe('withdrawn');
  });

  it('void a sign-off by reopening', () => {
    expect(stateAfter('signedOff', 'reopen')).toBe('drafting');
    expect(() => stateAfter('dispatched', 'reopen')).toThrow(IllegalTransition);
  });

  it('lead a withdrawn issue back through the whole chain as a correction', () => {
    expect(stateAfter('withdrawn', 'correct')).toBe('drafting');
    expect(() => stateAfter('dispatched', 'correct')).toThrow(IllegalTransition);
  });

  it('are exactly the moves of the machine', () => {
    for (const state of states) {
      const reached = actsFrom(state).map((act) => stateAfter(state, act));
      expect([...reached].sort()).toEqual([...issueMachine.next(state)].sort());
    }
  });

  it('throw from every other state', () => {
    for (const state of states) {
      for (const act of acts.filter((other) => !actsFrom(state).includes(other))) {
        expect(() => stateAfter(state, act)).toThrow(IllegalTransition);
      }
    }
  });
});

describe('mayAct', () => {
  const reviewed = { publicationId: 'p', editorId: 'e', reviewerId: 'r', correction: 1 };
  const actor = (id: string, ...held: Role[]) => ({ id, roles: held });

  it.each<[PersonsAct, IssueState, Role[]]>([
    ['submitForReview', 'drafting', ['editor']],
    ['review', 'reviewing', ['reviewer']],
    ['sendBack', 'reviewing', ['reviewer', 'approver']],
    ['sendBack', 'awaitingSignOff', ['reviewer', 'approver']],
    ['signOff', 'awaitingSignOff', ['approver']],
    ['reopen', 'signedOff', ['editor', 'approver']],
    ['archive', 'dispatched', ['editor']],
    ['unarchive', 'archived', ['editor']],
    ['withdraw', 'dispatched', ['approver']],
    ['withdraw', 'archived', ['approver']],
    ['correct', 'withdrawn', ['editor', 'approver']],
    ['giveUpCorrection', 'drafting', ['editor', 'approver']],
    ['giveUpCorrection', 'awaitingSignOff', ['editor', 'approver']],
  ])('%s of an issue that is %s is for %s', (act, state, allowed) => {
    const able = roles.filter((role) => mayAct(act, actor('other', role), { state, ...reviewed }) === null);
    expect(able).toEqual(allowed);
  });

  it('refuses an act that the state does not allow, before it looks at roles', () => {
    expect(mayAct('signOff', actor('x'), { state: 'drafting', ...reviewed })).toMatchObject({
      code: 'issue.illegalMove',
      reason: '这一期现在是“编辑中”，不能“签发”。',
    });
  });

  it('gives up a correction only where one has begun', () => {
    const draft = { state: 'drafting', ...reviewed, correction: 0 } as const;
    expect(mayAct('giveUpCorrection', actor('x', 'editor'), draft)?.code).toBe('issue.illegalMove');
    expect(mayBeDone('giveUpCorrection', { ...draft, correction: 1 })).toBe(true);
  });

  it('refuses somebody without the role and says which one is needed', () => {
    expect(mayAct('review', actor('x', 'editor'), { state: 'reviewing', ...reviewed })).toMatchObject({
      code: 'account.needsRole',
      reason: '此操作需要审核人角色。',
    });
  });

  it('keeps the editor from reviewing and signing off, whatever their roles', () => {
    const everything = actor('e', ...roles);
    expect(mayAct('review', everything, { state: 'reviewing', ...reviewed })?.code).toBe('issue.sameEditorAndReviewer');
    expect(mayAct('signOff', everything, { state: 'awaitingSignOff', ...reviewed })?.code).toBe(
      'issue.sameEditorAndApprover',
    );
  });

  it('lets one person review and sign off what another edited', () => {
    const leader = actor('r', 'reviewer', 'approver');
    expect(mayAct('signOff', leader, { state: 'awaitingSignOff', ...reviewed })).toBeNull();
  });

  it('refuses somebody whose role holds for other publications, and tells a role that is missing first', () => {
    const issue = { state: 'awaitingSignOff', ...reviewed } as const;
    const only = (...publications: string[]) => ({ ...actor('a', 'approver'), publications });
    expect(mayAct('signOff', only('q'), issue)?.code).toBe('account.otherPublication');
    expect(mayAct('signOff', only('q', 'p'), issue)).toBeNull();
    expect(mayAct('signOff', only(), issue)).toBeNull();
    expect(mayAct('review', only('q'), { ...issue, state: 'reviewing' })?.code).toBe('account.needsRole');
  });

  it('refuses to sign off what was reviewed by its editor or by nobody knows whom', () => {
    const signOff = (editorId: string | null, reviewerId: string | null) =>
      mayAct('signOff', actor('a', 'approver'), { ...reviewed, state: 'awaitingSignOff', editorId, reviewerId })?.code;
    expect(signOff('e', 'e')).toBe('issue.sameEditorAndReviewer');
    expect(signOff('e', null)).toBe('issue.chainIncomplete');
    expect(signOff(null, 'r')).toBe('issue.chainIncomplete');
  });
});

describe('mayEdit', () => {
  it.each<[Role[], IssueState, boolean, string | null]>([
    [['editor'], 'drafting', false, null],
    [['approver'], 'signedOff', false, null],
    [['editor'], 'signedOff', true, 'issue.frozen'],
    [['editor'], 'reviewing', false, 'issue.frozen'],
    [['editor'], 'dispatched', true, 'issue.frozen'],
    [['reviewer'], 'drafting', false, 'account.needsRole'],
    [['auditor', 'reviewer'], 'signedOff', false, 'account.needsRole'],
  ])('%j in %s (planned: %s): %s', (held, state, planned, code) => {
    expect(mayEdit({ roles: held }, { state, publicationId: 'p' }, planned)?.code ?? null).toBe(code);
  });

  it('refuses an editor of other publications', () => {
    const draft = { state: 'drafting', publicationId: 'p' } as const;
    expect(mayEdit({ roles: ['editor'], publications: ['q'] }, draft, false)?.code).toBe('account.otherPublication');
    expect(mayEdit({ roles: ['editor'], publications: ['p'] }, draft, false)).toBeNull();
  });
});

describe('readyForReview', () => {
  const ready: Readiness = {
    series: '延津政务快报',
    date: '2025-04-03',
    issuer: '延津县人民政府办公室',
    scope: ['县委常委'],
    sections: [{ name: '城市建设', items: [{ headline: null, body: '正文。' }] }],
  };

  it('is satisfied with an item that has no headline', () => {
    expect(readyForReview(ready)).toEqual([]);
  });

  it('lists everything that is missing', () => {
    expect(readyForReview({ series: ' ', date: null, issuer: null, scope: [''], sections: [] })).toEqual([
      '没有刊物名称。',
      '没有日期。',
      '没有编发单位。',
      '没有发送范围。',
      '没有稿件。',
    ]);
  });

  it('says where an item or a section is empty', () => {
    const sections = [
      {
        name: '城市建设',
        items: [
          { headline: '标题', body: '正文' },
          { headline: '标题', body: ' \n' },
        ],
      },
      { name: null, items: [] },
    ];
    expect(readyForReview({ ...ready, sections })).toEqual([
      '栏目“城市建设”的第2条稿件没有正文。',
      '第2个栏目没有稿件。',
    ]);
  });
});
