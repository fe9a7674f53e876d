import { DispatchService } from '../../src/dispatch/acts/dispatch.service.js';
import { linkToken } from '../../src/dispatch/plan/link.js';
import { ReminderRepository } from '../../src/dispatch/acts/reminder.repository.js';
import { defaultPolicy, type PublicationPolicy } from '../../src/domain/sending/channel-policy.js';
import type { DomainError } from '../../src/domain/errors/errors.js';
import { PublicationService } from '../../src/issues/publication.service.js';
import { ReadingService } from '../../src/reading/reading.service.js';
import { type Console, openConsole } from '../console.js';
import { RecordingChannel } from '../recording-channel.js';
import { openWorld, people, type World } from '../world.js';
import { policyOffice } from './policy-office.js';

describe('an issue that is out keeps the policy it went out with', () => {
  let world: World;
  let office: Console;
  const { signedAt, send } = policyOffice(() => world);
  beforeEach(async () => {
    world = await openWorld({ channels: [new RecordingChannel('sms')] });
    office = await openConsole(world);
  });
  afterEach(async () => {
    await office.close();
    await world.close();
  });

  const setPolicy = async (policy: Partial<PublicationPolicy>) => {
    const [row] = await world.query<{ id: string }>('SELECT id FROM publication');
    await world.get(PublicationService).setPolicy(row!.id, { ...defaultPolicy, ...policy }, people.editor);
  };
  /** What everybody is told of 签收: the reader, the office on its board, the archive, and how many a reminder reaches. */
  const asked = async (editionId: string) => {
    const [copy] = await world.query<{ id: string; nonce: string }>('SELECT id, link_nonce AS nonce FROM copy LIMIT 1');
    const token = linkToken(world.vault, copy!.id, copy!.nonce);
    const [issue] = await world.query<{ id: string }>('SELECT issue_id AS id FROM edition WHERE id = $1', [editionId]);
    const editor = await office.as('editor');
    const count = await world.get(ReminderRepository).count(editionId);
    const reminded = await world
      .get(DispatchService)
      .remind(editionId, people.editor, count)
      .then(
        (done) => done.reminded,
        ({ code }: DomainError) => code,
      );
    return {
      reader: (await world.get(ReadingService).byToken(token)).asksAcknowledgement,
      readersPage: (await office.anybody().get(`/r/${token}`)).text.includes(`/r/${token}/acknowledge`),
      board: (await editor.get(`/issues/${issue!.id}/board`)).text.includes(`/issues/${issue!.id}/remind`),
      archive: (await editor.get(`/issues/${issue!.id}/archive`)).text.includes('<strong>115</strong>人没有签收'),
      reminded,
    };
  };
  const chased = { reader: true, readersPage: true, board: true, archive: true, reminded: 115 };
  const left = {
    reader: false,
    readersPage: false,
    board: false,
    archive: false,
    reminded: 'dispatch.nothingToRemind',
  };

  it('goes on asking when the publication no longer asks', async () => {
    const editionId = await signedAt('2025-04-07T10:00');
    await send();
    await setPolicy({ asksAcknowledgement: false, maxReminders: 0 });
    expect(await asked(editionId)).toEqual(chased);
  });

  it('asks nothing that it did not ask, when the publication begins to', async () => {
    const editionId = await signedAt('2025-04-07T10:00', { asksAcknowledgement: false });
    await send();
    await setPolicy({ asksAcknowledgement: true, maxReminders: 3 });
    expect(await asked(editionId)).toEqual(left);
  });

  it('is reminded of as often as was allowed then', async () => {
    const editionId = await signedAt('2025-04-07T10:00', { maxReminders: 1 });
    await send();
    await setPolicy({ maxReminders: 5 });
    expect((await asked(editionId)).reminded).toBe(115);
    await send();
    expect((await asked(editionId)).reminded).toBe('dispatch.nothingToRemind');
  });
});
