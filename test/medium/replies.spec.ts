import { openChannels } from '../../src/channels/open-channels.js';
import { serialOf } from '../../src/channels/sms/serial.js';
import { Housekeeping } from '../../src/dispatch/housekeeping.js';
import { DeliveryService } from '../../src/dispatch/send/delivery.service.js';
import { Clock } from '../../src/platform/clock.js';
import { Vault } from '../../src/platform/crypto.js';
import { readSettings } from '../../src/programs/settings.js';
import { ReplyDeskService } from '../../src/reading/reply-desk.service.js';
import { ReplyService } from '../../src/reading/reply.service.js';
import type { BookMessage } from '../../src/sandbox/book.js';
import { aPlannedEdition, committee } from '../builders.js';
import { type Console, openConsole, type Visitor } from '../console.js';
import { office, startSandboxUnderTest, type SandboxUnderTest } from '../contracts/sandbox-under-test.js';
import { openWorld, people, type World, worldKey } from '../world.js';

const never = new AbortController().signal;
const vendors = ['aliyun', 'tencent', 'yunmas', 'cmpp'] as const;
type Vendor = (typeof vendors)[number];
const key = 'a-report-key-for-the-test';
const digits = 4;

/** Accounts with all four vendors at the stand-ins, each message with digits of its own. */
function accounts({ sandbox }: SandboxUnderTest): Record<string, string> {
  const tencentTexts = ['DIGEST', 'REMINDER', 'WITHDRAWAL', 'CODE', 'SUBSCRIBER'].map((text) => [
    `TENCENT_TEMPLATE_${text}`,
    '-',
  ]);
  const all = Object.fromEntries(
    vendors
      .map((vendor) => vendor.toUpperCase())
      .flatMap((vendor) => [
        [`${vendor}_LIMITS`, 'none'],
        [`${vendor}_SERIAL_DIGITS`, String(digits)],
        ...(vendor === 'CMPP' ? [] : [[`${vendor}_REPORT_KEY`, key]]),
      ]),
  ) as Record<string, string>;
  return {
    ...all,
    ...(Object.fromEntries(tencentTexts) as Record<string, string>),
    ...{ SMS_SIGN: office.signName, ALIYUN_SMS_BASE: sandbox.aliyunBase, TENCENT_SMS_BASE: sandbox.tencentBase },
    ...{ ALIYUN_ACCESS_KEY_ID: office.aliyun.accessKeyId, ALIYUN_ACCESS_KEY_SECRET: office.aliyun.accessKeySecret },
    ...{ TENCENT_SECRET_ID: office.tencent.secretId, TENCENT_SECRET_KEY: office.tencent.secretKey },
    ...{ TENCENT_SDK_APP_ID: office.tencent.sdkAppId, TENCENT_TEMPLATE_NOTICE: office.tencentTemplate },
    ...{ YUNMAS_BASE: sandbox.yunmasBase, YUNMAS_EC_NAME: office.yunmas.ecName, YUNMAS_AP_ID: office.yunmas.apId },
    ...{ YUNMAS_SECRET_KEY: office.yunmas.secretKey, YUNMAS_SIGN: office.yunmas.sign, YUNMAS_SERIAL: '17' },
    ...{ CMPP_HOST: '127.0.0.1', CMPP_PORT: String(sandbox.cmpp!.port), CMPP_SP_ID: office.cmpp.spId },
    ...{ CMPP_SECRET: office.cmpp.secret, CMPP_SRC_ID: office.cmpp.srcId, CMPP_SERVICE_ID: office.cmpp.serviceId },
  };
}

describe('replies by SMS', () => {
  let place: SandboxUnderTest;
  let world: World;
  let pages: Console;
  const send = new Map<Vendor, () => Promise<unknown>>();

  beforeAll(async () => {
    place = await startSandboxUnderTest();
    const environment = accounts(place);
    const settings = readSettings({ DATABASE_URL: 'postgres://nowhere', ...environment });
    // The stand-ins look at the time in a signature.
    const channels = openChannels(settings, new Vault(worldKey), new Clock()).accountsOf('sms');
    world = await openWorld({ channels, environment });
    for (const channel of channels) {
      const sender = await world.another([channel]);
      send.set(channel.provider as Vendor, () => sender.get(DeliveryService).sendDue('sms', never));
      channel.listen?.({
        reports: () => Promise.resolve(),
        replies: (replies) => world.get(ReplyService).take(replies),
      });
    }
    pages = await openConsole(world);
    const base = `${(await pages.app.getUrl()).replace(/\/$/, '')}/callbacks`;
    place.sandbox.setReportUrl(`${base}/aliyun/${key}`);
    place.sandbox.setTencentReportUrl(`${base}/tencent/${key}`);
    place.sandbox.setYunmasReportUrl(`${base}/yunmas/${key}`);
    closing = async () => {
      await pages.close();
      await Promise.all(channels.map((channel) => channel.close()));
      await world.close();
      await place.close();
    };
  });
  let closing: () => Promise<void>;
  afterAll(() => closing());

  let number = 20;
  /** The newest issue of each vendor. */
  const sentBy = new Map<Vendor, BookMessage[]>();
  /** A further issue, sent to eleven people through one vendor; the messages in protocol order. */
  const publish = async (vendor: Vendor): Promise<BookMessage[]> => {
    const before = place.sandbox.book.all().length;
    await aPlannedEdition(world, { level: 'internal', number: number++, to: committee.to });
    await send.get(vendor)!();
    const messages = place.sandbox.book.all().slice(before);
    expect(messages.map(({ provider }) => provider)).toEqual(Array.from({ length: committee.people }, () => vendor));
    sentBy.set(vendor, messages);
    return messages.sort((a, b) => a.to.localeCompare(b.to));
  };
  const answer = async (message: BookMessage, text: string) =>
    expect(await place.sandbox.answerSms(message, text)).toBe(true);
  const copyOf = async (message: BookMessage) => {
    const hash = world.vault.lookupHash('sms', message.to);
    const deliveryId = (await world.query<{ id: string }>(`SELECT id FROM delivery WHERE destination = $1`, [hash]))
      .map(({ id }) => id)
      .find((id) => message.reference.startsWith(id) || message.extension?.endsWith(serialOf(id, digits)));
    const [copy] = await world.query<{ id: string; reading: string; via: string | null; evidence: number }>(
      `SELECT c.id, c.reading, c.acknowledged_via AS via,
              (SELECT count(*)::int FROM reading_evidence r WHERE r.copy_id = c.id AND r.kind = 'acknowledged') AS evidence
       FROM copy c JOIN delivery d ON d.copy_id = c.id WHERE d.id = $1`,
      [deliveryId],
    );
    return copy!;
  };
  const unread = { reading: 'unread', via: null, evidence: 0 };
  const bySms = { reading: 'acknowledged', via: 'smsReply', evidence: 1 };
  const waiting = async (from: BookMessage) => {
    const hash = world.vault.lookupHash('sms', from.to);
    return (await world.get(ReplyDeskService).list('open', 100, 0)).filter(
      ({ reply }) => reply.lookupHash === hash && reply.provider === from.provider,
    );
  };

  it.each(vendors)(
    'through %s acknowledge the one open copy, however often they come; what is unclear waits',
    async (vendor) => {
      const first = await publish(vendor);
      const [a, b, c, d, e] = first as [BookMessage, BookMessage, BookMessage, BookMessage, BookMessage];
      await answer(a, ' 已阅。');
      await answer(a, ' 已阅。');
      await answer(a, '收到');
      expect(await copyOf(a)).toMatchObject(bySms);
      expect(await waiting(a)).toEqual([]);

      const long = `收到，${'另有情况报告：'.repeat(40)}`;
      for (const text of ['没收到', 'TD', long]) await answer(b, text);
      expect(await copyOf(b)).toMatchObject(unread);
      const said = (await waiting(b)).map(({ text, reply, candidates }) => [
        text,
        reply.meaning,
        candidates.filter(({ open }) => open).length,
      ]);
      expect(said.sort()).toEqual(
        [
          ['TD', 'ends', 1],
          ['没收到', 'other', 1],
          [long, 'other', 1],
        ].sort(),
      );

      const second = await publish(vendor);
      const [, , , later, together] = second as [BookMessage, BookMessage, BookMessage, BookMessage, BookMessage];
      await answer(c, '1');
      await answer(later, '１');
      expect(await Promise.all([c, second[2]!, d, later].map(copyOf))).toMatchObject([bySms, unread, unread, bySms]);

      const bare = vendor === 'cmpp' ? office.cmpp.srcId : vendor === 'yunmas' ? '17' : '';
      const nothingTold = vendor === 'aliyun' ? '9999' : bare;
      await answer({ ...e, extension: nothingTold }, '收到！');
      expect(await Promise.all([e, together].map(copyOf))).toMatchObject([unread, unread]);
      const [kept] = await waiting(e);
      expect(kept).toMatchObject({ text: '收到！', reply: { meaning: 'acknowledges' } });
      expect(kept!.candidates.map(({ copyId }) => copyId)).toEqual([(await copyOf(together)).id, (await copyOf(e)).id]);
    },
  );

  const refusal = async (visitor: Visitor, address: string, form: Record<string, string>) =>
    (await visitor.follow(await visitor.post(address, form, '/replies'))).status;
  const newestFrom = async (message: BookMessage) => (await waiting(message))[0]!.reply.id;

  it('are settled by a press, once, and what is laid aside can be taken up again', async () => {
    const editor = await pages.as('editor');
    const auditor = await pages.as('auditor');
    const [from, ofOther] = sentBy.get('aliyun')!.slice(7) as [BookMessage, BookMessage];
    const copy = await copyOf(from);
    await answer(from, '收到，王五代');
    const id = await newestFrom(from);

    expect((await auditor.get('/replies')).text).not.toContain('登记为这一份的签收');
    expect(await refusal(auditor, `/replies/${id}`, { copy: copy.id, confirmed: 'yes' })).toBe(403);
    const list = await editor.get('/replies');
    expect(list.text).toContain('收到，王五代');
    expect(list.text).not.toContain(from.to);
    expect((await editor.get('/issues')).text).toMatch(/条短信回复<\/a>等待处理/);

    // Laid aside, and taken up again.
    expect((await editor.post(`/replies/${id}`, { copy: '' }, '/replies')).location).toBe('/replies?did=nothing');
    expect(await refusal(editor, `/replies/${id}`, { copy: copy.id, confirmed: 'yes' })).toBe(409);
    await editor.post(`/replies/${id}/reopen`, {}, '/replies?show=settled');
    expect(await refusal(editor, `/replies/${id}/reopen`, {})).toBe(409);

    // Another's copy is none of it; its own is asked about first.
    const foreign = { copy: (await copyOf(ofOther)).id, confirmed: 'yes' };
    expect(await refusal(editor, `/replies/${id}`, foreign)).toBe(409);
    const asked = await editor.follow(await editor.post(`/replies/${id}`, { copy: copy.id }, '/replies'));
    expect(asked.text).toContain('登记后不能撤销');
    expect(await copyOf(from)).toMatchObject(unread);
    const press = { copy: copy.id, confirmed: 'yes' };
    expect((await editor.post(`/replies/${id}`, press, '/replies')).location).toBe('/replies?did=acknowledged');
    expect(await refusal(editor, `/replies/${id}`, press)).toBe(409);
    expect(await copyOf(from)).toMatchObject(bySms);
    expect((await editor.get(`/copies/${copy.id}`)).text).toMatch(
      /手机短信回复；经阿里云短信收到，由责任编辑甲核对后对应到本份/,
    );
    expect((await editor.get('/replies?show=settled')).text).toMatch(/由责任编辑甲登记为签收/);
    const trail = await world.query<{ action: string }>(
      `SELECT action FROM audit_entry WHERE action LIKE 'reply.%' ORDER BY id`,
    );
    expect(trail.map(({ action }) => action)).toEqual(['reply.laidAside', 'reply.reopened', 'reply.acknowledged']);
  });

  it('show the whole number only with a reason, and nothing in clear is in the database', async () => {
    const [editor, reviewer] = [await pages.as('editor'), await pages.as('reviewer')];
    const from = sentBy.get('tencent')![9]!;
    await answer(from, '请打电话给我');
    const address = `/replies/${await newestFrom(from)}/number`;
    expect((await reviewer.get(address)).status).toBe(403);
    expect((await editor.follow(await editor.post(address, { reason: '' }, address))).text).toContain(
      '请写明查看的理由',
    );
    const shown = await editor.follow(await editor.post(address, { reason: '电话询问' }, address));
    expect(shown.text).toContain(from.to);
    const rows = JSON.stringify(await world.query('SELECT i.*, s.* FROM inbox_reply i, sms_reply s'));
    expect(rows).not.toMatch(/154000000\d\d|打电话/);
  });

  it('are taken once each, whatever a vendor pushes again', async () => {
    const from = sentBy.get('aliyun')![10]!;
    const row = {
      phone_number: from.to,
      content: '没看到内容',
      send_time: '2025-04-03 10:00:00',
      dest_code: '1065759999',
    };
    const url = `${await pages.app.getUrl()}/callbacks/aliyun/${key}/up`;
    const push = async (...rows: object[]) => {
      const headers = { 'content-type': 'application/json' };
      const reply = await fetch(url, { method: 'POST', headers, body: JSON.stringify(rows) });
      expect([reply.status, await reply.json()]).toEqual([200, { code: 0, msg: '接收成功' }]);
    };
    const before = (await waiting(from)).length;
    await push({ ...row, sequence_id: 'r1' }, { ...row, sequence_id: 'r1' }, { phone_number: {} });
    await Promise.all([push({ ...row, sequence_id: 'r1' }), push({ ...row, sequence_id: 'r1' })]);
    expect(await waiting(from)).toHaveLength(before + 1);
    await world.get(ReplyDeskService).layAside(await newestFrom(from), people.editor);
    await push({ ...row, sequence_id: 'r1' });
    expect(await waiting(from)).toHaveLength(before);

    // Nobody fills the inbox, and what bears the mark of a state secret is not kept.
    await push({ ...row, content: '机密★1年 请转交', sequence_id: 'r2' });
    await push({ ...row, content: '机密★1年 请转交', sequence_id: 'r2' });
    expect(
      await world.query(`SELECT 1 FROM audit_entry WHERE action = 'issue.refusedClassified' AND subject = 'reply:r2'`),
    ).toHaveLength(1);
    expect((await waiting(from))[0]).toMatchObject({ text: null });
    await push(...Array.from({ length: 30 }, (_, n) => ({ ...row, sequence_id: `many ${n}` })));
    expect(await waiting(from)).toHaveLength(20);
  });

  it('to a withdrawn issue, to an old one, from a stranger and from a number that is no more his acknowledge nothing', async () => {
    const [from, late, moved] = sentBy.get('yunmas')!.slice(7) as [BookMessage, BookMessage, BookMessage];
    const stranger = { ...from, to: '13900000077', extension: '' };
    await answer(stranger, '收到');
    expect(await waiting(stranger)).toMatchObject([{ candidates: [], owner: null, text: '收到' }]);
    const numberOf = [world.vault.lookupHash('sms', moved.to)];
    await world.query(`UPDATE contact SET lookup_hash = 'x' || lookup_hash WHERE lookup_hash = $1`, numberOf);
    await answer(moved, '收到');
    expect(await copyOf(moved)).toMatchObject(unread);
    expect((await waiting(moved))[0]).toMatchObject({ owner: null });
    await world.query(`UPDATE contact SET lookup_hash = $1 WHERE lookup_hash = 'x' || $1`, numberOf);
    await answer(moved, '已阅');
    expect(await copyOf(moved)).toMatchObject({ reading: 'acknowledged', via: 'smsReply' });
    await world.query('UPDATE edition SET withdrawn_at = now()');
    await answer(from, '收到');
    expect(await copyOf(from)).toMatchObject(unread);
    await world.query('UPDATE edition SET withdrawn_at = NULL');
    world.clock.pass(8 * 86_400_000);
    await answer(late, '收到');
    expect(await copyOf(late)).toMatchObject(unread);
    expect((await waiting(late))[0]).toMatchObject({ candidates: [] });

    world.clock.pass(91 * 86_400_000);
    await world.get(Housekeeping).tidy();
    expect(await world.get(ReplyDeskService).counts()).toMatchObject({ open: 0 });
    const kept = await world.query(
      'SELECT 1 FROM inbox_reply WHERE sealed_text IS NOT NULL OR sealed_number IS NOT NULL',
    );
    expect(kept).toEqual([]);
    expect((await (await pages.as('approver')).get('/replies?show=settled')).text).toContain('内容和号码已按规定删除');
  });
});
