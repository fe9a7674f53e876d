import { explainSmtpFailure } from './smtp-failure.js';
import { smtpOutcome } from './smtp-outcome.js';

describe('smtpOutcome', () => {
  it.each([
    ['421 4.3.2 Service shutting down', 'retry', 'provider', '4.3.2'],
    ['421 4.7.28 Our system has detected an unusual rate of mail', 'retry', 'throttled', '4.7.28'],
    ['450 4.2.1 Mailbox busy', 'retry', 'provider', '4.2.1'],
    ['451 4.7.1 Greylisting in action, please come back later', 'retry', 'provider', '4.7.1'],
    ['452 4.2.2 Mailbox full', 'retry', 'provider', '4.2.2'],
    ['452 4.2.2 The email account is over quota limit', 'retry', 'provider', '4.2.2'],
    ['452 4.5.3 Too many recipients', 'retry', 'throttled', '4.5.3'],
    ['550 Domain frequency limited', 'retry', 'throttled', '550'],
    ['550 Mailbox unavailable or access denied', 'retry', 'throttled', '550'],
    ['503 Bad sequence of commands', 'retry', 'provider', '503'],
    ['550 5.1.1 No such user here', 'refused', 'recipient', '5.1.1'],
    ['550 5.1.10 RESOLVER.ADR.RecipientNotFound', 'refused', 'recipient', '5.1.10'],
    ['550 5.2.1 Disabled', 'refused', 'recipient', '5.2.1'],
    ['550 User not found: r001@example.cn', 'refused', 'recipient', '550'],
    ['553 sorry', 'refused', 'recipient', '553'],
    ['535 5.7.8 Error: authentication failed', 'refused', 'configuration', '5.7.8'],
    ['530 5.7.0 Must issue a STARTTLS command first', 'refused', 'configuration', '5.7.0'],
    ['550 5.7.26 Unauthenticated mail', 'refused', 'content', '5.7.26'],
    ['554 IP address is blocked', 'refused', 'content', '554'],
    ['554 DT:SPM 163 smtp1', 'refused', 'content', '554'],
    ['552 5.3.4 Message size exceeds fixed limit', 'refused', 'content', '5.3.4'],
    ['550 5.6.0 Invalid message', 'refused', 'content', '5.6.0'],
  ])('reads %s', (response, kind, of, code) => {
    expect(smtpOutcome({ responseCode: Number(response.slice(0, 3)), response, command: 'RCPT TO' })).toMatchObject({
      kind,
      class: of,
      code,
    });
  });

  it('leaves a greylisting server at least five minutes', () => {
    expect(smtpOutcome({ responseCode: 451, response: '451 4.7.1 try later', command: 'RCPT TO' })).toMatchObject({
      afterMs: 300_000,
    });
  });
});

describe('a refusal before the recipient was named', () => {
  it.each([
    ['MAIL FROM', '550 5.1.8 Sender address rejected: user unknown', 'configuration'],
    ['MAIL FROM', '552 5.3.4 Message size exceeds fixed limit', 'content'],
    ['STARTTLS', '502 Command not recognized', 'configuration'],
    ['EHLO', '550 Go away', 'configuration'],
    ['AUTH PLAIN', '500 Syntax error', 'configuration'],
  ])('at %s, %s, is a matter of %s', (command, response, of) => {
    expect(smtpOutcome({ responseCode: Number(response.slice(0, 3)), response, command })).toMatchObject({
      kind: 'refused',
      class: of,
    });
  });
});

describe('explainSmtpFailure', () => {
  const failure = (fields: object, messageBegun: boolean) =>
    explainSmtpFailure({ error: Object.assign(new Error('x'), fields), messageBegun });

  it('does not know once the message had begun to leave', () => {
    expect(failure({ code: 'ECONNECTION' }, true)).toMatchObject({ kind: 'unknown', code: 'ECONNECTION' });
    expect(failure({ code: 'ETIMEDOUT' }, true)).toMatchObject({ kind: 'unknown' });
    expect(explainSmtpFailure({ error: undefined, messageBegun: true })).toMatchObject({ kind: 'unknown' });
  });

  it('trusts an answer, even after the message', () => {
    expect(
      failure({ code: 'EMESSAGE', responseCode: 552, response: '552 5.3.4 Too large', command: 'DATA' }, true),
    ).toMatchObject({
      kind: 'refused',
      class: 'content',
    });
  });

  it.each([
    ['ECONNECTION', 'retry', 'network'],
    ['ETIMEDOUT', 'retry', 'network'],
    ['EDNS', 'retry', 'network'],
    ['ESOCKET', 'retry', 'network'],
    ['ETLS', 'refused', 'configuration'],
    ['EAUTH', 'refused', 'configuration'],
    ['EENVELOPE', 'refused', 'recipient'],
  ])('reads %s before the message', (code, kind, of) => {
    expect(failure({ code }, false)).toMatchObject({ kind, class: of, code });
  });

  it('tries a temporary login failure again', () => {
    expect(failure({ code: 'EAUTH', responseCode: 454, response: '454 4.7.0 Temporary failure' }, false)).toMatchObject(
      {
        kind: 'retry',
        class: 'provider',
      },
    );
  });
});

it('stops the channel for a policy refusal of ourselves, but not for one recipient’s', () => {
  const refusal = { responseCode: 550, response: '550 5.7.1 Rejected by policy' };
  const classOf = (command: string) => smtpOutcome({ ...refusal, command });
  expect(classOf('MAIL FROM')).toMatchObject({ class: 'configuration' });
  expect(classOf('RCPT TO')).toMatchObject({ class: 'content' });
  expect(classOf('DATA')).toMatchObject({ class: 'content' });
});
