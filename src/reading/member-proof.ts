import { Injectable, Logger } from '@nestjs/common';
import type {} from '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CallbackRepository } from '../channels/callback.repository.js';
import { WecomClient } from '../channels/wecom/wecom-client.js';
import { callLifeMs } from '../channels/wecom/wecom-crypt.js';
import { authorizeUrl, longestCode, type OAuthSettings, readerBehind } from '../channels/wecom/wecom-members.js';
import {
  askedAs,
  askedForMs,
  isInsideWecom,
  judgeReader,
  type MemberMark,
  memberProven,
  type MemberStep,
  memberStep,
  otherForMs,
  ownForMs,
  type ReaderBehind,
  type ReaderJudged,
  untoldForMs,
} from '../domain/reading/member.js';
import type { MemberProven } from '../domain/reading/press.js';
import { ContactRepository } from '../organisation/contact.repository.js';
import { Clock } from '../platform/clock.js';
import { randomToken, sameText, sha256Hex, Vault } from '../platform/crypto.js';
import { Settings } from '../settings/settings.js';
import type { WecomSettings } from '../settings/wecom.js';
import { type ReaderView, ReadingService } from './reading.service.js';

const provider = 'wecom';
const cookieName = 'kb_member';
/** Somebody waits for the page. */
const patienceMs = 5000;
/** Letters and digits only, as WeCom has it of a state. */
const shape = /^(asked|askedAgain|other|own|untold)x([0-9a-f]{8,12})x([0-9a-f]{0,64})x([0-9a-f]{32})$/;

type Copy = Pick<ReaderView, 'token' | 'personId'>;

/**
 * Who has a link open inside WeCom, as WeCom says. Remembered in a sealed cookie of this one copy's pages, so that neither another
 * copy nor another browser can use it. Everywhere else nothing is asked.
 */
@Injectable()
export class MemberProof {
  private readonly log = new Logger(MemberProof.name);
  private asked: { of: WecomSettings; oauth: OAuthSettings & { client: WecomClient } } | null = null;

  constructor(
    private readonly settings: Settings,
    private readonly reading: ReadingService,
    private readonly contacts: ContactRepository,
    private readonly callbacks: CallbackRepository,
    private readonly vault: Vault,
    private readonly clock: Clock,
  ) {}

  /** Null where WeCom is not asked; anew when other keys were entered meanwhile. */
  private get oauth(): (OAuthSettings & { client: WecomClient }) | null {
    const { wecom } = this.settings;
    if (!wecom?.oauth) return null;
    if (this.asked?.of !== wecom) {
      const client = new WecomClient({
        ...{ baseUrl: wecom.base, corpId: wecom.corpId, secret: wecom.secret },
        timeoutMs: patienceMs,
        now: () => this.clock.now().getTime(),
      });
      const { base } = wecom.oauth;
      this.asked = { of: wecom, oauth: { base, corpId: wecom.corpId, agentId: wecom.agentId, client } };
    }
    return this.asked.oauth;
  }

  /** What a page of this copy does in this browser. */
  async step(request: FastifyRequest, copy: Copy): Promise<MemberStep> {
    if (!this.oauth || !isInsideWecom(request.headers['user-agent'])) return 'show';
    return memberStep(this.markOf(request, copy.token), await this.accountsOf(copy), this.clock.now());
  }

  /** For the evidence of a press: what was proven when the page was shown. */
  proven(request: FastifyRequest, token: string): MemberProven | null {
    if (!this.oauth || !isInsideWecom(request.headers['user-agent'])) return null;
    return memberProven(this.markOf(request, token), this.clock.now());
  }

  /** The address at WeCom that says who has the page open, and leads back. */
  ask(request: FastifyRequest, reply: FastifyReply, token: string): string {
    const kind = askedAs(this.markOf(request, token));
    const state = this.seal(token, kind, Buffer.from(randomToken(16), 'base64url').toString('hex'));
    this.keep(reply, token, state, kind === 'asked' ? askedForMs : otherForMs);
    return authorizeUrl(this.oauth!, `${this.settings.http.publicUrl}/r/${token}/wecom`, state);
  }

  /**
   * Somebody came back from WeCom.
   *
   * @returns where he goes on, and who he is, null where that was not asked: each way back works once, for this copy, for five
   * minutes. Somebody else goes nowhere.
   */
  async back(
    request: FastifyRequest,
    reply: FastifyReply,
    copy: Copy & Pick<ReaderView, 'copyId'>,
    { state = '', code = '' }: { state?: string; code?: string },
  ): Promise<{ to: string; judged: ReaderJudged | null }> {
    const { token } = copy;
    const page = { to: `/r/${token}`, judged: null };
    const [asked, now] = [this.read(token, state), this.clock.now()];
    const age = asked === null ? Infinity : now.getTime() - asked.at.getTime();
    const isAsked = asked?.kind === 'asked' || asked?.kind === 'askedAgain';
    if (!this.oauth || !isAsked || age < 0 || age > askedForMs) return page;
    if (!(await this.callbacks.isFirst(provider, sha256Hex(state), now, callLifeMs))) return page;
    const sameBrowser = sameText(request.cookies[cookieName] ?? '', state);
    const behind = await this.readerBehind(code);
    const member = behind.kind === 'member' ? this.vault.lookupHash('wecom', behind.userId) : null;
    const judged = judgeReader(behind, member, await this.accountsOf(copy), sameBrowser);
    switch (judged) {
      case 'own':
        this.keep(reply, token, this.seal(token, 'own', member!), ownForMs);
        return { ...page, judged };
      case 'untold': {
        const why = behind.kind === 'untold' ? behind.code : 'OTHER_BROWSER';
        this.log.warn(`${provider}: cannot say who has copy ${copy.copyId} open: ${why}`);
        const untold = this.seal(token, 'untold', '');
        this.keep(reply, token, untold, untoldForMs);
        // Some browsers inside of other programs keep no cookie.
        return { to: sameBrowser ? page.to : `${page.to}?member=${untold}`, judged };
      }
      case 'other':
        this.keep(reply, token, this.seal(token, 'other', ''), otherForMs);
        await this.callbacks.count(provider, 'otherPerson', 1, now);
        await this.reading.recordOtherMember(copy.copyId);
        return { ...page, judged };
    }
  }

  private async readerBehind(code: string): Promise<ReaderBehind> {
    if (code === '' || code.length > longestCode) return { kind: 'untold', code: 'NO_CODE' };
    return readerBehind(this.oauth!.client, code);
  }

  private async accountsOf({ personId }: Copy): Promise<string[]> {
    const contacts = await this.contacts.ofPerson(personId);
    return contacts.filter(({ kind }) => kind === 'wecom').map(({ lookupHash }) => lookupHash);
  }

  private markOf(request: FastifyRequest, token: string): MemberMark | null {
    const kept = this.read(token, request.cookies[cookieName] ?? '');
    if (kept !== null) return kept;
    const { member } = request.query as { member?: unknown };
    const brought = typeof member === 'string' ? this.read(token, member) : null;
    return brought?.kind === 'untold' ? brought : null;
  }

  private read(token: string, text: string): MemberMark | null {
    const [, kind = '', time = '', rest = '', seal = ''] = shape.exec(text) ?? [];
    if (kind === '' || !sameText(seal, this.sealOf(token, kind, time, rest))) return null;
    return { kind: kind as MemberMark['kind'], at: new Date(parseInt(time, 16)), member: rest };
  }

  private seal(token: string, kind: MemberMark['kind'], rest: string): string {
    const time = this.clock.now().getTime().toString(16);
    return [kind, time, rest, this.sealOf(token, kind, time, rest)].join('x');
  }

  private sealOf(...parts: readonly string[]): string {
    return sha256Hex(this.vault.deriveToken('wecom member', ...parts)).slice(0, 32);
  }

  private keep(reply: FastifyReply, token: string, value: string, forMs: number): void {
    reply.setCookie(cookieName, value, {
      path: `/r/${token}`,
      httpOnly: true,
      sameSite: 'lax',
      secure: this.settings.http.secureCookies,
      maxAge: forMs / 1000,
    });
  }
}
