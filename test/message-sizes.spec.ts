import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { composeMail } from '../src/channels/email/mime.js';
import { parseBulletin } from '../src/domain/bulletin/parse.js';
import { type EditionContent, editionTitle } from '../src/domain/issue/edition.js';
import { smsParts } from '../src/domain/sending/message-text.js';
import { importedContent } from '../src/issues/imported-content.js';
import { compose, type RenditionOf } from '../src/rendering/compose.js';
import { fill } from '../src/rendering/slots.js';
import { seedOffice, seedPerson } from '../src/rendering/testing/seed-edition.js';
import { contentOf } from './documents.js';

/** The whole issue that all tests publish, as sign-off freezes it. */
function seedIssue(): EditionContent {
  const read = parseBulletin(readFileSync(join(import.meta.dirname, 'fixtures', 'bulletins', 'seed.txt')));
  if (read.kind !== 'bulletin') throw new Error('the seed bulletin cannot be read');
  const publication = read.bulletin.series ?? '';
  const { number, serialNumber, issuedOn, ...content } = importedContent(read.bulletin);
  return {
    ...content,
    ...{ publication, title: editionTitle({ publication, number }) },
    ...{ number, serialNumber, date: issuedOn, year: 2025, scopeLabel: '本期发', level: 'public' },
  };
}

const bytes = (text: string) => Buffer.byteLength(text).toLocaleString('en');

const rows: readonly (readonly [string, RenditionOf])[] = [
  ['e-mail, whole text', { channel: 'email', carry: 'fullText', purpose: 'initial', round: 0 }],
  ['e-mail, notice', { channel: 'email', carry: 'notice', purpose: 'initial', round: 0 }],
  ['e-mail, reminder', { channel: 'email', carry: 'notice', purpose: 'reminder', round: 1 }],
  ['e-mail, withdrawal', { channel: 'email', carry: 'notice', purpose: 'withdrawal', round: 0 }],
  ['SMS, public issue', { channel: 'sms', carry: 'digest', purpose: 'initial', round: 0 }],
  ['SMS, internal issue', { channel: 'sms', carry: 'notice', purpose: 'initial', round: 0 }],
  ['SMS, reminder', { channel: 'sms', carry: 'notice', purpose: 'reminder', round: 1 }],
  ['SMS, withdrawal', { channel: 'sms', carry: 'notice', purpose: 'withdrawal', round: 0 }],
  ['SMS, to a subscriber', { channel: 'sms', carry: 'digest', purpose: 'initial', round: 0, subscriber: true }],
  ['WeCom card, public issue', { channel: 'wecom', carry: 'digest', purpose: 'initial', round: 0 }],
  ['WeCom card, internal issue', { channel: 'wecom', carry: 'notice', purpose: 'initial', round: 0 }],
  ['WeCom card, reminder', { channel: 'wecom', carry: 'notice', purpose: 'reminder', round: 1 }],
];

/** As the vendor counts it. */
function size(what: RenditionOf): string {
  const content = fill(compose(seedIssue(), what, seedOffice), seedPerson);
  switch (content.kind) {
    case 'email': {
      const mail = composeMail({
        ...{ deliveryId: '0b2f9bb5-7f2e-4b5e-9a53-0a4d2ff2a6a1', messageIdDomain: 'yanjin.gov.cn' },
        ...{ from: { name: seedOffice.officeName, address: 'kb@yanjin.gov.cn' }, to: 'r001@yanjin.gov.cn' },
        ...{ subject: content.subject, text: content.text, html: content.html, date: new Date('2025-04-03T02:00:00Z') },
        list: { name: seedOffice.officeName, id: 'kuaibao.yanjin.gov.cn' },
      });
      return `${bytes(mail)} bytes, of which HTML ${bytes(content.html)} and text ${bytes(content.text)} before base64`;
    }
    case 'sms': {
      const parts = smsParts(content.text);
      return `${content.text.length} characters, ${parts.length === 1 ? '1 part' : `${parts.length} parts`} (${parts.map((part) => part.length).join(' + ')})`;
    }
    case 'wechat':
      return 'cut to what each field takes';
    case 'wecom':
      return `title ${bytes(content.title)} of 128 bytes, description ${bytes(content.description)} of 512`;
  }
}

it('says in the documents what each message of the seed issue weighs', () => {
  const table = rows.map(([name, what]) => `| ${name} | ${size(what)} |`).join('\n');
  expect(contentOf('docs/sending.md')).toContain(table);
});
