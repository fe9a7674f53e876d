import { Logger } from '@nestjs/common';
import { fork } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DomainError } from '../../domain/errors/errors.js';
import { sha256Hex } from '../../platform/crypto.js';
import { threadBeside } from '../../platform/office-file/reading-apart.js';
import { faces, fontFolders, missingFaces } from './faces.js';
import type { PaperData } from './print-data.js';
import type { PrintAnswer, PrintTask } from './print-process.js';

export interface Printed {
  pdf: Buffer;
  pages: number;
  /** 仿宋, 小标宋 …: faces that no font of the operator brought. */
  missingFaces: string[];
  /** Characters that no face has; each is printed as 〓. */
  missingCharacters: string[];
}

// dist/rendering/print and src/rendering/print are both three levels below the project's root.
const folder = fileURLToPath(new URL('../../../templates/print', import.meta.url));
const program = fileURLToPath(threadBeside(import.meta.url, 'print-process.js'));

/** SHA-256 over all templates: another one may set the same edition otherwise. */
export const printTemplates = (): string =>
  sha256Hex(
    readdirSync(folder)
      .sort()
      .map((file) => readFileSync(join(folder, file), 'utf8'))
      .join('\0'),
  );

/** Forty items take half a second. */
const longestMs = 30_000;
/** Some 600 pages, 3 s of a core and 400 MB. */
const mostCharacters = 300_000;
/** Each waits half a second for each before it. */
const mostWaiting = 20;

const log = new Logger('Print');
let waiting = 0;
let last: Promise<unknown> = Promise.resolve();

/**
 * Sets data in type, as PDF/A-2b with real text and embedded parts of fonts. In a process of its own: the typesetter works without a
 * pause, what it needs in memory goes with the process, and what stops or kills it stops nothing else. One at a time.
 *
 * @param template file of templates/print
 * @param fontDir the operator's fonts, which are preferred
 * @throws DomainError rendering.printUnavailable, printTooLong, printBusy, printFailed
 */
export async function typeset(
  template: string,
  data: PaperData,
  fontDir: string | null,
  ms = longestMs,
): Promise<Printed> {
  if (lengthOf(data) > mostCharacters) throw new DomainError('rendering.printTooLong');
  if (waiting >= mostWaiting) throw new DomainError('rendering.printBusy');
  waiting += 1;
  const turn = last;
  const mine = turn.then(() =>
    run({ folder, template, fontFolders: fontFolders(fontDir), data: { ...data, faces } }, ms),
  );
  last = mine.catch(() => undefined);
  try {
    const answer = await mine;
    if ('fault' in answer) throw refusal(answer);
    const { pdf, pages, unknown, missing } = answer;
    return { pdf, pages, missingFaces: missingFaces(new Set(unknown)), missingCharacters: missing };
  } finally {
    waiting -= 1;
  }
}

function refusal({ fault, met }: Extract<PrintAnswer, { fault: string }>): DomainError {
  // What the typesetter quotes are words of the issue.
  log.warn(`${fault}: ${met.replace(/`[^`]*`/g, '…').slice(0, 300)}`);
  return new DomainError(fault === 'absent' ? 'rendering.printUnavailable' : 'rendering.printFailed');
}

function run(task: PrintTask, ms: number): Promise<PrintAnswer> {
  // No setting and no secret of ours; and no font of the machine.
  const env = { FONTCONFIG_FILE: `${folder}/fonts.conf` };
  const child = fork(program, {
    execArgv: [],
    env,
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  return new Promise<PrintAnswer>((done) => {
    const broken = (met: string) => done({ fault: 'broken', met });
    const timer = setTimeout(() => (broken('time'), child.kill('SIGKILL')), ms);
    child.once('message', (answer: PrintAnswer) => done(answer));
    child.once('error', (error) => broken(error.message));
    child.once('exit', (code, signal) => {
      clearTimeout(timer);
      broken(`exit ${signal ?? code}`);
    });
    child.send(task, (error) => error && broken(error.message));
  });
}

const lengthOf = (data: object): number => JSON.stringify(data).length;
