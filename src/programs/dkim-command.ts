import { resolveTxt } from 'node:dns/promises';
import { type DkimRecord, dkimRecords, isSelector, makeDkimKeys } from '../channels/email/dkim-keys.js';

export type Resolve = (name: string) => Promise<string[][]>;

interface DkimOffice {
  dataDir: string;
  /** Of the address in From. */
  domain: string;
  /** Those the service signs with. */
  selectors: readonly string[];
}

/**
 * `dkim`: the records of all keys and whether DNS has them; `dkim new 名称`: two keys of that name.
 *
 * @returns 1 where a key in use has no record, 2 for wrong use
 */
export async function dkimCommand(
  [act, name = '']: readonly string[],
  office: DkimOffice,
  say: (line: string) => void,
  resolve: Resolve = resolveTxt,
): Promise<number> {
  if (act === undefined) return showRecords(office, say, resolve);
  if (act !== 'new' || !isSelector(name) || name.length > 31) {
    say('用法：npm run -s cli -- dkim new 名称（小写字母、数字和连字符，例如 kb2026）');
    return 2;
  }
  const records = makeDkimKeys(office.dataDir, office.domain, name);
  if (records === null) {
    say(`已经有名称为${name}的密钥，没有改动。更换密钥请另取一个名称。`);
    return 2;
  }
  say('密钥已生成，保存在数据目录的dkim文件夹里，请随数据一起备份。');
  say('请域名管理员添加以下TXT记录：');
  for (const record of records) sayRecord(record, say);
  const selectors = records.map(({ selector }) => selector).join(',');
  say(`记录生效后（用 npm run -s cli -- dkim 查看），设置 DKIM_SELECTORS=${selectors} 并重新启动服务。`);
  if (office.selectors.length > 0)
    say(`在此之前继续用${office.selectors.join('、')}签名。换用新密钥后，旧记录再保留7天，让路上的邮件仍能核验。`);
  return 0;
}

async function showRecords(office: DkimOffice, say: (line: string) => void, resolve: Resolve): Promise<number> {
  const records = dkimRecords(office.dataDir, office.domain);
  if (records.length === 0) say(`${office.domain}还没有密钥。生成密钥：npm run -s cli -- dkim new kb1`);
  let isWanting = false;
  for (const record of records) {
    const isUsed = office.selectors.includes(record.selector);
    const state = await stateOf(record, resolve);
    say(`${record.selector}（${isUsed ? '正在使用' : '未使用'}）：${state ?? '记录已生效。'}`);
    if (state !== null) sayRecord(record, say);
    isWanting ||= isUsed && state !== null;
  }
  return isWanting ? 1 : 0;
}

/** A string in DNS holds 255 bytes; longer values are written in pieces (RFC 6376, 3.6.2.2). */
function sayRecord({ name, value }: DkimRecord, say: (line: string) => void): void {
  const pieces = value.match(/.{1,255}/g)!;
  say(`  ${name}. TXT ${pieces.map((piece) => `"${piece}"`).join(' ')}`);
}

async function stateOf({ name, value }: DkimRecord, resolve: Resolve): Promise<string | null> {
  try {
    const found = (await resolve(name)).map((pieces) => pieces.join(''));
    if (found.some((one) => keyIn(one) === keyIn(value))) return null;
    return found.length === 0 ? '域名里还没有这条记录。' : '域名里的记录与密钥不符，请改为：';
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'ENOTFOUND' || code === 'ENODATA' ? '域名里还没有这条记录：' : `查询不到域名记录（${code}）：`;
  }
}

const keyIn = (record: string): string | undefined => /(?:^|;)\s*p=([^;]*)/.exec(record)?.[1]?.replace(/\s/g, '');
