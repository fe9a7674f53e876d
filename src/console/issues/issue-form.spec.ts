import type { StoredIssue } from '../../issues/issue.repository.js';
import { draftOf, type IssueDraft, readDraft, toChanges } from './issue-form.js';

const issue: StoredIssue = {
  id: 'a',
  publicationId: 'p',
  publicationName: '延津政务快报',
  kind: 'regular',
  year: 2025,
  proposedNumber: 14,
  number: null,
  trial: false,
  serialNumber: null,
  issuedOn: '2025-04-03',
  issuer: '延津县人民政府办公室',
  level: 'internal',
  markedLevel: 'internal',
  loweredTo: null,
  levelReason: null,
  correction: 0,
  correctionNote: null,
  urgency: 'normal',
  scope: ['县委常委', '各乡（镇）政府、街道办事处主要领导'],
  scopeLabel: '本期发',
  editorName: '李勉',
  reviewerName: null,
  approverName: null,
  editorId: null,
  reviewerId: null,
  state: 'drafting',
  revision: 3,
  warnings: [],
  sections: [
    {
      name: '城市建设',
      items: [{ headline: '标题', body: '第一段\n第二段', unitName: '住建城管局', author: null }],
    },
  ],
};

const draft = (changes: Partial<IssueDraft> = {}): IssueDraft => ({ ...draftOf(issue), ...changes });
const faultFields = (changed: Partial<IssueDraft>): string[] => {
  const reading = toChanges(draft(changed), issue);
  return reading.ok ? [] : reading.faults.map(({ field }) => field);
};

it('gives back what was stored when nothing is typed', () => {
  const { number, proposedNumber, ...rest } = issue;
  const reading = toChanges(draft(), issue);
  expect(number).toBeNull();
  expect(reading).toMatchObject({ ok: true, revision: 3, changes: { number: proposedNumber, scope: rest.scope } });
  expect(reading.ok && reading.changes.sections).toEqual(issue.sections);
});

it('reads nested fields in order of their numbers and folds line ends', () => {
  const read = readDraft({
    revision: '3',
    'sections.2.name': '二',
    'sections.0.name': '一',
    'sections.0.items.10.body': '后',
    'sections.0.items.2.body': '前\r\n段',
    'sections.0.items.2.headline': ['先', '重复'],
  });
  expect(read.sections.map(({ name }) => name)).toEqual(['一', '二']);
  expect(read.sections[0]?.items.map(({ body }) => body)).toEqual(['前\n段', '后']);
  expect(read.sections[0]?.items[0]?.headline).toBe('先');
});

it('takes a scope pasted as one printed line', () => {
  const reading = toChanges(draft({ scope: '本期发：县委常委，县人大正副主任。' }), issue);
  expect(reading.ok && reading.changes.scope).toEqual(['县委常委', '县人大正副主任']);
});

it('keeps 报, 送 and 发 of a scope', () => {
  const scope = '报：县委常委。\n发：各乡（镇）政府、街道办事处主要领导。';
  const reading = toChanges(draft({ scope }), issue);
  expect(reading.ok && reading.changes.addressing).toEqual(['up', 'down']);
  expect(draftOf({ ...issue, addressing: ['up', 'down'] }).scope).toBe(
    '报：县委常委\n发：各乡（镇）政府、街道办事处主要领导',
  );
});

it('takes paragraphs without their indents and blank lines', () => {
  const item = { headline: '', unitName: '', author: '', body: '　　第一段。\n\n    第二段。 \n' };
  const reading = toChanges(draft({ sections: [{ name: '', items: [item] }] }), issue);
  expect(reading.ok && reading.changes.sections[0]?.items[0]?.body).toBe('第一段。\n第二段。');
});

it('reads full-width digits', () => {
  const reading = toChanges(draft({ number: '１５', serialNumber: '' }), issue);
  expect(reading.ok && reading.changes).toMatchObject({ number: 15, serialNumber: null });
});

it.each<[Partial<IssueDraft>, string]>([
  [{ number: '第14期' }, 'number'],
  [{ serialNumber: '0' }, 'serialNumber'],
  [{ issuedOn: '2025-02-30' }, 'issuedOn'],
  [{ level: 'topSecret' }, 'level'],
  [{ urgency: '' }, 'urgency'],
  [{ issuer: '长'.repeat(201) }, 'issuer'],
  [
    { sections: [{ name: '', items: [{ headline: '长'.repeat(201), unitName: '', author: '', body: '' }] }] },
    'sections.0.items.0.headline',
  ],
])('finds the fault in %j', (changed, field) => {
  expect(faultFields(changed)).toEqual([field]);
});

it('asks for a reason when the level goes down, and only then', () => {
  expect(faultFields({ level: 'public' })).toEqual(['levelReason']);
  expect(faultFields({ level: 'workSecret' })).toEqual([]);
  expect(toChanges(draft({ level: 'public', levelReason: '经审查可公开' }), issue)).toMatchObject({
    ok: true,
    changes: { level: 'public', levelReason: '经审查可公开' },
  });
});

it('reports all faults at once', () => {
  expect(faultFields({ number: 'x', level: 'public', issuedOn: 'y' })).toEqual(['number', 'issuedOn', 'levelReason']);
});

it('refuses a form without a revision', () => {
  expect(toChanges(draft({ revision: '' }), issue).ok).toBe(false);
});
