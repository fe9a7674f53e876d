import { type RobotOptions, sayInGroup } from '../../src/channels/wecom/wecom-robot.js';
import { office, startSandboxUnderTest, type SandboxUnderTest } from './sandbox-under-test.js';

const key = '693a91f6-0000-4bc4-97a0-0ec2000aa000';

describe('the robot of a WeCom group', () => {
  let place: SandboxUnderTest;
  beforeAll(async () => {
    place = await startSandboxUnderTest({ wecom: { ...office.wecom, users: 'any', robotKey: key, now: () => 0 } });
  });
  afterAll(() => place.close());
  const say = (text: string, changes: Partial<RobotOptions> = {}) =>
    sayInGroup({ baseUrl: place.sandbox.wecomBase, key, mention: [], timeoutMs: 30_000, ...changes }, text);

  it('says it, and calls whom it is to call', async () => {
    expect(await say('已发出', { mention: ['zhiban', 'lisi'] })).toMatchObject({ kind: 'accepted' });
    expect(place.sandbox.saidInGroup.at(-1)).toBe('已发出\n<@zhiban><@lisi>');
  });

  it('says what the provider takes of a long text, and still calls', async () => {
    expect(await say('汛'.repeat(3000), { mention: ['zhiban'] })).toMatchObject({ kind: 'accepted' });
    const said = place.sandbox.saidInGroup.at(-1)!;
    expect(Buffer.byteLength(said)).toBeLessThanOrEqual(4096);
    expect(said).toMatch(/…\n<@zhiban>$/);
  });

  it('says what to do about a key that WeCom does not know, without showing it', async () => {
    const other = 'ffffffff-0000-4bc4-97a0-0ec2000aa000';
    const outcome = await say('已发出', { key: other });
    expect(outcome).toMatchObject({ kind: 'refused', class: 'configuration', code: '93000' });
    expect(JSON.stringify(outcome)).toContain('WECOM_ROBOT_KEY');
    expect(JSON.stringify(outcome)).not.toContain(other);
  });

  it('waits a minute after twenty, and is in doubt where nothing answers', async () => {
    for (let n = 0; n < 18; n++) await say('已发出');
    expect(await say('已发出')).toMatchObject({ kind: 'retry', class: 'throttled', afterMs: 60_000 });
    expect(await say('已发出', { baseUrl: `${place.sandbox.httpUrl}/nowhere` })).toMatchObject({ kind: 'unknown' });
  });
});
