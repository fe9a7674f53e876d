import { DeliveryService } from '../../src/dispatch/send/delivery.service.js';
import { aPlannedEdition } from '../builders.js';
import { type Console, openConsole, type Visitor } from '../console.js';
import { RecordingChannel } from '../recording-channel.js';
import { openWorld, type World } from '../world.js';

/** The fields that the browser would send with a form of the page. */
const hiddenOf = (html: string, action: string): Record<string, string> => {
  const form = html.split(`action="${action}"`)[1]!.split('</form>')[0]!;
  return Object.fromEntries(
    [...form.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)">/g)].map(([, name, value]) => [
      name!,
      value!,
    ]),
  );
};

describe('a form on a page of the console', () => {
  let world: World;
  let office: Console;
  let editor: Visitor;
  let issue: string;
  beforeEach(async () => {
    const sms = new RecordingChannel('sms');
    world = await openWorld({ channels: [sms] });
    const { issueId } = await aPlannedEdition(world);
    await world.get(DeliveryService).sendDue('sms', new AbortController().signal);
    office = await openConsole(world);
    editor = await office.as('editor');
    issue = `/issues/${issueId}`;
  });
  afterEach(async () => {
    await office.close();
    await world.close();
  });

  const audited = async (action: string) =>
    (await world.query('SELECT 1 FROM audit_entry WHERE action = $1', [action])).length;

  it('is carried out once, however often it is pressed on that page', async () => {
    const page = await editor.get(`${issue}/remind`);
    const fields = hiddenOf(page.text, `${issue}/remind`);
    const press = () => editor.post(`${issue}/remind`, fields, `${issue}/remind`);
    const answers = await Promise.all([press(), press(), press()]);
    answers.push(await press()); // after going back
    expect(new Set(answers.map(({ status, location }) => `${status} ${location}`)).size).toBe(1);
    expect(answers[0]).toMatchObject({ status: 303, location: expect.stringContaining('reminded=115') as string });
    expect(await audited('dispatch.reminded')).toBe(1);
  });

  it('is carried out again when the page was opened again', async () => {
    const [copy] = await world.query<{ id: string }>('SELECT id FROM copy ORDER BY copy_number LIMIT 1');
    const action = `/copies/${copy!.id}/acknowledge-on-behalf`;
    const press = async (note: string, from?: Record<string, string>) => {
      const fields = from ?? hiddenOf((await editor.get(`/copies/${copy!.id}`)).text, action);
      await editor.post(action, { ...fields, via: 'phone', by: '联络员张某', note }, `/copies/${copy!.id}`);
      return fields;
    };
    const first = await press('第一次');
    await press('第一次', first);
    expect(await audited('reading.acknowledgedOnBehalf')).toBe(1);
    await press('第二次', first); // something else was typed
    await press('第三次');
    expect(await audited('reading.acknowledgedOnBehalf')).toBe(3);
  });

  it('that was refused is carried out when it is pressed again', async () => {
    const [copy] = await world.query<{ id: string }>('SELECT id FROM copy ORDER BY copy_number LIMIT 1');
    const action = `/copies/${copy!.id}/acknowledge-on-behalf`;
    const fields = hiddenOf((await editor.get(`/copies/${copy!.id}`)).text, action);
    await editor.post(action, { ...fields, via: 'phone', by: '' }, `/copies/${copy!.id}`);
    expect(await audited('reading.acknowledgedOnBehalf')).toBe(0);
    await editor.post(action, { ...fields, via: 'phone', by: '联络员张某' }, `/copies/${copy!.id}`);
    expect(await audited('reading.acknowledgedOnBehalf')).toBe(1);
  });
});
