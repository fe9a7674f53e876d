import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Book, type NewMessage } from './book.js';

let dir: string;
let book: Book;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'kuaibao-book-'));
  book = new Book(dir);
});
afterEach(() => {
  book.close();
  rmSync(dir, { recursive: true });
});

function sms(reference: string, changes: Partial<NewMessage> = {}): NewMessage {
  return {
    provider: 'aliyun',
    kind: 'sms',
    reference,
    to: '15400000001',
    providerId: '1',
    shown: true,
    title: '',
    text: '汛情',
    ...changes,
  };
}

const mail = (reference: string, messageId: string) =>
  sms(reference, { provider: 'smtp', kind: 'email', to: 'a@example.cn', messageId });

/** As after a kill: nothing closed, everything read again. */
function openAgain(): Book {
  book.close();
  book = new Book(dir);
  return book;
}

describe('Book', () => {
  it('knows everything again when it is opened again', () => {
    book.add(sms('1', { report: { status: 'delivered', code: 'DELIVERED', dueAt: '2026-01-01T00:00:00.000Z' } }));
    book.add(mail('2', '<2@x>'), '<p>汛情</p>');
    const before = book.all();
    expect(openAgain().all()).toEqual(before);
    expect(book.htmlOf(2)).toBe('<p>汛情</p>');
    expect(book.reportsDue('aliyun')).toHaveLength(1);
    book.markReported(1, 'taken');
    expect(openAgain().reportsDue('aliyun')).toHaveLength(0);
  });

  it('forgets only the line a kill tore, and goes on after it', () => {
    book.add(mail('1', '<1@x>'), '<p>一</p>');
    appendFileSync(join(dir, 'book.jsonl'), '{"type":"message","mess');
    openAgain().add(mail('2', '<2@x>'), '<p>二</p>');
    expect(
      openAgain()
        .all()
        .map(({ reference }) => reference),
    ).toEqual(['1', '2']);
    expect(book.htmlOf(2)).toBe('<p>二</p>');
  });

  it('counts as duplicates what a recipient has on the phone twice', () => {
    book.add(sms('1'));
    book.add(sms('1', { shown: false }));
    expect(book.duplicates()).toHaveLength(0);
    book.add(sms('1'));
    book.add(sms('1', { provider: 'wecom' }));
    expect(book.duplicates()).toHaveLength(1);
  });

  it('counts mail under an equal Message-ID as a repeat, under another as a duplicate', () => {
    book.add(mail('1', '<1@x>'));
    book.add(mail('1', '<1@x>'));
    expect([book.repeats().length, book.duplicates().length]).toEqual([1, 0]);
    book.add(mail('1', '<other@x>'));
    expect([book.repeats().length, book.duplicates().length]).toEqual([1, 1]);
  });

  it('counts what each provider took and what phones show', () => {
    book.add(sms('1'));
    book.add(sms('2', { shown: false }));
    expect(book.counts()).toMatchObject({ aliyun: { taken: 2, shown: 1 }, smtp: { taken: 0, shown: 0 } });
  });

  it('tells listeners until they have enough', () => {
    const heard: string[] = [];
    const end = book.onMessage(({ reference }) => heard.push(reference));
    book.add(sms('1'));
    end();
    book.add(sms('2'));
    expect(heard).toEqual(['1']);
  });
});
