import { randomBytes } from 'node:crypto';
import { sha256Hex, Vault } from '../../platform/crypto.js';
import { CopyLinks } from './copy-links.js';
import { linkSecrets } from './link.js';

const vault = new Vault(randomBytes(32));

describe('links of a plan', () => {
  it('can be derived again from what is stored', async () => {
    const [link] = await new CopyLinks(vault, () => Promise.resolve(new Set<string>())).draw(1);
    const { token, code } = linkSecrets(vault, link!.id, link!.linkNonce);
    expect([link!.tokenHash, link!.codeHash]).toEqual([sha256Hex(token), vault.lookupHash('code', code)]);
  });

  it('draws a code again that a stored copy has, as often as it takes', async () => {
    const refused: string[] = [];
    const links = await new CopyLinks(vault, (hashes) => {
      // The second of each question, and then the first.
      const known = refused.length < 3 ? hashes.slice(-1) : [];
      refused.push(...known);
      return Promise.resolve(new Set(known));
    }).draw(5);
    expect(refused).toHaveLength(3);
    expect(links.map(({ codeHash }) => codeHash)).not.toContain(refused[0]);
    expect(new Set([...links.map(({ codeHash }) => codeHash), ...refused]).size).toBe(8);
  });

  it('gives no code twice in one plan, though nothing of it is stored yet', async () => {
    const few = Object.assign(Object.create(vault), { lookupHash: () => codes.shift() }) as Vault;
    const codes = ['a', 'b', 'a', 'c', 'b', 'd'].map((letter) => letter.repeat(64));
    const links = new CopyLinks(few, () => Promise.resolve(new Set<string>()));
    const parts = [await links.draw(2), await links.draw(2)];
    expect(parts.flat().map(({ codeHash }) => codeHash[0])).toEqual(['a', 'b', 'd', 'c']);
  });
});
