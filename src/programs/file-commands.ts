import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import type { BulletinWarning } from '../domain/bulletin/bulletin.js';
import { bulletinJson } from '../domain/bulletin/json.js';
import { DomainError } from '../domain/errors/errors.js';
import { type BulletinFileResult, largestBulletinFile, readBulletinFile } from '../issues/bulletin-file.js';
import { contentOfBulletin } from '../issues/imported-content.js';
import { printIssue } from '../rendering/print/print-issue.js';

export interface Streams {
  usage: string;
  /** A line of the result. */
  out: (text: string) => void;
  /** A line for the person. */
  say: (text: string) => void;
}

/** `parse FILE`: one bulletin as JSON. @returns the exit code, see the usage */
export async function parseCommand([file]: readonly string[], { usage, out, say }: Streams): Promise<number> {
  return withBulletin(file, { usage, out, say }, ({ bulletin }) => {
    out(JSON.stringify(bulletinJson(bulletin), null, 2));
    return Promise.resolve(0);
  });
}

/**
 * `print FILE OUT.pdf`: one bulletin as it is printed. What was not read for certain is said, for it may stand in the wrong place.
 *
 * @param today yyyy-mm-dd, for a bulletin that bears no date
 * @returns the exit code, see the usage
 */
export async function printCommand(
  [file, out]: readonly string[],
  { fontDir, today }: { fontDir: string | null; today: string },
  streams: Streams,
): Promise<number> {
  const { usage, say } = streams;
  if (!file || !out) return fail(say, usage, 2);
  return withBulletin(file, streams, async ({ bulletin }) => {
    for (const line of warningLines(bulletin.warnings)) say(line);
    const edition = contentOfBulletin(bulletin, Number(today.slice(0, 4)));
    try {
      const options = { today, copies: bulletin.extra.copies };
      const { pdf, pages, missingFaces, missingCharacters } = await printIssue(edition, options, fontDir);
      if (fontDir !== null && missingFaces.length > 0)
        say(`FONT_DIR 里没有找到${missingFaces.join('、')}，用自带的宋体代替。`);
      if (missingCharacters.length > 0)
        say(`有${missingCharacters.length}个字没有字形，印作“〓”：${missingCharacters.join('')}`);
      writeFileSync(out, pdf);
      say(`${out}：共${pages}页。`);
      return 0;
    } catch (error) {
      if (error instanceof DomainError) return fail(say, error.message, 1);
      const { code } = error as NodeJS.ErrnoException;
      if (code === undefined) throw error;
      return fail(say, `无法写入文件 ${out}（${code}）。`, 1);
    }
  });
}

async function withBulletin(
  file: string | undefined,
  { usage, say }: Streams,
  act: (read: Extract<BulletinFileResult, { kind: 'bulletin' }>) => Promise<number>,
): Promise<number> {
  if (!file) return fail(say, usage, 2);
  if (!existsSync(file) || !statSync(file).isFile()) return fail(say, `找不到文件 ${file}。`, 2);
  if (statSync(file).size > largestBulletinFile) return fail(say, '文件超过 20 MB，不是一期简报。', 2);
  const result = await readBulletinFile(readFileSync(file));
  switch (result.kind) {
    case 'bulletin':
      return act(result);
    case 'notBulletin':
      return fail(say, [result.reason, ...warningLines(result.warnings)].join('\n'), 2);
    case 'classified':
      return fail(say, '文件带有国家秘密标志，本系统不得处理。请改用机要渠道。', 3);
  }
}

const warningLines = (warnings: readonly BulletinWarning[]): string[] =>
  warnings.map(({ line, message, code }) => `第${line}行：${message}（${code}）`);

function fail(say: Streams['say'], reason: string, code: number): number {
  say(reason);
  return code;
}
