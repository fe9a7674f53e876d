import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { taskIdOf } from './wecom-card.js';
import { WecomCallback } from './wecom-callback.js';
import { WecomCrypt } from './wecom-crypt.js';
import { readXml, writeXml } from './wecom-xml.js';

type Cases = 'click' | 'menu' | 'unsubscribe' | 'pad1' | 'passiveReply';
const vectors = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../../test/fixtures/vectors/wecom-crypt.json'), 'utf8'),
) as {
  key: string;
  token: string;
  receiveId: string;
  timestamp: string;
  nonce: string;
  cases: Record<Cases, { msg: string; encrypt: string; msg_signature: string }>;
  forgeries: Record<string, string>;
};

const keys = { token: vectors.token, aesKey: vectors.key };
const callback = new WecomCallback({ corpId: vectors.receiveId, agentId: 1_000_002 }, keys);
const crypt = new WecomCrypt({ ...keys, receiveId: vectors.receiveId });
const now = new Date(1_767_323_046_000);
const deliveryId = '0193f0a4-6f2e-7c00-8000-0123456789ab';

const envelope = (encrypt: string) =>
  writeXml([
    ['ToUserName', vectors.receiveId],
    ['AgentID', 1_000_002],
    ['Encrypt', encrypt],
  ]);
/** As WeCom would call with this text. */
function call(text: string, by = crypt, timestamp = vectors.timestamp) {
  const encrypt = by.seal(text);
  return callback.read(by.sign(encrypt, timestamp, 'n'), envelope(encrypt), now);
}
const event = (changes: Record<string, string> = {}) =>
  writeXml(
    Object.entries({
      ToUserName: vectors.receiveId,
      FromUserName: 'ZhangSan',
      CreateTime: '1767323045',
      MsgType: 'event',
      Event: 'template_card_event',
      EventKey: 'ack',
      TaskId: taskIdOf(deliveryId, 'zhangsan'),
      CardType: 'button_interaction',
      ResponseCode: 'RC_0001',
      AgentID: '1000002',
      ...changes,
    }),
  );

describe('a call of WeCom', () => {
  it('names the card that was pressed, and who did', () => {
    const press = { deliveryId, userId: 'ZhangSan', at: new Date(1_767_323_045_000) };
    expect(call(event())).toEqual({ kind: 'pressed', press });
  });

  it.each<Cases>(['click', 'menu', 'unsubscribe'])(
    'is read as it was computed elsewhere, but is of no card of ours: %s',
    (name) => {
      const { encrypt, msg_signature } = vectors.cases[name];
      const { timestamp, nonce } = vectors;
      expect(callback.read({ msg_signature, timestamp, nonce }, envelope(encrypt), now)).toEqual({ kind: 'other' });
    },
  );

  it.each([
    ['another button', { EventKey: 'later' }],
    ['another event', { Event: 'enter_agent' }],
    ['a message', { MsgType: 'text' }],
    ['another application', { AgentID: '1000003' }],
    ['no task', { TaskId: '' }],
    ['a task of somebody else', { TaskId: `${deliveryId}'; --` }],
    ['nobody', { FromUserName: '' }],
  ])('is nothing to us: %s', (_, changes) => {
    expect(call(event(changes))).toEqual({ kind: 'other' });
  });

  it('has no time where the provider gives none that can be read', () => {
    expect(call(event({ CreateTime: 'soon' }))).toMatchObject({ kind: 'pressed', press: { at: null } });
  });

  it('that came long after it was made is told from a forged one', () => {
    expect(call(event(), crypt, '1767322000')).toEqual({ kind: 'untimely' });
    expect(
      call(event(), new WecomCrypt({ ...keys, token: 'other', receiveId: vectors.receiveId }), '1767322000'),
    ).toEqual({
      kind: 'refused',
    });
  });

  it.each([
    ['another token', new WecomCrypt({ ...keys, token: 'other', receiveId: vectors.receiveId })],
    ['another key', new WecomCrypt({ ...keys, aesKey: 'a'.repeat(43), receiveId: vectors.receiveId })],
    ['another corporation', new WecomCrypt({ ...keys, receiveId: 'ww0000000000000000' })],
  ])('is refused: %s', (_, by) => {
    expect(call(event(), by)).toEqual({ kind: 'refused' });
  });

  it.each(Object.entries(vectors.forgeries))('is refused though it is signed: %s', (_, encrypt) => {
    expect(callback.read(crypt.sign(encrypt, vectors.timestamp, 'n'), envelope(encrypt), now)).toEqual({
      kind: 'refused',
    });
  });

  it.each(['', 'x', '<xml></xml>', '<xml><Encrypt></Encrypt></xml>', '{"Encrypt":"x"}'])('is refused: %j', (body) => {
    expect(callback.read(crypt.sign('', vectors.timestamp, 'n'), body, now)).toEqual({ kind: 'refused' });
  });

  it('is refused when what it holds is no XML', () => expect(call('hello')).toEqual({ kind: 'refused' }));
});

describe('the proof of the address', () => {
  const query = { timestamp: vectors.timestamp, nonce: vectors.nonce };
  it('is the text that was sent', () => {
    const { encrypt, msg_signature, msg } = vectors.cases.pad1;
    expect(callback.echo({ ...query, msg_signature }, encrypt, now)).toBe(msg);
  });
  it.each([
    ['a wrong signature', '0'.repeat(40), now],
    ['another time', vectors.cases.pad1.msg_signature, new Date(0)],
  ])('is refused: %s', (_, msg_signature, at) => {
    expect(callback.echo({ ...query, msg_signature }, vectors.cases.pad1.encrypt, at)).toBeNull();
  });
});

describe('the answer to a press', () => {
  it('is the one that was computed elsewhere', () => {
    const answer = readXml(callback.answer({ userId: 'ZhangSan' }, '已签收 11:04', now, 'r3ply'))!;
    const [encrypt, timestamp, nonce] = ['Encrypt', 'TimeStamp', 'Nonce'].map((name) => answer.get(name)!) as [
      string,
      string,
      string,
    ];
    expect([timestamp, nonce]).toEqual(['1767323046', 'r3ply']);
    expect(crypt.isSigned({ msg_signature: answer.get('MsgSignature')!, timestamp, nonce }, encrypt)).toBe(true);
    expect(crypt.open(encrypt)).toBe(vectors.cases.passiveReply.msg);
  });
});
