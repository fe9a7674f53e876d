import { PeerLimits } from './peer-limits.js';

const at = (seconds: number) => new Date(1_700_000_000_000 + seconds * 1000);
const admitted = (limits: PeerLimits, address: string, times: number, seconds = 0) =>
  Array.from({ length: times }, () => limits.admit(address, at(seconds))).filter(Boolean).length;

describe('a peer', () => {
  it('has so many connections at once and no more, whatever others have', () => {
    const limits = new PeerLimits({ connections: 3, perMinute: 100 });
    expect(admitted(limits, '10.0.0.1', 9)).toBe(3);
    expect(admitted(limits, '10.0.0.2', 9)).toBe(3);
    limits.release('10.0.0.1');
    expect(admitted(limits, '::ffff:10.0.0.1', 9)).toBe(1);
  });

  it('opens so many in a minute, refused ones counted', () => {
    const limits = new PeerLimits({ connections: 100, perMinute: 5 });
    expect(admitted(limits, '10.0.0.1', 9)).toBe(5);
    expect(admitted(limits, '10.0.0.1', 9, 59)).toBe(0);
    expect(admitted(limits, '10.0.0.1', 9, 60)).toBe(5);
  });

  it.each([
    ['2001:db8:1:2::1', '2001:db8:1:2:ffff:ffff:ffff:ffff', 1],
    ['2001:db8:1:2::1', '2001:0db8:0001:0002::9', 1],
    ['2001:db8::1', '2001:db8:0:0:1::', 1],
    ['fe80::1%eth0', 'fe80::2', 1],
    ['2001:db8:1:2::1', '2001:db8:1:3::1', 2],
    ['::1', '::2', 1],
  ])('is a network of IPv6: %s and %s count as %d', (one, other, peers) => {
    const limits = new PeerLimits({ connections: 1, perMinute: 9 });
    expect(admitted(limits, one, 1) + admitted(limits, other, 1)).toBe(peers);
  });
});
