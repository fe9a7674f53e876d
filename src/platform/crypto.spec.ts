import { randomBytes } from 'node:crypto';
import { Vault } from './crypto.js';

describe('the vault', () => {
  const vault = new Vault(randomBytes(32));
  const sealed = vault.seal('13900000001');

  it('opens what it sealed, twice never the same', () => {
    expect(vault.open(sealed)).toBe('13900000001');
    expect(vault.seal('13900000001')).not.toBe(sealed);
    expect(vault.openBytes(vault.sealBytes(Buffer.from('甲'))).toString()).toBe('甲');
  });

  it.each([4, 8, 12, 13, 14, 15])(
    'takes no tag of %i bytes, though they are right: they are found by trying',
    (length) => {
      const [keyId, iv, text, tag] = sealed.split('.');
      const cut = Buffer.from(tag!, 'base64url').subarray(0, length).toString('base64url');
      expect(() => vault.open([keyId, iv, text, cut].join('.'))).toThrow();
    },
  );

  it('opens nothing that was changed, byte by byte, and nothing of another key', () => {
    const bytes = vault.sealBytes(Buffer.from('13900000001'));
    for (let i = 0; i < bytes.length; i += 1) {
      const changed = Uint8Array.from(bytes);
      changed[i]! ^= 1;
      expect(() => vault.openBytes(changed)).toThrow();
    }
    expect(() => new Vault(randomBytes(32)).open(sealed)).toThrow(/sealed with key/);
  });
});
