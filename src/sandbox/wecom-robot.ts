import { z } from 'zod';
import { json, type SandboxAnswer, type SandboxRequest } from './http.js';
import { rollingCount } from './rolling-count.js';

export interface WecomRobotOptions {
  /** Of the group's robot; without one there is none. */
  robotKey?: string;
  /** Milliseconds since the epoch. */
  now: () => number;
}

const perMinute = 20;
const request = z.discriminatedUnion('msgtype', [
  z.object({ msgtype: z.literal('markdown'), markdown: z.object({ content: z.string() }) }),
  z.object({ msgtype: z.literal('text'), text: z.object({ content: z.string() }) }),
]);

/** A robot of a group (消息推送). What it was told is what the group sees. */
export function wecomRobot({ robotKey, now }: WecomRobotOptions) {
  const said: string[] = [];
  const recent = rollingCount(60_000);

  return {
    said,
    route({ url, body }: SandboxRequest): SandboxAnswer {
      const refused = (errcode: number) => json({ errcode, errmsg: 'refused' });
      if (robotKey === undefined || url.searchParams.get('key') !== robotKey) return refused(93_000);
      if (recent.count('', now()) >= perMinute) return refused(45_009);
      const parsed = request.safeParse(parse(body));
      if (!parsed.success) return refused(40_008);
      const [content, most] =
        parsed.data.msgtype === 'markdown' ? [parsed.data.markdown.content, 4096] : [parsed.data.text.content, 2048];
      if (content === '') return refused(44_004);
      if (Buffer.byteLength(content) > most) return refused(45_002);
      recent.add('', now());
      said.push(content);
      return json({ errcode: 0, errmsg: 'ok' });
    },
  };
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return undefined;
  }
}
