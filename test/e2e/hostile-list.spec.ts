import { hireStaff, signInLinks } from '../../src/programs/demo/staff.js';
import { rowOf, textCell, workbookFile } from '../workbook-file.js';
import { openService, type RunningService } from './open-service.js';
import { Person, textOf } from './person.js';

/** As large as a list may be, all of it blank, and too long in the end: some seconds of reading. */
const slow = () => {
  const blank = (n: number) => `<row r="${n + 2}"><c r="A${n + 2}" s="1"/><c r="B${n + 2}" s="1"/></row>`;
  const data = rowOf(['姓名']) + Array.from({ length: 300_000 }, (_, n) => blank(n)).join('');
  return workbookFile({ sheets: [{ name: '名单', data: `${data}<row>${textCell('完')}</row>` }] });
};
const far = workbookFile({
  sheets: [{ name: '名单', data: `${rowOf(['姓名'])}<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>` }],
});

describe('a list file made to do harm', () => {
  let running: RunningService;
  let editor: Person;
  beforeAll(async () => {
    running = await openService();
    await hireStaff(running.service);
    editor = new Person(running.base);
    await editor.post(new URL(/http\S+/.exec((await signInLinks(running.service))[0]!)![0]).pathname);
  });
  afterAll(() => running?.stop());
  const upload = (bytes: Buffer) => editor.upload('/list/import', { name: '名单.xlsx', bytes }, { mode: 'whole' });

  it('is refused with a sentence, and others are answered while it is read', async () => {
    let [answered, reading] = [0, true];
    const refused = upload(slow()).finally(() => (reading = false));
    for (; reading; answered += 1) expect((await new Person(running.base).get('/signin')).status).toBe(200);
    const { status, html } = await refused;
    expect(status).toBe(422);
    expect(textOf(html)).toContain('工作表“名单”第300002行还有内容，超过上限51000行');
    expect(answered).toBeGreaterThan(5);
  });

  it('does not end the process', async () => {
    const pages = await Promise.all([far, far, slow(), far].map(upload));
    expect(pages.map(({ status }) => status)).toEqual([422, 422, 422, 422]);
    expect((await editor.get('/list/import')).status).toBe(200);
  });
});
