import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { json, type SandboxAnswer } from './http.js';

const body = z.object({
  expire_seconds: z.number().int().min(1).max(2_592_000).default(60),
  action_name: z.literal('QR_STR_SCENE'),
  action_info: z.object({ scene: z.object({ scene_str: z.string().min(1).max(64) }) }),
});

/** A picture of 1 by 1, for what nobody scans with a camera here. */
const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII=',
  'base64',
);

/** Temporary QR codes with a text: made, drawn, and read by whoever scans them. */
export function wechatScenes(now: () => number) {
  const scenes = new Map<string, { scene: string; until: number }>();

  return {
    create(text: string, base: string): SandboxAnswer {
      let read: unknown;
      try {
        read = JSON.parse(text);
      } catch {
        return json({ errcode: 47001, errmsg: 'data format error' });
      }
      const asked = body.safeParse(read);
      if (!asked.success) return json({ errcode: 40053, errmsg: 'invalid action info' });
      const { expire_seconds, action_info } = asked.data;
      const ticket = randomBytes(24).toString('base64url');
      scenes.set(ticket, { scene: action_info.scene.scene_str, until: now() + expire_seconds * 1000 });
      return json({ ticket, expire_seconds, url: `${base}q/${ticket}` });
    },
    draw(ticket: string): SandboxAnswer {
      if (!scenes.has(ticket)) return { status: 404, type: 'text/plain', body: '' };
      return { status: 200, type: 'image/png', body: '', bytes: picture };
    },
    /** @param url what the code leads to, or the ticket alone */
    sceneOf(url: string): string | null {
      const known = scenes.get(url.split('/').at(-1) ?? '');
      return known && now() < known.until ? known.scene : null;
    },
  };
}
