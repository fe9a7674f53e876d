import { AmendmentRepository } from '../../src/organisation/amendment.repository.js';
import { AmendmentService } from '../../src/organisation/amendment.service.js';
import { MyDataService } from '../../src/reading/my-data.service.js';
import { aSignedEdition } from '../builders.js';
import { openWorld, people, type World } from '../world.js';

const asked = [
  '手机号改为13900000000',
  '我的手机是 139 0000 0000，原号停用',
  '手机：１３９００００００００',
  '邮箱请改为 zhang.san@yanjin.example',
  '姓名应为“張三”，身份证 532123198001010011',
];
const answered = '已改为13900000000，邮箱 zhang.san@yanjin.example';

describe('what people ask to have put right about them', () => {
  let world: World;
  beforeEach(async () => {
    world = await openWorld();
    await aSignedEdition(world);
  });
  afterEach(() => world.close());

  it('is read by the person and the office, and stands nowhere in clear, neither asked nor answered', async () => {
    const [person] = await world.query<{ id: string; name: string }>(
      'SELECT id, name FROM person ORDER BY name LIMIT 1',
    );
    const service = world.get(AmendmentService);
    for (const text of asked) await service.ask(person!.id, text);
    const open = await world.get(AmendmentRepository).listAmendments({ open: true }, 10, 0);
    expect(open.map(({ text, answer }) => [text, answer]).sort()).toEqual(asked.map((text) => [text, null]).sort());
    for (const { id } of open) await service.answer(id, 'done', answered, people.editor);
    const mine = await world.get(MyDataService).dataOf(person!.id, person!.name);
    expect(mine.amendments.map(({ text }) => text).sort()).toEqual([...asked].sort());
    expect(mine.amendments.map(({ answer, state }) => [answer, state])).toEqual(asked.map(() => [answered, 'done']));

    const stored = await world.query<{ row: string }>(
      `SELECT to_jsonb(r)::text AS row FROM amendment_request r
       UNION ALL SELECT to_jsonb(a)::text FROM audit_entry a WHERE action LIKE 'amendment.%'`,
    );
    expect(stored).toHaveLength(asked.length * 3);
    for (const { row } of stored)
      for (const clear of [...asked, answered, '13900000000', 'zhang.san', '532123198001010011'])
        expect(row).not.toContain(clear);
  });
});
