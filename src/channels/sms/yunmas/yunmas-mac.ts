import { createHash } from 'node:crypto';

/** The account with 云MAS, as its contract names the parts. */
export interface YunmasCredentials {
  /** Name of the enterprise, 企业名称. */
  ecName: string;
  /** Account of the interface, 接口账号. */
  apId: string;
  secretKey: string;
}

/** A free text to the numbers in `mobiles`, or, where that is empty, a text for each number: `content` is then JSON by number. */
export interface YunmasText {
  /** Joined by commas. */
  mobiles: string;
  content: string;
  /** Code of the signature, 签名编码; not its text. */
  sign: string;
  /** Digits behind the access number; may be empty. */
  addSerial: string;
}

export interface YunmasTemplate extends Omit<YunmasText, 'content'> {
  templateId: string;
  /** JSON array of texts, in the order of the template's variables. */
  params: string;
}

/** Body of `/sms/norsubmit`: BASE64 of the JSON. */
export function textBody(account: YunmasCredentials, text: YunmasText): string {
  const { mobiles, content, sign, addSerial } = text;
  const mac = macOf(account, [mobiles, content, sign, addSerial]);
  return sealed({ ...named(account), mobiles, content, sign, addSerial, mac });
}

/** Body of `/sms/tmpsubmit`. */
export function templateBody(account: YunmasCredentials, message: YunmasTemplate): string {
  const { templateId, mobiles, params, sign, addSerial } = message;
  const mac = macOf(account, [templateId, mobiles, params, sign, addSerial]);
  return sealed({ ...named(account), templateId, mobiles, params, sign, addSerial, mac });
}

/** MD5 in small hex digits over the UTF-8 of all values, one behind the other; the order of the JSON does not enter it. */
function macOf({ ecName, apId, secretKey }: YunmasCredentials, values: readonly string[]): string {
  return createHash('md5')
    .update([ecName, apId, secretKey, ...values].join(''), 'utf8')
    .digest('hex');
}

const named = ({ ecName, apId }: YunmasCredentials) => ({ ecName, apId });
const sealed = (fields: object): string => Buffer.from(JSON.stringify(fields), 'utf8').toString('base64');
