import { DeliveryService } from '../../src/dispatch/send/delivery.service.js';
import { DispatchService } from '../../src/dispatch/acts/dispatch.service.js';
import { PlanService } from '../../src/dispatch/plan/plan.service.js';
import { ReminderRepository } from '../../src/dispatch/acts/reminder.repository.js';
import { PublicationRepository } from '../../src/issues/publication.repository.js';
import { ReadingService } from '../../src/reading/reading.service.js';
import { aSignedEdition } from '../builders.js';
import { RecordingChannel } from '../recording-channel.js';
import { openWorld, people, type World } from '../world.js';

describe('what is pressed twice', () => {
  let world: World;
  let editionId: string;
  beforeEach(async () => {
    const sms = new RecordingChannel('sms');
    world = await openWorld({ channels: [sms] });
    const { editionId: edition, issueId } = await aSignedEdition(world);
    editionId = edition;
    const publications = world.get(PublicationRepository);
    const { id, policy } = await publications.ofIssue(issueId);
    await publications.savePolicy(id, { ...policy, maxReminders: 5 });
    await world.get(PlanService).plan(editionId);
    await world.get(DeliveryService).sendDue('sms', new AbortController().signal);
  });
  afterEach(() => world.close());

  const audited = async (action: string) =>
    (await world.query('SELECT 1 FROM audit_entry WHERE action = $1', [action])).length;

  it('reminds once from one list, however many rounds the publication allows', async () => {
    const dispatch = world.get(DispatchService);
    const seen = await world.get(ReminderRepository).count(editionId);
    const pressed = () => dispatch.remind(editionId, people.editor, seen);
    const results = await Promise.allSettled([pressed(), pressed(), pressed()]);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await expect(pressed()).rejects.toMatchObject({ code: 'dispatch.remindedMeanwhile' });
    expect(await world.get(ReminderRepository).count(editionId)).toBe(115);
    expect(await audited('dispatch.reminded')).toBe(1);
    const next = await world.get(ReminderRepository).count(editionId);
    expect((await dispatch.remind(editionId, people.editor, next)).reminded).toBe(115);
  });

  it('records one act on behalf, and a different one besides', async () => {
    const [copy] = await world.query<{ id: string }>('SELECT id FROM copy ORDER BY copy_number LIMIT 1');
    const said = (note: string | null) =>
      world.get(ReadingService).acknowledgeOnBehalf(copy!.id, 'phone', '联络员张某', note, people.editor);
    await Promise.all([said(null), said(null)]);
    await said(null);
    expect(await audited('reading.acknowledgedOnBehalf')).toBe(1);
    world.clock.pass(60_000);
    await said('当面又说了一次');
    expect(await audited('reading.acknowledgedOnBehalf')).toBe(2);
    const evidence = await world.query(`SELECT note FROM reading_evidence WHERE kind = 'acknowledged' ORDER BY id`);
    expect(evidence).toEqual([{ note: null }, { note: '当面又说了一次' }]);
  });
});
