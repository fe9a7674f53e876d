import type { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { join } from 'node:path';

/** What the process is given, once. */
export interface PrintTask {
  /** Folder of the templates; nothing outside of it is read. */
  folder: string;
  /** File in it. */
  template: string;
  fontFolders: readonly string[];
  data: object;
}

/**
 * `unknown`: families no file brought, in lower case; `missing`: characters no face has, each printed as 〓. `absent`: there is no
 * typesetter for this machine.
 */
export type PrintAnswer =
  { pdf: Buffer; pages: number; unknown: string[]; missing: string[] } | { fault: 'absent' | 'broken'; met: string };

/** 下駄: stands for a sign that the printer has not got. */
const substitute = '〓';
/** Each finds what is missing in one more face. */
const mostTries = 4;

process.once('message', (task: PrintTask) => {
  void answer(task).then((said) => process.send!(said, () => process.disconnect()));
});

async function answer(task: PrintTask): Promise<PrintAnswer> {
  let library;
  try {
    library = await import('@myriaddreamin/typst-ts-node-compiler');
  } catch (error) {
    return { fault: 'absent', met: String(error) };
  }
  try {
    const compiler = library.NodeCompiler.create({
      workspace: task.folder,
      fontArgs: [{ fontPaths: [...task.fontFolders] }],
    });
    return print(compiler, task);
  } catch (error) {
    return { fault: 'broken', met: String(error) };
  }
}

function print(compiler: NodeCompiler, { folder, template, data }: PrintTask): PrintAnswer {
  const missing = new Set<string>();
  for (let tries = 1; ; tries++) {
    const compiled = compiler.compile({
      mainFilePath: join(folder, template),
      inputs: { data: JSON.stringify(data, (_key, value: unknown) => without(missing, value)) },
    });
    const document = compiled.result;
    if (document === null) throw new Error(JSON.stringify(compiled.takeDiagnostics()?.shortDiagnostics));
    const unknown = unknownFamilies(compiled.takeWarnings()?.shortDiagnostics ?? []);
    try {
      return {
        pdf: compiler.pdf(document, { pdfStandard: 'a-2b' }),
        pages: document.numOfPages,
        unknown,
        missing: [...missing],
      };
    } catch (error) {
      const found = missingTexts(String(error)).filter((text) => !missing.has(text));
      if (found.length === 0 || tries === mostTries) throw error;
      for (const text of found) missing.add(text);
    }
  }
}

function without(missing: ReadonlySet<string>, value: unknown): unknown {
  if (typeof value !== 'string') return value;
  let text = value;
  for (const one of missing) text = text.replaceAll(one, substitute);
  return text;
}

function unknownFamilies(warnings: readonly unknown[]): string[] {
  return warnings.flatMap(
    (warning) => /^unknown font family: (.*)$/.exec((warning as { message: string }).message)?.[1] ?? [],
  );
}

/**
 * PDF/A has no sign for what a face lacks: the typesetter refuses, and names each text. Its message holds them as Rust shows a
 * text inside of a text.
 */
function missingTexts(message: string): string[] {
  const found = message.matchAll(/the text `\\"(.+?)\\"` could not be displayed/g);
  return [...found].map(([, text]) => unescaped(unescaped(text!)));
}

const letters: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '0': '\0' };

function unescaped(text: string): string {
  return text.replace(/\\(?:u\{([0-9a-f]+)\}|(.))/g, (_, code: string | undefined, letter: string) =>
    code === undefined ? (letters[letter] ?? letter) : String.fromCodePoint(parseInt(code, 16)),
  );
}
