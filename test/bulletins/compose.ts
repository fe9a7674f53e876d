import * as body from './body-forms.js';
import { contentsForms } from './contents-forms.js';
import { Chance } from './drawn.js';
import * as foot from './foot-forms.js';
import * as head from './head-forms.js';
import { noteForms } from './note-forms.js';
import type { Row, TrueItem, Truth, TrueSection } from './truth.js';
import * as words from './words.js';

/** Composes one bulletin from draws of the tables, with what it says. */

const rowsOf = (zone: Row['zone'], lines: readonly string[], para = false): Row[] =>
  lines.map((text) => ({ text, zone, para: para && text.length > 30 }));

const blank: Row = { text: '', zone: 'page' };

interface HeadFacts {
  rows: Row[];
  truth: Pick<Truth, 'series' | 'issueNumber' | 'totalNumber' | 'date' | 'issuer'>;
}

function composeHead(chance: Chance, place: string, signer: string | undefined): HeadFacts {
  const series = chance.ofPaper('the name', () => head.seriesNames(chance, place));
  const [year, month, day] = [chance.between(2019, 2027), chance.between(1, 12), chance.between(1, 28)];
  const [n, total] = [chance.between(1, 180), chance.between(200, 1900)];
  const number = chance.form('number', head.numberForms)({ year, month, day, n, total, name: series });
  const issuer = chance.ofPaper('the issuer', () => head.issuers(chance, place));
  const writeIssuer = chance.form('issuer', head.issuerForms);
  const date = number.holdsDate ? null : chance.form('date', head.dateForms)(year, month, day);
  const between = signer !== undefined && chance.ofPaper('signer before the date', () => chance.yes(0.4));
  const numberLines =
    signer && !between ? [`${number.lines[0]}          ${signer}`, ...number.lines.slice(1)] : number.lines;
  const place2 =
    number.inName || number.holdsDate || signer
      ? 'below'
      : chance.form(
          'head',
          {
            'issuer below': 'below',
            'issuer above the name': 'above',
            'date on the line of the number': 'with number',
            'issuer and date on the line of the number': 'all',
          },
          0.7,
        );
  const pair = chance.form('issuer and date', head.headLines);
  const name = number.inName ? [] : chance.form('name', head.seriesForms)(series).split('\n');
  const below =
    date === null
      ? [between ? `${writeIssuer(issuer)}\u3000\u3000${signer}` : writeIssuer(issuer)]
      : between
        ? [`${writeIssuer(issuer)}\u3000\u3000${signer}\u3000\u3000${date}`]
        : pair(writeIssuer(issuer), date);
  const lines =
    place2 === 'above' && date !== null
      ? [issuer, ...name, ...numberLines, date]
      : place2 === 'with number' && date !== null
        ? [...name, `${numberLines[0]}                  ${date}`, ...numberLines.slice(1), writeIssuer(issuer)]
        : place2 === 'all' && date !== null
          ? [...name, `${numberLines[0]}      ${issuer}      ${date}`, ...numberLines.slice(1)]
          : [...name, ...numberLines, ...below];
  const rows = [
    ...rowsOf('head', chance.form('above the name', head.aboveName, 0.75)(chance)),
    ...rowsOf('head', lines),
    ...rowsOf('head', chance.form('inside the head', head.insideHead, 0.7)(chance)),
  ];
  const iso = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  return { rows, truth: { series, issueNumber: n, totalNumber: number.total, date: iso, issuer } };
}

interface BodyFacts {
  rows: Row[];
  sections: TrueSection[];
}

/** Whether the form itself shows where an item begins, should nothing end the one before. */
const SELF_EVIDENT = /own line|over a short|本院讯|【|\*\*|###/;

function composeBody(chance: Chance, place: string): BodyFacts {
  const hasSections = chance.ofPaper('has sections', () => chance.yes(0.7));
  const writeSection = hasSections ? chance.form('section', body.sectionForms) : null;
  const form = chance.form('item', body.itemForms, 0.25);
  const formName = chance.drawn.at(-1) ?? '';
  const mark = chance.form('mark', body.itemMarks, 0.55);
  const isMarked = mark(0) !== '' && !formName.includes('###');
  const credit = chance.form('credit', body.creditForms);
  const isTagged = formName.includes('单位') && !formName.includes('单位：');
  const credited = chance.ofPaper('names units', () =>
    formName.includes('without brackets')
      ? false
      : isTagged
        ? chance.yes(0.3)
        : chance.yes(0.92) || !(isMarked || SELF_EVIDENT.test(formName)),
  );
  const clashes = /【】|\[\]|［］/.test(chance.drawn.find((name) => name.startsWith('section')) ?? '');
  const isArticle = formName.includes('an article');
  const names = chance.some(words.SECTION_NAMES, hasSections && !isArticle ? chance.between(1, 4) : 1);
  const gap = chance.ofPaper('blank lines between items', () => chance.yes(0.5)) ? [blank] : [];
  const rows: Row[] = [];
  const runsOn = chance.ofPaper('numbers run on', () => chance.yes(0.5));
  let index = 0;
  const sections = names.map((name, at): TrueSection => {
    if (writeSection && !isArticle) rows.push(...rowsOf('body', [writeSection(name, at)]), ...gap);
    if (!runsOn) index = 0;
    const count = isArticle ? 1 : Math.min(chance.between(1, 3), 10 - index);
    const items = Array.from({ length: Math.max(count, 1) }, (): TrueItem => {
      const unit = words.unit(chance, place);
      const who = chance.yes(0.9) ? unit : words.unit(chance, place);
      const written = form({
        headline: words.headline(chance, who),
        body: words.bodyText(chance),
        news: words.newsText(chance),
        short: words.shortText(chance),
        unit,
      });
      const lines = [...written.lines];
      const said = lines.join('\n');
      lines[0] = (isMarked && !isArticle ? mark(index) : '') + (lines[0] ?? '');
      index += 1;
      const text = written.body ?? textOf(said, written.headline, unit);
      const own = credited && credit(unit, '').own === true;
      const end = credited ? credit(unit, words.person(chance)).end : '';
      if (own) lines.push(...end.split('\n'));
      else if (end) lines[lines.length - 1] += !clashes || !/^[[【]/.test(end) ? end : `（${unit}）`;
      rows.push(...rowsOf('body', lines, true), ...gap);
      const named = credited || isTagged ? written.unit : null;
      return { headline: written.headline, body: text, unit: named, loose: written.loose };
    });
    return { name: writeSection && !isArticle ? name : null, items };
  });
  return { rows, sections };
}

/** The body of an item as it was written, without its headline, its tag and Markdown. */
function textOf(said: string, headline: string | null, unit: string): string {
  const plain = said.replace(/\*\*|^### /gmu, '');
  const untagged =
    plain.startsWith(`【${unit}】`) || plain.startsWith(`［${unit}］`)
      ? plain.slice(unit.length + 2)
      : plain.startsWith(`${unit}｜`)
        ? plain.slice(unit.length + 1)
        : plain.replace(/^【(.*?)】/u, '$1');
  const rest = headline !== null && untagged.startsWith(headline) ? untagged.slice(headline.length) : untagged;
  return headline === null
    ? rest
    : rest
        .replace(/^[。\s\u3000]+/u, '')
        .replace(`（${unit}）\n`, '')
        .replace(/^\S{2,16}\n(?=.)/u, (line) => (line === `${unit}\n` ? '' : line));
}

function composeFoot(chance: Chance): { rows: Row[]; distribution: string[]; head?: string; names: Partial<Truth> } {
  const groups = chance.some(words.GROUPS, chance.between(2, 7));
  const scope = chance.form('recipients', foot.scopeForms)(groups);
  const names = {
    editor: words.person(chance),
    reviewer: words.person(chance),
    approver: words.person(chance),
    other: words.person(chance),
  };
  const signed = chance.form('sign-off', foot.signForms)(names);
  const scopeRows = [
    ...rowsOf('foot', chance.form('before the recipients', foot.beforeScope, 0.7)(chance)),
    ...rowsOf('foot', scope, true),
  ];
  const signRows = rowsOf('foot', signed.lines);
  const order = chance.form('order of the foot', { 'recipients first': true, 'sign-off first': false }, 0.6);
  const rows = order ? [...scopeRows, blank, ...signRows] : [...signRows, blank, ...scopeRows];
  const role = (wanted: 'editor' | 'reviewer' | 'approver'): string | null =>
    signed.roles.includes(wanted) ? names[wanted] : null;
  return {
    rows: [...rows, ...rowsOf('foot', chance.form('after the recipients', foot.afterScope, 0.6)(chance))],
    distribution: scope.length > 0 ? groups : [],
    head: signed.head,
    names: { editor: role('editor'), reviewer: role('reviewer'), approver: role('approver') },
  };
}

export interface Composed {
  rows: Row[];
  truth: Truth;
}

export function compose(chance: Chance): Composed {
  const place = chance.ofPaper('the county', () => words.county(chance));
  const end = composeFoot(chance);
  const top = composeHead(chance, place, end.head);
  const middle = composeBody(chance, place);
  const writeContents = chance.form('contents', contentsForms, 0.7);
  const contents = rowsOf('contents', writeContents(middle.sections, chance));
  const note = rowsOf('note', chance.form('note', noteForms, 0.8), true);
  const roomy = chance.ofPaper('blank lines in the head', () => chance.yes(0.6)) ? [blank] : [];
  const truth: Truth = {
    ...top.truth,
    sections: middle.sections,
    distribution: end.distribution,
    editor: end.names.editor ?? null,
    reviewer: end.names.reviewer ?? null,
    approver: end.names.approver ?? null,
  };
  const rows = [...top.rows.flatMap((row) => [row, ...roomy]), ...contents, ...roomy, ...note, ...roomy];
  return { rows: [...rows, ...middle.rows, ...roomy, ...end.rows], truth };
}
