import { readVerpAddress, verpAddress } from './verp.js';

const domain = 'bounce.gov.example.cn';
const secret = 'verp-secret';
const id = 'dlv01j0000000000000000000000a';
const address = 'b+dlv01j0000000000000000000000a-1b64c843ee2ff480@bounce.gov.example.cn';

describe('verpAddress', () => {
  it('writes the reference address', () => {
    expect(verpAddress(id, secret, domain)).toBe(address);
  });

  it('fits a local part with a UUID', () => {
    const [local = ''] = verpAddress('0b2f9bb5-7f2e-4b5e-9a53-0a4d2ff2a6a1', secret, domain).split('@');
    expect(local.length).toBeLessThanOrEqual(64);
    expect(readVerpAddress(`${local}@${domain}`, secret, domain)).toBe('0b2f9bb5-7f2e-4b5e-9a53-0a4d2ff2a6a1');
  });
});

describe('readVerpAddress', () => {
  it('knows its own address, however a server wrote it', () => {
    expect(readVerpAddress(address.toUpperCase(), secret, domain)).toBe(id);
  });

  it.each([
    ['another delivery', address.replace('000a-', '000b-')],
    ['another code', address.replace('ff480@', 'ff481@')],
    ['another domain', address.replace('gov.', 'gov2.')],
    ['no code', `b+${id}@${domain}`],
    ['a mailbox', `postmaster@${domain}`],
    ['nothing', ''],
  ])('does not know an address with %s', (_what, other) => {
    expect(readVerpAddress(other, secret, domain)).toBeNull();
  });

  it('does not know an address written with another secret', () => {
    expect(readVerpAddress(address, 'other', domain)).toBeNull();
  });
});
