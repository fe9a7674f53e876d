import { explainSmtpFailure } from './smtp-failure.js';

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
