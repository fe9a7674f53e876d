import { redisWarnings } from './queue-backend.js';

const info = (aof: string, policy: string) =>
  `# Memory\r\nmaxmemory_policy:${policy}\r\n# Persistence\r\naof_enabled:${aof}\r\n`;

describe('redisWarnings', () => {
  it('are silent about a server that keeps what it is given', () => {
    expect(redisWarnings(info('1', 'noeviction'))).toEqual([]);
  });

  it('name each setting that lets a server forget', () => {
    expect(redisWarnings(info('0', 'noeviction'))).toEqual([expect.stringContaining('appendonly yes')]);
    expect(redisWarnings(info('1', 'allkeys-lru'))).toEqual([expect.stringContaining('allkeys-lru')]);
  });
});
