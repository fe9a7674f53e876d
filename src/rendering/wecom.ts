import type { EditionContent } from '../domain/issue/edition.js';
import { clipCharacters, clipUtf8 } from '../domain/sending/message-text.js';
import { editionView } from './edition-view.js';
import type { WecomContent } from './message.js';
import type { TemplateSet } from './message-templates.js';
import { copyNumberText, slots } from './slots.js';
import { marks, type Occasion, wordingOf } from './wording.js';

/**
 * Limits of a text card in UTF-8 bytes, beyond which WeCom cuts by itself, in the middle of a character; and of a card with
 * buttons in characters (developer.work.weixin.qq.com/document/path/90236). A card keeps to both.
 */
const titleBytes = 128;
const titleCharacters = 36;
const descriptionBytes = 512;
const descriptionCharacters = 160;
const headlineBytes = 78;
const issuerBytes = 90;

export const wecomTemplate = 'wecom.txt';

export function composeWecom(
  edition: EditionContent,
  occasion: Occasion,
  officeName: string,
  templates: TemplateSet,
): WecomContent {
  const view = editionView(edition);
  const wording = wordingOf({ ...view, urgency: edition.urgency }, occasion, officeName);
  const neutral = occasion.carry === 'neutralNotice';
  const headlines =
    occasion.carry === 'digest' && ['initial', 'resend'].includes(occasion.purpose)
      ? view.contents.map(({ headline }) => headline)
      : [];
  const describe = (shown: number) =>
    plainMarkup(
      templates.render(wecomTemplate, {
        source: neutral ? '' : [view.date, clipUtf8(view.issuer, issuerBytes)].filter(Boolean).join('　'),
        // The title says it all where headlines take the room.
        sentences: headlines.length > 0 && occasion.purpose === 'initial' ? [] : wording.sentences,
        headlines: headlines.slice(0, shown).map((headline, i) => `${i + 1}. ${clipUtf8(headline, headlineBytes)}`),
        more: shown < headlines.length ? `共${headlines.length}条，详见全文。` : '',
        copyNumber: neutral ? '' : slots.copyNumber,
      }),
    );
  let shown = headlines.length;
  while (shown > 0 && !fits(describe(shown))) shown -= 1;
  return {
    kind: 'wecom',
    title: neutral ? wording.title : cardTitle(wording.title, view, marks(edition.urgency, occasion)),
    // Nothing but a very long publication makes this clip, and the copy number comes before the sentences.
    description: clipCharacters(
      clipUtf8(describe(shown), descriptionBytes - copyNumberGrowth),
      descriptionCharacters - copyNumberDigits + 1,
    ),
    url: slots.link,
    buttonText: occasion.purpose === 'withdrawal' ? '查看说明' : '查阅签收',
  };
}

/** A name too long for the card is cut itself, never the number behind it. */
function cardTitle(title: string, view: { publication: string; number: string }, front: string): string {
  const plain = plainMarkup(title);
  if (Buffer.byteLength(plain) <= titleBytes && charactersOf(plain) <= titleCharacters) return plain;
  const bytes = titleBytes - Buffer.byteLength(front + view.number);
  const characters = titleCharacters - charactersOf(front + view.number);
  return `${front}${clipCharacters(clipUtf8(plainMarkup(view.publication), bytes), characters)}${view.number}`;
}

const copyNumberDigits = copyNumberText(0).length;
const copyNumberGrowth = copyNumberDigits - Buffer.byteLength(slots.copyNumber);

function fits(text: string): boolean {
  const isNumbered = text.includes(slots.copyNumber);
  return (
    Buffer.byteLength(text) + (isNumbered ? copyNumberGrowth : 0) <= descriptionBytes &&
    charactersOf(text) + (isNumbered ? copyNumberDigits - 1 : 0) <= descriptionCharacters
  );
}

const charactersOf = (text: string): number => [...text].length;

/** A card's description is read as markup (div, br), so these characters become their full-width forms. */
function plainMarkup(text: string): string {
  return text.replaceAll('<', '＜').replaceAll('>', '＞').replaceAll('&', '＆').trim();
}
