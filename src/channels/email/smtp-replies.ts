/** One complete answer of a mail server. */
export interface ServerReply {
  code: number;
  /** The first line as it came, code included, the texts of further lines after it. */
  text: string;
  /** The text of each line, without code. */
  lines: readonly string[];
}

/** Longest line or reply that is waited for; RFC 5321 allows lines of 512. */
const maxReplyBytes = 65_536;

/** Bytes in, complete replies out, however the network cut them (RFC 5321, 4.2). */
export class ReplyReader {
  private rest: Buffer = Buffer.alloc(0);
  private lines: string[] = [];
  private heldBytes = 0;

  /** True between the first and the last line of a reply. */
  get isInsideReply(): boolean {
    return this.rest.length > 0 || this.lines.length > 0;
  }

  /** @throws Error when what comes is no SMTP */
  read(chunk: Buffer): ServerReply[] {
    const bytes = this.rest.length > 0 ? Buffer.concat([this.rest, chunk]) : chunk;
    // Whole lines are decoded together, so that no character is cut in two.
    const end = bytes.lastIndexOf(0x0a) + 1;
    this.rest = bytes.subarray(end);
    const replies: ServerReply[] = [];
    if (end > 0) {
      for (const line of bytes.toString('utf8', 0, end - 1).split('\n')) this.take(line, replies);
    }
    if (this.rest.length + this.heldBytes > maxReplyBytes) throw new Error('the reply does not end');
    return replies;
  }

  private take(raw: string, replies: ServerReply[]): void {
    const line = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
    const [, code, mark] = /^([2-5]\d\d)([ -]|$)/.exec(line) ?? [];
    if (code === undefined) throw new Error(`no SMTP reply: ${line.slice(0, 100)}`);
    this.lines.push(line);
    this.heldBytes += line.length;
    if (mark === '-') return;
    const lines = this.lines.map((each) => each.slice(4));
    replies.push({ code: Number(code), text: [this.lines[0], ...lines.slice(1)].join(' '), lines });
    this.lines = [];
    this.heldBytes = 0;
  }
}

/** What a server said it can do. */
export interface ServerAbilities {
  pipelining: boolean;
  dsn: boolean;
  startTls: boolean;
  /** Whether SIZE was offered, and the limit in bytes; 0 for none. */
  size: { offered: boolean; limit: number };
  /** Names of the logins, in capitals. */
  auth: readonly string[];
}

export const noAbilities: ServerAbilities = {
  pipelining: false,
  dsn: false,
  startTls: false,
  size: { offered: false, limit: 0 },
  auth: [],
};

/** Reads the answer to EHLO; its first line is only a greeting. */
export function readAbilities(reply: ServerReply): ServerAbilities {
  const words = reply.lines.slice(1).map((line) =>
    line
      .trim()
      .toUpperCase()
      .split(/[\s=]+/),
  );
  const of = (name: string) => words.filter(([first]) => first === name);
  return {
    pipelining: of('PIPELINING').length > 0,
    dsn: of('DSN').length > 0,
    startTls: of('STARTTLS').length > 0,
    size: { offered: of('SIZE').length > 0, limit: Number(of('SIZE')[0]?.[1] ?? 0) || 0 },
    // Old servers write AUTH=LOGIN, some both forms.
    auth: of('AUTH').flatMap(([, ...names]) => names),
  };
}
