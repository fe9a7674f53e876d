import { readBounceMail } from '../src/channels/email/bounce-mail.js';
import { readDeliveryStatus } from '../src/channels/email/dsn.js';
import { dataBlock } from '../src/channels/email/smtp-text.js';
import { readDraft, toChanges } from '../src/console/issues/issue-form.js';
import { asksToEnd } from '../src/domain/sending/end-wish.js';
import { disarmed, rearmed } from '../src/domain/list-file/formula.js';
import { ScopeIndex } from '../src/domain/scope/indexed-names.js';
import { maskEmail, readEmail, readMobile, readWecom } from '../src/domain/people/address.js';
import { clipCharacters, clipUtf8, digestLine, smsParts } from '../src/domain/sending/message-text.js';
import { readHolder, readName, readOfficers } from '../src/domain/list-file/people-cell.js';
import { isPlaceholder } from '../src/domain/text/placeholder.js';
import * as cells from '../src/domain/list-file/roster-cells.js';
import { columnOf, columnWithin } from '../src/domain/list-file/roster-header.js';
import { guessMapping, headerRowOf, isHeadingAgain } from '../src/domain/list-file/roster-mapping.js';
import { sameKey } from '../src/domain/text/same-text.js';
import { seatsAsked } from '../src/domain/scope/scope-asked.js';
import { unitClassOf } from '../src/domain/scope/scope-class.js';
import { ScopeDirectory } from '../src/domain/scope/scope-directory.js';
import { labelGrammar } from '../src/domain/scope/scope-grammar.js';
import { groupCore, normaliseGroupName, titleFormsIn, unitForms } from '../src/domain/scope/scope-names.js';
import { readLabel } from '../src/domain/scope/scope-reading.js';
import type { Seat } from '../src/domain/scope/scope-seat.js';
import { readScopeText } from '../src/domain/scope/scope-text.js';
import { proposeLevel } from '../src/domain/issue/secrecy.js';
import { unitKindOf } from '../src/domain/people/unit-kind.js';
import { initialsOf } from '../src/organisation/initials.js';
import { tidy } from '../src/rendering/email.js';
import { filable } from '../src/rendering/sms.js';
import { wrapText } from '../src/rendering/wrap-text.js';
import { growsTooFast } from './hostile-text.js';

/** Whatever comes from outside is read in time that grows with its length, however it is made up. */

const seat: Seat = {
  ...{ postId: 'p', unitId: 'u', unitName: '县财政局', bodyKind: 'government', unitKind: 'unit', postTitle: '局长' },
  ...{ level: 'principal', tags: [], protocolOrder: 1, groupIds: ['g'], liaison: null, holder: null },
};
const group = {
  id: 'g',
  name: '县委常委',
  aliases: ['常委'],
  rule: null,
  parts: [],
  excludedParts: [],
  excludedPosts: [],
};
const index = new ScopeIndex([group], [{ id: 'u', name: '县财政局', formerNames: [] }], []);
const directory = new ScopeDirectory(index, [seat]);

const form = (text: string) =>
  toChanges(
    readDraft({
      ...{ revision: '1', number: text, serialNumber: text, issuedOn: text, issuer: text, level: 'internal' },
      ...{ urgency: 'normal', scope: text, editorName: text, 'sections.0.name': text },
      ...{ 'sections.0.items.0.headline': text, 'sections.0.items.0.body': text, 'sections.0.items.0.unitName': text },
    }),
    { markedLevel: 'internal', loweredTo: null },
  );

const bounceOf = (text: string): Buffer =>
  Buffer.from(`From: mailer-daemon@example.org\r\nSubject: 退信通知\r\n\r\n${text}`);

const readers: [string, (text: string) => unknown][] = [
  ['a scope', readScopeText],
  ['a scope behind its verb', (text) => readScopeText(`本期发：县委${text}`)],
  ['the grammar of a label', labelGrammar],
  ['an exclusion', (text) => labelGrammar(`除${text}外`)],
  ['a label', (text) => readLabel(text, directory)],
  ['a short label', (text) => readLabel(text.slice(0, 200), directory)],
  ['what a label asks', (text) => seatsAsked([text, text.slice(0, 200)], index)],
  ['where a name begins', (text) => index.unitsAtStart(text)],
  ['names like it', (text) => directory.nearest(text)],
  ['the name of a group', (text) => [normaliseGroupName(text), groupCore(text), unitClassOf(text)]],
  ['the name of a unit', (text) => [unitForms(text), unitKindOf(text), titleFormsIn(text, text)]],
  ['a comparison', sameKey],
  ['a placeholder', isPlaceholder],
  ['a name', readName],
  ['a holder', readHolder],
  ['officers', readOfficers],
  ['a text cell', (text) => [cells.readText(text, '单位'), cells.readGroups(text), cells.readTags(text)]],
  ['a number cell', (text) => [cells.readOrder(text), readMobile(text), cells.readDate(text, '日期')]],
  ['an address cell', (text) => [readEmail(text), readWecom(text), maskEmail(text)]],
  [
    'a word cell',
    (text) => [cells.readKind(text), cells.readLevel(text), cells.readUnitKind(text), cells.readYesNo(text, '')],
  ],
  ['a heading', (text) => [columnOf(text), columnWithin(text), headerRowOf([[text], [text]])]],
  ['a column', (text) => [guessMapping([text, '姓名'], [[text]]), isHeadingAgain([text], [text], ['name'])]],
  ['a formula', (text) => rearmed(disarmed(text))],
  ['the edit form', form],
  ['a printed mark', proposeLevel],
  ['a reply', asksToEnd],
  ['a short message', (text) => [smsParts(text), filable(text, ''), digestLine([text], 60)]],
  ['a clipped text', (text) => [clipUtf8(text, 1000), clipCharacters(text, 500)]],
  ['wrapped lines', (text) => wrapText(text, 72)],
  ['a mail', (text) => [tidy(text), dataBlock(text)]],
  ['a bounce', (text) => [readDeliveryStatus(text), readBounceMail(bounceOf(text), 'mailer-daemon@example.org')]],
  // The dictionary takes long over a name, and names have at most 100 characters.
  ['pinyin', (text) => initialsOf(text.slice(0, 100))],
];

it.each(readers)('%s: the work grows no faster than the text', (_, read) => {
  expect(growsTooFast(read)).toEqual([]);
});
