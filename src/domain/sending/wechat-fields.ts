import { clipCharacters } from './message-text.js';

/**
 * What may stand in the fields of a template of a WeChat official account. A subscription notice with anything else is refused as
 * a whole (47003); of a template message the platform cuts and strips without a word, so the same holds for both
 * (developers.weixin.qq.com/doc/service/api/notify/notify/api_sendnewsubscribemsg).
 */
export const fieldTypes = ['thing', 'phrase', 'character_string', 'number', 'time', 'date'] as const;
export type FieldType = (typeof fieldTypes)[number];

/** What of a message can be put into a field, and the types of field that take it. */
export const fieldSources = {
  /** 刊名 and 期号, with 【催阅】 and the like before it. */
  issue: ['thing'],
  /** The number alone, as digits. */
  number: ['number', 'character_string'],
  /** Headlines where the class allows them; else what happened to the issue. */
  summary: ['thing'],
  /** What the reader is asked to do, as a sentence. */
  act: ['thing'],
  /** The same as a word. */
  state: ['phrase', 'thing'],
  /** 印发日期. */
  date: ['date', 'thing'],
  /** When the message leaves. */
  sent: ['time'],
  office: ['thing'],
  /** 份号. */
  copyNumber: ['character_string', 'number', 'thing'],
} as const satisfies Record<string, readonly FieldType[]>;
export type FieldSource = keyof typeof fieldSources;

/** The texts of one message; when it leaves is known at the last moment only. */
export type FieldValues = Readonly<Record<Exclude<FieldSource, 'sent'>, string>>;

/** One field of the template that is filed: `thing1`. */
export interface TemplateField {
  name: string;
  type: FieldType;
  source: FieldSource;
}

/** As many as a template of either kind has. */
const mostFields = 10;

/** `thing1=issue,thing2=summary,time3=sent,phrase4=state`: the fields, or a Chinese sentence of what is wrong with them. */
export function readFields(text: string): TemplateField[] | string {
  const fields: TemplateField[] = [];
  for (const pair of text.split(',')) {
    const [, type = '', digits = '', source = ''] = /^\s*([a-z_]+?)(\d{1,3})\s*=\s*([A-Za-z]+)\s*$/.exec(pair) ?? [];
    const name = `${type}${digits}`;
    if (!isOneOf(fieldTypes, type) || !Object.hasOwn(fieldSources, source))
      return `“${pair.trim().slice(0, 40)}”不是“字段=内容”，如 thing1=issue`;
    const taken: readonly FieldType[] = fieldSources[source as FieldSource];
    if (!taken.includes(type)) return `${name}是${type}类型的字段，不能填${source}`;
    if (fields.some((field) => field.name === name)) return `${name}写了两次`;
    fields.push({ name, type, source: source as FieldSource });
  }
  return fields.length > mostFields ? `最多${mostFields}个字段` : fields;
}

/** The text as a field of this type takes it; never empty, for an empty field spoils the whole message. */
export function fitted(type: FieldType, text: string): string {
  const plain = text
    .normalize('NFC')
    .replace(/\p{Extended_Pictographic}|\p{Co}|\u200d|\ufe0f/gu, '')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
  switch (type) {
    case 'thing':
      return clipCharacters(plain, 20) || '无';
    case 'phrase':
      return (
        [...plain]
          .filter((character) => /\p{Script=Han}/u.test(character))
          .slice(0, 5)
          .join('') || '无'
      );
    case 'character_string':
      return plain.replace(/[^\x21-\x7e]/g, '').slice(0, 32) || '-';
    case 'number':
      return plain.replace(/[^0-9]/g, '').slice(0, 32) || '0';
    // The two are made by us; what has another form is left as it is, and refused by the platform in so many words.
    case 'time':
    case 'date':
      return plain;
  }
}

/** What is sent as `data`. @param sent 2026年1月2日 11:04 */
export function fieldData(
  fields: readonly TemplateField[],
  values: FieldValues,
  sent: string,
): Record<string, { value: string }> {
  return Object.fromEntries(
    fields.map(({ name, type, source }) => [name, { value: fitted(type, source === 'sent' ? sent : values[source]) }]),
  );
}

const isOneOf = <T extends string>(all: readonly T[], text: string): text is T => all.some((one) => one === text);
