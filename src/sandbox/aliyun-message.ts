import { smsParts } from '../domain/sending/message-text.js';

export interface AliyunFiled {
  signName: string;
  /** Template code -> text with `${name}` for each variable. */
  templates: Readonly<Record<string, string>>;
  /** What each carrier has of the signature, as the vendor numbers it; 3, all of it, unless given. */
  carriers?: Readonly<Partial<Record<'mobile' | 'unicom' | 'telecom', number>>>;
  /** What of it is not approved, by signature or code: the vendor's number for its state, and why. */
  unapproved?: Readonly<Record<string, { status: 0 | 2 | 10; reason?: string }>>;
}

/** The finished text, or the code of the business rule the request breaks. */
export type FilledTemplate = { text: string; parts: number; code: string | undefined } | { refused: string };

const longestText = 500;

/** Checks signature name, template and variables as filed and writes the text the phone shows. */
export function fillTemplate(
  filed: AliyunFiled,
  signName: string,
  templateCode: string,
  param: string,
): FilledTemplate {
  if (signName !== filed.signName) return { refused: 'isv.SMS_SIGNATURE_ILLEGAL' };
  if (filed.unapproved?.[signName]) return { refused: 'isv.SIGN_STATE_ILLEGAL' };
  const template = filed.unapproved?.[templateCode] ? undefined : filed.templates[templateCode];
  if (template === undefined) return { refused: 'isv.SMS_TEMPLATE_ILLEGAL' };
  const variables = readVariables(param);
  if (!variables) return { refused: 'isv.INVALID_JSON_PARAM' };
  const names = [...template.matchAll(/\$\{(\w+)\}/g)].map(([, name]) => name ?? '');
  if (names.some((name) => !variables[name])) return { refused: 'isv.TEMPLATE_MISSING_PARAMETERS' };
  if (names.some((name) => /https?:|www\.|[a-z0-9-]+\.(cn|com|net|org)\b/i.test(variables[name] ?? '')))
    return { refused: 'isv.PARAM_NOT_SUPPORT_URL' };
  if (names.some((name) => /[【】]/.test(variables[name] ?? ''))) return { refused: 'isv.SMS_CONTENT_ILLEGAL' };
  const text = `【${signName}】${template.replace(/\$\{(\w+)\}/g, (_whole, name: string) => variables[name] ?? '')}`;
  if (text.length > longestText) return { refused: 'isv.PARAM_LENGTH_LIMIT' };
  return {
    text,
    parts: smsParts(text).length,
    code: variables.code ?? /码[：:]?\s*([0-9A-Za-z]{4,10})/.exec(text)?.[1],
  };
}

function readVariables(param: string): Record<string, string> | null {
  try {
    const value: unknown = JSON.parse(param || '{}');
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
    return Object.fromEntries(Object.entries(value).map(([name, content]) => [name, String(content)]));
  } catch {
    return null;
  }
}
