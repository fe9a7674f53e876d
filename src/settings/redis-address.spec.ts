import { readRedisAddress } from './redis-address.js';

describe('readRedisAddress', () => {
  it.each(['redis://127.0.0.1:6379/0', 'rediss://user:secret@redis.example.cn', 'redis://[::1]:6379'])(
    'takes %s for one server',
    (url) => expect(readRedisAddress(url)).toEqual({ kind: 'single', url }),
  );

  it('takes sentinels with the name of their master', () => {
    expect(readRedisAddress('redis+sentinel://app:p%40ss@one,two:26380/mymaster/2')).toEqual({
      kind: 'sentinel',
      sentinels: [
        { host: 'one', port: 26379 },
        { host: 'two', port: 26380 },
      ],
      master: 'mymaster',
      login: { username: 'app', password: 'p@ss' },
      db: 2,
    });
  });

  it('takes several servers for a cluster', () => {
    expect(readRedisAddress('rediss://:secret@a:7000,b:7001,[fd00::1]:7002')).toEqual({
      kind: 'cluster',
      nodes: [
        { host: 'a', port: 7000 },
        { host: 'b', port: 7001 },
        { host: 'fd00::1', port: 7002 },
      ],
      login: { password: 'secret' },
      tls: true,
    });
  });

  it.each(['', 'http://a', 'redis://', 'redis+sentinel://a:26379', 'redis://a:1,b:2/3', 'redis://a b'])(
    'does not take %j',
    (text) => expect(readRedisAddress(text)).toBeNull(),
  );
});
