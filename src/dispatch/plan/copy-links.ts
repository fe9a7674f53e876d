import { randomToken, sha256Hex, type Vault } from '../../platform/crypto.js';
import { newId } from '../../platform/new-id.js';
import { linkSecrets } from './link.js';

/** What a copy is found by: its own id, and hashes of the token and code that only its reader has. */
export interface CopyLink {
  id: string;
  linkNonce: string;
  tokenHash: string;
  codeHash: string;
}

/** The links of one plan, drawn part by part: a short code that another copy has already is drawn again. */
export class CopyLinks {
  /** Of codes given in this plan, which nobody else sees before it is stored. */
  private readonly marks = new Set<number>();

  /** @param taken which of these code hashes stored copies have */
  constructor(
    private readonly vault: Vault,
    private readonly taken: (codeHashes: readonly string[]) => Promise<ReadonlySet<string>>,
  ) {}

  async draw(count: number): Promise<CopyLink[]> {
    const links = Array.from({ length: count }, () => this.drawOne());
    let open = [...links.keys()];
    while (open.length > 0) {
      const taken = await this.taken(open.map((place) => links[place]!.codeHash));
      const again: number[] = [];
      for (const place of open) {
        const { codeHash } = links[place]!;
        const mark = markOf(codeHash);
        if (taken.has(codeHash) || this.marks.has(mark)) {
          links[place] = this.drawOne();
          again.push(place);
        } else this.marks.add(mark);
      }
      open = again;
    }
    return links;
  }

  private drawOne(): CopyLink {
    const [id, linkNonce] = [newId(), randomToken(16)];
    const { token, code } = linkSecrets(this.vault, id, linkNonce);
    return { id, linkNonce, tokenHash: sha256Hex(token), codeHash: this.vault.lookupHash('code', code) };
  }
}

/** 48 bits, of 100,000 copies 5 MB less than whole hashes; two codes that share them by chance are drawn apart. */
const markOf = (codeHash: string): number => Number.parseInt(codeHash.slice(0, 12), 16);
