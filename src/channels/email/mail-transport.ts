/** One message for one recipient. ASCII only: other characters in it are encoded already. */
export interface SmtpMail {
  sender: string;
  recipient: string;
  /** Asks for notifications of success and failure under this envelope id, where the server offers them. */
  notifyAs?: string;
  message: string;
}

/**
 * What became of a letter. A fault is whatever the client reports; `messageBegun` tells whether a byte of the message may
 * have left, which alone decides whether a fault without an answer is a doubt.
 */
export type LetterEnd = 'taken' | 'notStarted' | { fault: unknown; messageBegun: boolean };

export interface Letter {
  mail: SmtpMail;
  /** Asked right before the message itself leaves. */
  isStopped(): boolean;
  /** Called once. */
  settled(end: LetterEnd): void;
}

/** How letters get to the mail server. */
export interface MailTransport {
  /** Sends what `next` gives until it gives nothing, on at most `limit` connections. */
  send(next: () => Letter | undefined, limit: number): Promise<void>;
  /** Connects and logs in; null when that went well, else the fault. */
  check(): Promise<{ fault: unknown } | null>;
  close(): void;
}

export interface MailServer {
  host: string;
  port: number;
  /** `starttls` refuses to go on without it; `none` never encrypts. */
  encryption: 'tls' | 'starttls' | 'none';
  login?: { user: string; password: string };
  /** PEM of the authorities to trust instead of the system's, for a mail server with a certificate of the office's own. */
  ca?: string;
  connections: number;
  timeouts: MailTimeouts;
}

/** Milliseconds of silence after which something is given up. */
export interface MailTimeouts {
  connect: number;
  greeting: number;
  /** A command. */
  command: number;
  /** The message, from its last dot to the answer: a client that gives up earlier makes slow servers into doubts. */
  dataEnd: number;
}

/** What RFC 5321, 4.5.3.2, asks for at least after the last dot; the greeting and each command get half of it. */
export const patientSeconds = 600;

/** A server on which nobody listens is no slow server. */
const longestConnectMs = 30_000;

/** @param seconds for the answer to a message; the others have their share of it, as in RFC 5321 */
export function timeoutsFor(seconds: number): MailTimeouts {
  const dataEnd = seconds * 1000;
  return { connect: Math.min(longestConnectMs, dataEnd / 2), greeting: dataEnd / 2, command: dataEnd / 2, dataEnd };
}
