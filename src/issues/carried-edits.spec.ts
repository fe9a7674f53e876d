import { carriedEdits } from './carried-edits.js';
import type { ImportedContent } from './imported-content.js';
import type { IssueItem } from './issue.repository.js';

/** Edits by hand, when the original is read once more. */

const item = (headline: string, more: Partial<IssueItem> = {}): IssueItem => ({
  ...{ headline, body: `${headline}的正文`, unitName: null, author: null },
  ...more,
});
const before: ImportedContent = {
  ...{ number: 14, serialNumber: null, issuedOn: '2025-04-03', issuer: '县府办', level: 'internal', urgency: 'normal' },
  ...{ scope: ['县委常委'], addressing: [null], editorName: null, reviewerName: null, approverName: null },
  sections: [
    { name: '要情', items: [item('甲'), item('乙')] },
    { name: '基层', items: [item('丙')] },
  ],
};
const withItems = (...sections: [string | null, IssueItem[]][]): ImportedContent => ({
  ...before,
  sections: sections.map(([name, items]) => ({ name, items })),
});

it('nothing was edited: all is as it is read now', () => {
  const fresh = withItems(['要情', [item('甲')]], ['乙', [item('丙')]]);
  expect(carriedEdits(before, before, fresh)).toEqual({ content: fresh, isEdited: false, kept: [], lost: [] });
});

it('a field of the head that was filled in stays, and the others follow', () => {
  const mine = { ...before, editorName: '李勉', scope: ['县委常委', '县直单位'], addressing: [null, 'down' as const] };
  const { content, kept, lost, isEdited } = carriedEdits(before, mine, { ...before, number: 15, scope: ['无'] });
  expect(content).toMatchObject({ number: 15, editorName: '李勉', scope: mine.scope, addressing: mine.addressing });
  expect({ kept, lost, isEdited }).toEqual({ kept: ['发送范围', '责任编辑'], lost: [], isEdited: true });
});

it('an edited item stays with its item, wherever that stands now', () => {
  const mine = withItems(['要情', [item('甲'), item('乙', { unitName: '水利局' })]], ['基层', [item('丙')]]);
  const fresh = withItems(['要情', [item('甲')]], ['新栏目', [item('乙')]], ['基层', [item('丙')]]);
  const { content, kept, lost } = carriedEdits(before, mine, fresh);
  expect(content.sections[1]?.items).toEqual([item('乙', { unitName: '水利局' })]);
  expect({ kept, lost }).toEqual({ kept: ['稿件“乙”的报送单位'], lost: [] });
});

it('an item that is cut otherwise now keeps the fields that the cut does not touch', () => {
  const mine = withItems(
    ['要情', [item('甲', { unitName: '水利局', body: '改过' }), item('乙')]],
    ['基层', [item('丙')]],
  );
  const fresh = withItems(
    ['要情', [item('甲', { headline: '甲的', body: '正文' }), item('乙')]],
    ['基层', [item('丙')]],
  );
  const { content, kept, lost } = carriedEdits(before, mine, fresh);
  expect(content.sections[0]?.items[0]).toEqual({ headline: '甲的', body: '正文', unitName: '水利局', author: null });
  expect({ kept, lost }).toEqual({ kept: ['稿件“甲”的报送单位'], lost: ['稿件“甲”的正文'] });
});

it('an edited item that is no more is named', () => {
  const mine = withItems(['要情', [item('甲', { body: '改过' }), item('乙')]], ['基层', [item('丙')]]);
  const { lost } = carriedEdits(before, mine, withItems(['要情', [item('甲乙')]], ['基层', [item('丙')]]));
  expect(lost).toEqual(['稿件“甲”']);
});

it('items that were added, removed or moved are named, whatever is read', () => {
  const mine = withItems(['要情', [item('甲'), item('乙'), item('丁')]], ['基层', [item('丙')]]);
  const { content, lost } = carriedEdits(before, mine, before);
  expect(lost).toEqual(['增加、删除、移动过的栏目和稿件', '稿件“丁”']);
  expect(content.sections).toEqual(before.sections);
});

it('the name of a section stays as it was written, where the section is still there', () => {
  const mine = withItems(['要闻', before.sections[0]!.items], ['一线', before.sections[1]!.items]);
  const fresh = withItems(['要情', [item('甲')]], ['别的', [item('乙'), item('丙')]]);
  const { content, kept, lost } = carriedEdits(before, mine, fresh);
  expect(content.sections.map(({ name }) => name)).toEqual(['要闻', '别的']);
  expect({ kept, lost }).toEqual({ kept: ['栏目名“要闻”'], lost: ['栏目名“一线”'] });
});

it('a level that was chosen is never lowered by a reading, and a stricter mark that is found now holds', () => {
  const strict = { ...before, level: 'workSecret' as const };
  expect(carriedEdits(strict, strict, before).content.level).toBe('workSecret');
  expect(carriedEdits(before, before, strict).content.level).toBe('workSecret');
  expect(carriedEdits(strict, before, strict).content.level).toBe('internal');
});
