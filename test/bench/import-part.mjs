// A list of 50,000 rows into an empty list, then the same file with 500 rows changed; and the first one as a workbook, read only.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { xlsxFile } from '../../dist/platform/sheet/write-sheet.js';
import { listRows } from '../invented-people.mjs';
import { start } from './children.mjs';
import { openOffice } from './office.mjs';

const port = 38474;
const rows = 50_000;
const changed = 500;

export async function measureImport(server, { say }) {
  const office = await openOffice(server, 'imports', 0);
  const worker = await start('product.mjs', { ...office.environment, PORT: String(port), ROLE: 'web' });
  const file = (name) => join(server.folder, name);
  const found = { rows, changed, idleMb: worker.memory().now };
  try {
    writeFileSync(file('first.csv'), text(listRows(rows)));
    writeFileSync(file('second.csv'), text(listRows(rows, changed)));
    writeFileSync(file('first.xlsx'), await xlsxFile([{ name: '名单', rows: listRows(rows), widths: [] }]));
    found.first = await worker.ask('importList', file('first.csv'));
    found.firstPeakMb = worker.memory().peak;
    const [{ n }] = await office.query('SELECT count(*)::int AS n FROM tenure WHERE ends_on IS NULL');
    if (n !== rows) throw new Error(`${n} of ${rows} rows are in the list`);
    found.second = await worker.ask('importList', file('second.csv'));
    found.peakMb = worker.memory().peak;
    found.undoSeconds = await worker.ask('undoImport', found.second.id);
    found.workbookSeconds = await worker.ask('readList', file('first.xlsx'));
    found.workbookPeakMb = worker.memory().peak;
    for (const name of ['first', 'second']) say(`${name} import: ${JSON.stringify(found[name])}`);
    say(`load average: ${readFileSync('/proc/loadavg', 'utf8').trim()}`);
  } finally {
    await worker.stop();
    await office.close();
    for (const name of ['first.csv', 'second.csv', 'first.xlsx']) rmSync(file(name), { force: true });
  }
  return found;
}

const text = (table) => table.map((row) => row.join(',')).join('\n');
