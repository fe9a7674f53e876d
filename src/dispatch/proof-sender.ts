import { Injectable, Logger } from '@nestjs/common';
import { TrialRepository } from '../accounts/trial.repository.js';
import type { Channel } from '../channels/channel.js';
import { ChannelRegistry } from '../channels/channel-registry.js';
import type { SendOutcome } from '../domain/delivery.js';
import { endToken } from '../distribution/subscriptions/subscription.service.js';
import { isSentTo, notSentInTrial } from '../domain/sending/trial.js';
import { ContactRepository } from '../organisation/contact.repository.js';
import { TrialPersonRepository } from '../organisation/trial-person.repository.js';
import { proofSecrets } from '../organisation/address-proof.service.js';
import { AddressProofRepository, type ProofToSend } from '../organisation/address-proof.repository.js';
import { Clock } from '../platform/clock.js';
import { Vault } from '../platform/crypto.js';
import { filedWith } from '../settings/sms.js';
import { Settings } from '../settings/settings.js';
import type { MessageContent } from '../rendering/message.js';
import { Renderer } from '../rendering/renderer.js';
import { OrganisationRepository } from '../organisation/organisation.repository.js';

const AT_ONCE = 20;
const mostAttempts = 3;
/** A worker that fell silent has this long; the code is the same at the second try, so that a repetition confuses nobody. */
const silentMs = 60_000;
const retryMs = 20_000;

/** Sends codes. Somebody waits for each of them: they are few, and do not queue behind an issue. */
@Injectable()
export class ProofSender {
  private readonly log = new Logger(ProofSender.name);

  constructor(
    private readonly proofs: AddressProofRepository,
    private readonly organisation: OrganisationRepository,
    private readonly channels: ChannelRegistry,
    private readonly renderer: Renderer,
    private readonly vault: Vault,
    private readonly clock: Clock,
    private readonly settings: Settings,
    private readonly trials: TrialRepository,
    private readonly testers: TrialPersonRepository,
    private readonly contacts: ContactRepository,
  ) {}

  async sendDue(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const now = this.clock.now();
      const due = await this.proofs.claim(AT_ONCE, now, new Date(now.getTime() + silentMs));
      await Promise.all(due.map((proof) => this.sendOne(proof, signal)));
      if (due.length < AT_ONCE) return;
    }
  }

  private async sendOne(proof: ProofToSend, signal: AbortSignal): Promise<void> {
    const now = this.clock.now();
    const channel = this.channelFor(proof);
    if (!channel) return this.proofs.settle(proof.id, 'failed', '这一通道没有配置');
    const trial = await this.trials.isActive();
    if (!isSentTo(trial, await this.personOf(proof), await this.testers.ids()))
      return this.proofs.settle(proof.id, 'failed', `系统正在试运行，只发给试运行人员（${notSentInTrial}）`);
    if (proof.expiresAt <= now) return this.proofs.settle(proof.id, 'failed', '没有在有效期内发出');
    const content = this.contentOf(proof, now, trial);
    let outcome: SendOutcome | undefined;
    const message = { deliveryId: proof.id, address: this.vault.open(proof.sealed), content };
    await channel.send([message], signal, (_id, result) => (outcome = result));
    if (outcome) await this.record(proof, outcome, now);
  }

  private channelFor({ channel, decision }: ProofToSend): Channel | undefined {
    if (channel !== 'sms' || decision === null) return this.channels.get(channel);
    return this.channels.account(filedWith('decision', this.settings.sms) ?? '');
  }

  /** Who registered the address; null for whoever asks to subscribe. */
  private async personOf({ contactId }: ProofToSend): Promise<string | null> {
    return contactId === null ? null : this.contacts.personOf(contactId);
  }

  private contentOf(proof: ProofToSend, now: Date, trial: boolean): MessageContent {
    const { publicUrl } = this.settings.http;
    if (proof.decision && proof.subscriptionId)
      return this.renderer.decisionMessage(
        proof.channel,
        {
          name: proof.name ?? '',
          publication: proof.publication ?? '',
          decision: proof.decision,
          reason: proof.reason ?? '',
          unsubscribe: `${publicUrl}/u/${endToken(this.vault, proof.subscriptionId)}`,
        },
        trial,
      );
    const { code, token } = proofSecrets(this.vault, proof.id, proof.nonce);
    return this.renderer.codeMessage(
      proof.channel,
      {
        code,
        link: proof.subscriptionId ? `${publicUrl}/subscribe/confirm/${token}` : null,
        publication: proof.publication,
        minutes: Math.max(1, Math.round((proof.expiresAt.getTime() - now.getTime()) / 60_000)),
      },
      trial,
    );
  }

  private async record(proof: ProofToSend, outcome: SendOutcome, now: Date): Promise<void> {
    switch (outcome.kind) {
      // What is unknown may have arrived; whoever misses it asks for another.
      case 'accepted':
      case 'unknown':
        return this.proofs.settle(proof.id, 'sent', null);
      case 'refused':
        if (outcome.class === 'recipient' && proof.contactId)
          await this.organisation.markContactBad(proof.contactId, now, outcome.reason);
        this.log.warn(`a code was refused: ${outcome.code}`);
        return this.proofs.settle(proof.id, 'failed', outcome.reason);
      case 'retry': {
        if (proof.attempts >= mostAttempts) return this.proofs.settle(proof.id, 'failed', outcome.reason);
        const next = new Date(now.getTime() + Math.max(retryMs, outcome.afterMs ?? 0));
        return this.proofs.settle(proof.id, 'planned', outcome.reason, next);
      }
    }
  }
}
