import { Injectable } from '@nestjs/common';
import { CallbackRepository } from '../channels/callback.repository.js';
import { WechatClient } from '../channels/wechat/wechat-client.js';
import type { WechatEvent } from '../channels/wechat/wechat-callback.js';
import { qrOf, type QrPicture } from '../channels/wechat/wechat-qr.js';
import { DomainError } from '../domain/errors/errors.js';
import { personOfScene, sceneLifeMs, sceneOf } from '../domain/people/binding-scene.js';
import { ContactRepository } from '../organisation/contact.repository.js';
import { ContactService } from '../organisation/contact.service.js';
import { Audit } from '../platform/audit.js';
import { Clock } from '../platform/clock.js';
import { sameText, sha256Hex, Vault } from '../platform/crypto.js';
import { Database } from '../platform/database.js';
import { Settings } from '../settings/settings.js';

const kind = 'wechat';
/** Somebody waits for the page. */
const patienceMs = 5000;
const notFollowing = '本人已取消关注服务号，请本人重新关注或扫码绑定。';

/**
 * Binds who follows the official account to a person of the list: by a QR code that is made for this person, is used once and ends
 * soon. Whoever holds it is taken for the person, so it is shown to somebody who is known: at the desk, or on a device of his own.
 */
@Injectable()
export class WechatBindingService {
  private readonly client: WechatClient | null;

  constructor(
    private readonly settings: Settings,
    private readonly database: Database,
    private readonly contacts: ContactService,
    private readonly rows: ContactRepository,
    private readonly callbacks: CallbackRepository,
    private readonly vault: Vault,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {
    const { wechat } = settings;
    this.client =
      wechat &&
      new WechatClient({
        ...{ baseUrl: wechat.base, appId: wechat.appId, secret: wechat.secret },
        ...{ timeoutMs: patienceMs, now: () => clock.now().getTime() },
      });
  }

  /** Without a callback nothing is heard of a scan. */
  get isOpen(): boolean {
    return this.client !== null && this.settings.wechat?.callback != null;
  }

  /**
   * A code for this person.
   *
   * @throws DomainError contact.notBindable, contact.noQr, list.personNotFound, list.personWiped
   */
  async offer(personId: string, actor: { id: string }): Promise<{ picture: QrPicture; until: Date }> {
    if (!this.isOpen) throw new DomainError('contact.notBindable');
    const person = await this.rows.person(personId);
    if (!person) throw new DomainError('list.personNotFound');
    if (person.wipedAt) throw new DomainError('list.personWiped');
    const until = new Date(this.clock.now().getTime() + sceneLifeMs);
    const scene = sceneOf(personId, until, (text) => this.sealOf(text));
    const answer = await qrOf(this.client!, this.settings.wechat!.qrBase, scene, sceneLifeMs / 1000, patienceMs);
    if (answer.kind === 'noPicture')
      throw new DomainError('contact.noQr', { reason: answer.reason.replace(/。$/, '') });
    await this.audit.record(actor.id, 'contact.bindingOffered', `person:${personId}`, { channel: kind });
    return { picture: answer.picture, until };
  }

  /** Somebody scanned a code of the account. @returns what he is told; null for a code that is none of these */
  async scanned({ openid }: WechatEvent, scene: string): Promise<string | null> {
    const now = this.clock.now();
    if (!/^b[0-9a-f]{62}$/.test(scene)) return null;
    const personId = personOfScene(scene, now, (text, seal) => sameText(seal, this.sealOf(text).slice(0, seal.length)));
    if (personId === null) return '这个二维码已经过期，请重新生成后再扫。';
    try {
      return await this.database.transaction(async () => {
        const mine = (await this.rows.ofPerson(personId)).find((contact) => contact.kind === kind);
        const hash = this.vault.lookupHash(kind, openid);
        const isFirst = await this.callbacks.isFirst(kind, sha256Hex(scene), now, sceneLifeMs);
        // WeChat calls again when it did not see our answer.
        if (!isFirst) return mine?.lookupHash === hash ? bound : '这个二维码已经用过，请重新生成后再扫。';
        await this.contacts.save(personId, kind, openid, { id: `person:${personId}` });
        await this.rows.markVerifiedAt(kind, hash, now);
        const contact = (await this.rows.ofPerson(personId)).find((one) => one.kind === kind)!;
        await this.audit.record(`person:${personId}`, 'contact.bound', `person:${personId}`, {
          channel: kind,
          masked: contact.masked,
        });
        return bound;
      });
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      return error.code === 'list.contactTaken'
        ? '这个微信已经绑定了名单上的另一位同志。如需改绑，请先由办公室解除原来的绑定。'
        : '没有绑定成功，请与办公室联系。';
    }
  }

  /** Who follows again is written to again. */
  async followed({ openid, at }: WechatEvent): Promise<void> {
    await this.database.transaction(async () => {
      const contact = await this.contactOf(openid);
      if (!contact?.badSince || contact.badSince > at) return;
      await this.rows.clearBad(contact.id);
      await this.record(contact, 'contact.followed');
    });
  }

  /** Nothing more is sent there until he follows again. News that is older than what is known changes nothing. */
  async unfollowed({ openid, at }: WechatEvent): Promise<void> {
    await this.database.transaction(async () => {
      const contact = await this.contactOf(openid);
      if (!contact || contact.badSince || (contact.verifiedAt && contact.verifiedAt > at)) return;
      await this.rows.markBad(contact.id, at, notFollowing);
      await this.record(contact, 'contact.unfollowed');
    });
  }

  private async record({ personId, masked }: { personId: string; masked: string }, action: string): Promise<void> {
    await this.audit.record(`person:${personId}`, action, `person:${personId}`, { channel: kind, masked });
  }

  private async contactOf(openid: string) {
    const personId = await this.rows.ownerOf(kind, this.vault.lookupHash(kind, openid));
    if (personId === null) return null;
    return (await this.rows.ofPerson(personId)).find((contact) => contact.kind === kind) ?? null;
  }

  private sealOf(text: string): string {
    return sha256Hex(this.vault.deriveToken('wechat scene', text));
  }
}

const bound = '绑定成功，今后的通知会发到这里。如果不是您本人的操作，请与办公室联系。';
