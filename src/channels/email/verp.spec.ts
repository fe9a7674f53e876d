import { bounceDays, readVerpAddress, verpAddress } from './verp.js';

const ours = { secret: 'verp-secret', domain: 'bounce.gov.example.cn' };
const id = '0b2f9bb5-7f2e-4b5e-9a53-0a4d2ff2a6a1';
const sentAt = new Date('2026-01-02T03:04:05Z');
const days = (n: number) => new Date(sentAt.getTime() + n * 86_400_000);
const address = verpAddress(id, sentAt, ours);
const local = address.slice(0, address.indexOf('@'));

describe('verpAddress', () => {
  it('fits a local part with a UUID, in letters a server may fold', () => {
    expect(local.length).toBeLessThanOrEqual(64);
    expect(local).toMatch(/^[a-z0-9+-]+$/);
  });

  it('is another one for another delivery, day, secret', () => {
    const all = [
      address,
      verpAddress(id.replace('0b', '0c'), sentAt, ours),
      verpAddress(id, days(1), ours),
      verpAddress(id, sentAt, { ...ours, secret: 'other' }),
    ].map((each) => each.slice(0, each.indexOf('@')).slice(-16));
    expect(new Set(all).size).toBe(4);
  });
});

describe('readVerpAddress', () => {
  it.each([address, address.toUpperCase(), `${local.toUpperCase()}@${ours.domain}`])('knows its own: %s', (own) => {
    expect(readVerpAddress(own, sentAt, ours)).toEqual({ deliveryId: id, expired: false });
  });

  it('knows it for the days a mail and its bounce may be under way, and then as expired', () => {
    expect(readVerpAddress(address, days(bounceDays), ours)).toEqual({ deliveryId: id, expired: false });
    expect(readVerpAddress(address, days(bounceDays + 1), ours)).toEqual({ deliveryId: id, expired: true });
    expect(readVerpAddress(address, days(-1), ours)).toEqual({ deliveryId: id, expired: false });
  });

  const [, marked = '', mark = ''] = /^b\+(.+)-([^-]+)$/.exec(local) ?? [];
  const day = marked.slice(37);
  it.each([
    ['another delivery', address.replace('0b2f', '0b2e')],
    ['another day', address.replace(`-${day}-`, `-${(parseInt(day, 36) + 9).toString(36)}-`)],
    ['another mark', address.replace(mark, `${mark.startsWith('0') ? '1' : '0'}${mark.slice(1)}`)],
    ['a longer mark', address.replace('@', '0@')],
    ['another domain', address.replace('gov.', 'gov2.')],
    ['a domain in front', `${address}.example.com`],
    ['no mark', `b+${id}@${ours.domain}`],
    ['no day', `b+${id}-${mark}@${ours.domain}`],
    ['a mailbox', `postmaster@${ours.domain}`],
    ['nothing', ''],
  ])('does not know an address with %s', (_what, other) => {
    expect(other).not.toBe(address);
    expect(readVerpAddress(other, sentAt, ours)).toBeNull();
  });

  it('does not know an address written with another secret', () => {
    expect(readVerpAddress(address, sentAt, { ...ours, secret: 'other' })).toBeNull();
  });
});
