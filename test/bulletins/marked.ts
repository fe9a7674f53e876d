import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GeneratedBulletin } from './bulletin.js';
import type { TrueItem, Truth } from './truth.js';

/*
 * Bulletins written by hand, each in a layout of its own, with what is true of them marked where it stands:
 *
 *   === name | what is peculiar about it          a bulletin begins
 *   {s:series} {n:number} {t:total} {d=2025-04-03:date as printed} {i:issuer} {c:classification} {g:urgency} {k:copies}
 *   {S:section} {h:headline, an item begins} {B:body, an item without a headline begins} {b:body} {u:unit} {U:unit, an
 *   item begins} {a:author} {r:recipients of one group} {e:editor} {v:reviewer} {p:approver} {x:proofreader}
 *   {?:text that may belong to the body or not}
 *
 * `{e=value:text}`: the value differs from what is printed; `one|other`: both are right, `-` is nothing at all. Any other
 * letter marks nothing. What is not marked (contents, notes, foot matter, remains of a page) is neither item nor group.
 */

const MARK = /\{([A-Za-z?])(?:=([^:{}]*))?:([^{}]*)\}/gu;
const HEAD: Record<string, 'series' | 'issuer' | 'date' | 'editor' | 'reviewer' | 'approver'> = {
  s: 'series',
  i: 'issuer',
  d: 'date',
  e: 'editor',
  v: 'reviewer',
  p: 'approver',
};
const ALSO: Record<string, 'classification' | 'urgency' | 'proofreader'> = {
  c: 'classification',
  g: 'urgency',
  x: 'proofreader',
};

export interface MarkedBulletin extends Omit<GeneratedBulletin, 'paper'> {
  name: string;
}

class Structure {
  readonly truth: Truth = {
    series: null,
    issueNumber: null,
    totalNumber: null,
    date: null,
    issuer: null,
    sections: [],
    distribution: [],
    editor: null,
    reviewer: null,
    approver: null,
    also: { classification: null, urgency: null, proofreader: null, copies: null },
  };
  private item: TrueItem | null = null;

  take(tag: string, value: string): void {
    const { truth } = this;
    const [head, also] = [HEAD[tag], ALSO[tag]];
    if (head) truth[head] = value;
    else if (also) truth.also![also] = value;
    else if (tag === 'k') truth.also!.copies = Number(value);
    else if (tag === 'n') truth.issueNumber = Number(value);
    else if (tag === 't') truth.totalNumber = Number(value);
    else if (tag === 'r') truth.distribution.push(value);
    else this.takeBody(tag, value);
  }

  private takeBody(tag: string, value: string): void {
    if (tag === 'S') {
      this.truth.sections.push({ name: value, items: [] });
      this.item = null;
    } else if (tag === 'U') this.begin().unit = value;
    else if (tag === 'h') {
      const open = this.item && this.item.headline === null && this.item.body === '' ? this.item : this.begin();
      open.headline = value;
    } else if (tag === 'B') this.begin().body = value;
    else if (tag === 'b') (this.item ?? this.begin()).body += value;
    else if (tag === 'u') (this.item ?? this.begin()).unit = value;
    else if (tag === 'a') (this.item ?? this.begin()).author = value;
    else if (tag === '?' && this.item) this.item.loose = value;
  }

  private begin(): TrueItem {
    if (this.truth.sections.length === 0) this.truth.sections.push({ name: null, items: [] });
    this.item = { headline: null, body: '', unit: null, author: null };
    this.truth.sections.at(-1)!.items.push(this.item);
    return this.item;
  }
}

function readMarked(block: string): MarkedBulletin {
  const cut = block.indexOf('\n');
  const [name = '', note = ''] = block.slice(0, cut).split('|');
  const structure = new Structure();
  const text = block
    .slice(cut + 1)
    .trimEnd()
    .replace(MARK, (_all, tag: string, value: string | undefined, printed: string) => {
      structure.take(tag, value ?? printed);
      return printed;
    });
  return { name: name.trim(), layout: [note.trim()], text, bytes: Buffer.from(text), truth: structure.truth };
}

/** Every marked bulletin of the files whose name begins with `round`. */
export function markedBulletins(round = ''): MarkedBulletin[] {
  const folder = join(import.meta.dirname, 'strangers');
  return readdirSync(folder)
    .filter((file) => file.startsWith(round))
    .flatMap((file) => readFileSync(join(folder, file), 'utf8').split(/^=== /mu).slice(1).map(readMarked));
}
