import { said, type SmtpFault, type SmtpLink } from './smtp-link.js';

/** Logs in by PLAIN or LOGIN, whichever the server offers; null when it went well. */
export async function logIn(
  link: SmtpLink,
  offered: readonly string[],
  login: { user: string; password: string },
  timeoutMs: number,
): Promise<SmtpFault | null> {
  const base64 = (text: string) => Buffer.from(text, 'utf8').toString('base64');
  if (offered.includes('PLAIN')) {
    const secret = base64(`\0${login.user}\0${login.password}`);
    return said(await link.ask(`AUTH PLAIN ${secret}`, 'AUTH PLAIN', timeoutMs), 235);
  }
  // A server that offers no login where one is configured is the wrong server: say so instead of sending without.
  if (!offered.includes('LOGIN')) return { code: 'EAUTH', command: 'AUTH' };
  return (
    said(await link.ask('AUTH LOGIN', 'AUTH LOGIN', timeoutMs), 334) ??
    said(await link.ask(base64(login.user), 'AUTH LOGIN', timeoutMs), 334) ??
    said(await link.ask(base64(login.password), 'AUTH LOGIN', timeoutMs), 235)
  );
}
