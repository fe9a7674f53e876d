import type { ScopeEntry } from '../../domain/scope/scope.js';
import { previewView, readChannel } from './preview-view.js';

const entry: ScopeEntry = {
  personId: 'p1',
  name: '赵甲',
  postId: 'o1',
  postTitle: '县委书记',
  unitName: '县委',
  unitKind: 'leader',
  protocolOrder: 1,
  acting: false,
  liaison: null,
  groups: ['县委常委'],
};
const of = (rendered: Parameters<typeof previewView>[0]['rendered'], channel: 'email' | 'sms' | 'wecom' = 'sms') =>
  previewView({ issueId: 'i', channel, personId: 'p1', entries: [entry], rendered });

it('counts characters and parts of an SMS as the network bills them', () => {
  const content = {
    kind: 'sms',
    template: 'notice',
    signName: '',
    templateCode: 'T',
    params: {},
    text: '字'.repeat(71),
  } as const;
  const { sms } = of({ content, carry: 'digest' });
  expect(sms).toMatchObject({ characters: 71, template: 'T' });
  expect(sms?.parts.map((part) => part.length)).toEqual([67, 4]);
});

it('counts a plain card in bytes, and one with a button in characters', () => {
  const content = { kind: 'wecom', title: '快报', description: '一二三', url: '', buttonText: '查阅' } as const;
  expect(of({ content, carry: 'notice' }, 'wecom').wecom).toMatchObject({
    titleSize: '6／128字节',
    textSize: '9／512字节',
    buttons: ['查阅'],
  });
  const rendered = { content, carry: 'notice' } as const;
  const view = previewView({
    ...{ issueId: 'i', channel: 'wecom', personId: 'p1', entries: [entry], rendered },
    cardFrom: '某县人民政府办公室',
  } as const);
  expect(view.wecom).toMatchObject({
    source: '某县人民政府办公室',
    titleSize: '2／36字',
    textSize: '3／160字',
    buttons: ['查阅全文', '签收'],
  });
});

it('keeps the person when the channel changes', () => {
  const view = of({ gateClosed: '不得发送。' });
  expect(view.tabs.map(({ href }) => href)).toContain('/issues/i/preview?channel=wecom&person=p1');
  expect(view).toMatchObject({ gateClosed: '不得发送。', sms: null, email: null });
});

it('shows e-mail when the address names no channel', () => {
  expect(readChannel('fax')).toBe('email');
});
