import { codeDigits } from '../../domain/reading/guessing.js';
import type { Vault } from '../../platform/crypto.js';

/**
 * The personal link's token and short code. Both follow from a random nonce and the master key, so that a message can be
 * composed again, byte for byte, after a crash, while the database holds only hashes of them.
 */
export function linkSecrets(vault: Vault, copyId: string, nonce: string): { token: string; code: string } {
  return { token: linkToken(vault, copyId, nonce), code: linkCode(vault, copyId, nonce) };
}

export function linkToken(vault: Vault, copyId: string, nonce: string): string {
  return vault.deriveToken('link', copyId, nonce);
}

/** @param nonce of the link, or of a code that was sent anew */
export function linkCode(vault: Vault, copyId: string, nonce: string): string {
  return vault.deriveDigits('code', codeDigits, copyId, nonce);
}
