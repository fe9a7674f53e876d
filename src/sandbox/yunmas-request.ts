import { createHash } from 'node:crypto';
import { z } from 'zod';

export interface YunmasFiled {
  ecName: string;
  apId: string;
  secretKey: string;
  /** Code of the signature, and its text without brackets. */
  sign: string;
  signName: string;
  /** Whether the platform puts 【签名】 in front of free texts; otherwise they must carry it. */
  addsSign?: boolean;
  /** The signature is filed with the platform and not yet with the carriers. */
  signNotLoaded?: boolean;
  /** Template number -> text with `{1}`, `{2}` … for its variables. */
  templates: Readonly<Record<string, string>>;
}

/** One message of a call that the platform would take. */
export interface YunmasMessage {
  number: string;
  text: string;
  templateId?: string;
  /** What the sender puts behind the access number. */
  addSerial: string;
}

const mostMobiles = 5000;
const longestText = 500;

const common = {
  ecName: z.string(),
  apId: z.string(),
  mobiles: z.string(),
  sign: z.string(),
  addSerial: z.string().regex(/^\d{0,12}$/),
  mac: z.string(),
};
const shapes = {
  norsubmit: z.object({ ...common, content: z.string() }),
  tmpsubmit: z.object({ ...common, templateId: z.string(), params: z.string() }),
};
const texts = z.record(z.string(), z.string());

/**
 * What is in a call, or the platform's word for what is wrong with it, in the order in which the platform looks. Written apart from
 * the client, so that an error there cannot hide here.
 */
export function readYunmasCall(filed: YunmasFiled, operation: string, body: string): YunmasMessage[] | string {
  const json = decoded(body);
  const text = operation === 'norsubmit' ? shapes.norsubmit.safeParse(json).data : undefined;
  const template = operation === 'tmpsubmit' ? shapes.tmpsubmit.safeParse(json).data : undefined;
  const given = text ?? template;
  if (!given) return 'InvalidMessage';
  if (given.ecName !== filed.ecName || given.apId !== filed.apId) return 'InvalidUsrOrPwd';
  const signed = text ? [text.mobiles, text.content] : [template!.templateId, template!.mobiles, template!.params];
  const input = given.ecName + given.apId + filed.secretKey + signed.join('') + given.sign + given.addSerial;
  if (createHash('md5').update(Buffer.from(input, 'utf8')).digest('hex') !== given.mac) return 'IllegalMac';
  if (given.sign === '') return 'NoSignId';
  if (given.sign !== filed.sign) return 'IllegalSignId';
  if (filed.signNotLoaded) return 'NotLoadedSign';
  const said = text ? freeTexts(filed, text) : fromTemplate(filed, template!);
  if (typeof said === 'string') return said;
  const messages = said.map((message) => ({ ...message, addSerial: given.addSerial }));
  if (messages.length > mostMobiles) return 'TooManyMobiles';
  if (messages.length === 0 || messages.some(({ number }) => !/^1[3-9]\d{9}$/.test(number))) return 'InvalidMobile';
  return messages.some((message) => message.text.length > longestText) ? 'InvalidMessage' : messages;
}

function freeTexts(filed: YunmasFiled, { mobiles, content }: { mobiles: string; content: string }) {
  const byNumber = mobiles === '' ? (texts.safeParse(decodedJson(content)).data ?? {}) : {};
  const pairs: [string, string][] =
    mobiles === '' ? Object.entries(byNumber) : numbersIn(mobiles).map((number) => [number, content]);
  if (content === '' || pairs.length === 0) return 'InvalidMessage';
  const mark = `【${filed.signName}】`;
  if (pairs.some(([, said]) => said === '' || (!filed.addsSign && !said.startsWith(mark)))) return 'InvalidMessage';
  return pairs.map(([number, said]) => ({ number: bare(number), text: filed.addsSign ? mark + said : said }));
}

function fromTemplate(
  filed: YunmasFiled,
  { templateId, mobiles, params }: { templateId: string; mobiles: string; params: string },
) {
  const template = Object.hasOwn(filed.templates, templateId) ? filed.templates[templateId]! : undefined;
  if (template === undefined) return 'IllegalUseTemplate';
  const values = z.array(z.string()).safeParse(decodedJson(params)).data;
  const wanted = new Set(template.match(/\{\d+\}/g)).size;
  if (!values || values.length !== wanted || values.some((value) => /https?:|www\./i.test(value)))
    return 'InvalidMessage';
  const text = `【${filed.signName}】${template.replace(/\{(\d+)\}/g, (_all, n: string) => values[Number(n) - 1] ?? '')}`;
  return numbersIn(mobiles).map((number) => ({ number: bare(number), text, templateId }));
}

const numbersIn = (mobiles: string): string[] => mobiles.split(',').filter((number) => number !== '');
const bare = (number: string): string => number.replace(/^(?:\+?86)(?=1)/, '');

function decoded(body: string): unknown {
  return /^[A-Za-z0-9+/]+={0,2}$/.test(body.trim()) ? decodedJson(Buffer.from(body, 'base64').toString('utf8')) : null;
}

function decodedJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
