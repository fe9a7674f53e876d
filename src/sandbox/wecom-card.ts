import { z } from 'zod';

/** A button of a card: it opens an address, or calls the application with its key. */
export interface CardButton {
  text: string;
  key?: string;
  url?: string;
}

export interface Card {
  users: string[];
  title: string;
  description: string;
  url: string;
  duplicateWindowMs: number;
  /** Of a card with buttons. */
  task?: { id: string; buttons: CardButton[] };
}

const common = {
  touser: z.string(),
  agentid: z.number(),
  enable_duplicate_check: z.literal([0, 1]).optional(),
  duplicate_check_interval: z.number().optional(),
};
const textRequest = z.object({
  ...common,
  msgtype: z.literal('textcard'),
  textcard: z.object({ title: z.string(), description: z.string(), url: z.string(), btntxt: z.string().optional() }),
});
const line = z.object({ keyname: z.string(), value: z.string().optional() });
const buttonRequest = z.object({
  ...common,
  msgtype: z.literal('template_card'),
  template_card: z.object({
    card_type: z.literal('button_interaction'),
    source: z.object({ desc: z.string().optional() }).optional(),
    task_id: z.string().optional(),
    main_title: z.object({ title: z.string().optional(), desc: z.string().optional() }).optional(),
    sub_title_text: z.string().optional(),
    horizontal_content_list: z.array(line).optional(),
    card_action: z.object({ type: z.number(), url: z.string().optional() }).optional(),
    button_list: z.array(
      z.object({
        type: z.literal([0, 1]).default(0),
        text: z.string(),
        style: z.number().optional(),
        key: z.string().optional(),
        url: z.string().optional(),
      }),
    ),
  }),
});
const request = z.discriminatedUnion('msgtype', [textRequest, buttonRequest]);

const longestWindowSeconds = 4 * 3600;

/** A checked card, or the vendor's code for what is wrong with it. */
export function readCard(body: string, agentId: number): Card | { errcode: number } {
  const parsed = request.safeParse(parse(body));
  if (!parsed.success) return { errcode: 40008 };
  const { touser, agentid, enable_duplicate_check, duplicate_check_interval = 1800 } = parsed.data;
  if (agentid !== agentId) return { errcode: 40056 };
  const users = touser.split('|').filter((user) => user !== '');
  if (users.length === 0 || users.length > 1000) return { errcode: 40031 };
  const shown =
    parsed.data.msgtype === 'textcard' ? textCard(parsed.data.textcard) : buttonCard(parsed.data.template_card);
  if ('errcode' in shown) return shown;
  const seconds = enable_duplicate_check === 1 ? Math.min(duplicate_check_interval, longestWindowSeconds) : 0;
  return { users, ...shown, duplicateWindowMs: seconds * 1000 };
}

type Shown = Pick<Card, 'title' | 'description' | 'url' | 'task'>;

/** Lengths are UTF-8 bytes; the vendor cuts what is longer, which nobody wants to learn from a phone. */
function textCard(card: z.infer<typeof textRequest>['textcard']): Shown | { errcode: number } {
  const { title, description, url, btntxt = '详情' } = card;
  if (title === '' || description === '') return { errcode: 44004 };
  const tooLong =
    Buffer.byteLength(title) > 128 ||
    Buffer.byteLength(description) > 512 ||
    Buffer.byteLength(url) > 2048 ||
    [...btntxt].length > 4;
  if (tooLong) return { errcode: 45002 };
  return isWeb(url) ? { title, description, url } : { errcode: 40035 };
}

/** Lengths are characters, as the vendor advises; what is longer is cut there, and refused here. */
function buttonCard(card: z.infer<typeof buttonRequest>['template_card']): Shown | { errcode: number } {
  const { task_id: id = '', main_title = {}, sub_title_text: text = '', button_list: list } = card;
  const { title = '', desc = '' } = main_title;
  if (!/^[0-9A-Za-z_@-]{1,128}$/.test(id) || list.length < 1 || list.length > 6) return { errcode: 42014 };
  if (title === '' && text === '') return { errcode: 44004 };
  const lines = card.horizontal_content_list ?? [];
  const tooLong =
    lines.length > 6 ||
    lines.some(({ keyname, value = '' }) => longer(keyname, 5) || longer(value, 26)) ||
    longer(card.source?.desc ?? '', 13) ||
    longer(title, 36) ||
    longer(desc, 44) ||
    longer(text, 160) ||
    list.some((button) => longer(button.text, 10) || Buffer.byteLength(button.key ?? '') > 1024);
  if (tooLong) return { errcode: 45002 };
  const url = card.card_action?.type === 1 ? (card.card_action.url ?? '') : '';
  const isWhole = list.every((button) => (button.type === 1 ? isWeb(button.url ?? '') : !!button.key) && button.text);
  if (!isWhole || (card.card_action && !isWeb(url))) return { errcode: 40035 };
  const buttons = list.map((button) =>
    button.type === 1 ? { text: button.text, url: button.url! } : { text: button.text, key: button.key! },
  );
  const description = [desc, text, ...lines.map(({ keyname, value = '' }) => `${keyname}：${value}`)];
  return { title, description: description.filter(Boolean).join('\n'), url, task: { id, buttons } };
}

const redraw = z.object({
  userids: z.array(z.string()).min(1).max(1000),
  agentid: z.number(),
  response_code: z.string().min(1),
  button: z.object({ replace_name: z.string().min(1) }),
});

/** A change of a card's buttons, or the vendor's code for what is wrong with it. */
export function readRedraw(
  body: string,
  agentId: number,
): { users: string[]; code: string; text: string } | { errcode: number } {
  const parsed = redraw.safeParse(parse(body));
  if (!parsed.success) return { errcode: 40058 };
  const { userids: users, agentid, response_code: code, button } = parsed.data;
  if (agentid !== agentId) return { errcode: 40056 };
  return longer(button.replace_name, 10) ? { errcode: 45002 } : { users, code, text: button.replace_name };
}

/** The number of a message that is to be taken back; empty when there is none. */
export function readRecall(body: string): string {
  const parsed = z.object({ msgid: z.string() }).safeParse(parse(body));
  return parsed.success ? parsed.data.msgid : '';
}

/** The number of somebody whose account is asked for; empty when there is none. */
export function readMobile(body: string): string {
  const parsed = z.object({ mobile: z.string() }).safeParse(parse(body));
  return parsed.success ? parsed.data.mobile : '';
}

const longer = (text: string, characters: number): boolean => [...text].length > characters;
const isWeb = (url: string): boolean => /^https?:\/\/\S+$/.test(url) && Buffer.byteLength(url) <= 2048;

function parse(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return undefined;
  }
}
