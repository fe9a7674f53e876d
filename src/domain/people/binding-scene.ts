/**
 * What a QR code for binding says: for whom it is, until when, and a seal by which only we can have written it. WeChat allows 64
 * characters.
 */

/** Long enough to be scanned at a desk; used ones are remembered for as long. */
export const sceneLifeMs = 10 * 60_000;

/** @param seal of the person and the time, hexadecimal */
export function sceneOf(personId: string, until: Date, seal: (text: string) => string): string {
  const text = `b${personId.replaceAll('-', '')}${Math.floor(until.getTime() / 1000)
    .toString(16)
    .padStart(8, '0')}`;
  return text + seal(text).slice(0, sealLength);
}

const sealLength = 22;

/** Whom a scene binds to; null for what is not ours, or over. */
export function personOfScene(
  scene: string,
  now: Date,
  isSeal: (text: string, seal: string) => boolean,
): string | null {
  const [, text, person, time, seal] = /^(b([0-9a-f]{32})([0-9a-f]{8}))([0-9a-f]{22})$/.exec(scene) ?? [];
  if (!text || !person || !time || !seal || !isSeal(text, seal)) return null;
  if (parseInt(time, 16) * 1000 <= now.getTime()) return null;
  return person.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
