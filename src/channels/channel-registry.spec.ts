import type { Channel } from './channel.js';
import { ChannelRegistry } from './channel-registry.js';

const done: string[] = [];
const channel = (account: string): Channel => ({
  ...{ kind: 'sms', provider: account, account, batchSize: 1, repeatableForMs: 0, reconcileAfterMs: 0 },
  send: () => Promise.resolve(),
  check: () => Promise.resolve(null),
  listen: () => void done.push(`listens ${account}`),
  close: () => {
    done.push(`closed ${account}`);
    return Promise.resolve();
  },
});

describe('accounts that come and go while the process runs', () => {
  beforeEach(() => void (done.length = 0));

  it('are there behind those of the process, and hear what comes in', async () => {
    const registry = new ChannelRegistry([channel('base')]);
    registry.listen(() => ({ reports: () => Promise.resolve(), replies: () => Promise.resolve() }));
    await registry.replace([channel('new')]);
    expect(registry.accounts()).toEqual(['base', 'new']);
    expect([registry.hasBase('base'), registry.hasBase('new')]).toEqual([true, false]);
    expect(done).toEqual(['listens base', 'listens new']);
  });

  it('stay open until what is under way on them has ended', async () => {
    const old = channel('old');
    const registry = new ChannelRegistry([]);
    await registry.replace([old]);
    let end = () => undefined as void;
    const work = registry.during(old, () => new Promise<void>((resolve) => (end = resolve)));
    await registry.replace([channel('new')]);
    expect(registry.accounts()).toEqual(['new']);
    expect(done).toEqual([]);
    end();
    await work;
    expect(done).toEqual(['closed old']);
  });

  it('are closed at once when nothing is under way, and not when they stay', async () => {
    const [one, two] = [channel('one'), channel('two')];
    const registry = new ChannelRegistry([]);
    await registry.replace([one, two]);
    await registry.during(two, () => Promise.resolve());
    await registry.replace([two]);
    expect(done).toEqual(['closed one']);
  });

  it('change nothing when two would be one account', async () => {
    const registry = new ChannelRegistry([channel('one')]);
    await expect(registry.replace([channel('one')])).rejects.toThrow();
    expect(registry.accounts()).toEqual(['one']);
  });
});
