import { z } from 'zod';

export interface TextCard {
  users: string[];
  title: string;
  description: string;
  url: string;
  duplicateWindowMs: number;
}

const request = z.object({
  touser: z.string(),
  msgtype: z.literal('textcard'),
  agentid: z.number(),
  textcard: z.object({ title: z.string(), description: z.string(), url: z.string(), btntxt: z.string().optional() }),
  enable_duplicate_check: z.literal([0, 1]).optional(),
  duplicate_check_interval: z.number().optional(),
});

const longestWindowSeconds = 4 * 3600;

/** A checked text card, or the vendor's code for what is wrong with it. Lengths are UTF-8 bytes. */
export function readTextCard(body: string, agentId: number): TextCard | { errcode: number } {
  const parsed = request.safeParse(parse(body));
  if (!parsed.success) return { errcode: 40008 };
  const { touser, agentid, textcard, enable_duplicate_check, duplicate_check_interval = 1800 } = parsed.data;
  if (agentid !== agentId) return { errcode: 40056 };
  const users = touser.split('|').filter((user) => user !== '');
  if (users.length === 0 || users.length > 1000) return { errcode: 40031 };
  const { title, description, url, btntxt = '详情' } = textcard;
  if (title === '' || description === '') return { errcode: 44004 };
  const tooLong =
    Buffer.byteLength(title) > 128 ||
    Buffer.byteLength(description) > 512 ||
    Buffer.byteLength(url) > 2048 ||
    [...btntxt].length > 4;
  if (tooLong) return { errcode: 45002 };
  if (!/^https?:\/\/\S+$/.test(url)) return { errcode: 40035 };
  const seconds = enable_duplicate_check === 1 ? Math.min(duplicate_check_interval, longestWindowSeconds) : 0;
  return { users, title, description, url, duplicateWindowMs: seconds * 1000 };
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return undefined;
  }
}
