import { randomUUID } from 'node:crypto';
import type { Channel, OutgoingMessage } from '../../src/channels/channel.js';
import type { SendOutcome } from '../../src/domain/delivery.js';
import type { MessageContent } from '../../src/rendering/message.js';
import { afterwards } from './afterwards.js';
import { startSandboxUnderTest, type SandboxUnderTest } from './sandbox-under-test.js';

/** A channel bound to the sandbox, and the addresses at which the sandbox misbehaves in each way. */
export interface ChannelUnderTest {
  name: string;
  provider: string;
  open(sandbox: SandboxUnderTest['sandbox']): Channel;
  /** Gives up soon on an answer that does not come. */
  openImpatient(sandbox: SandboxUnderTest['sandbox']): Channel;
  openWithWrongCredentials(sandbox: SandboxUnderTest['sandbox']): Channel;
  openToNobody(): Promise<Channel>;
  content: MessageContent;
  /** Its protocol has no place for a reference of ours: a message is known by its number. */
  knowsNoReference?: true;
  addresses: { good: string[]; unknown: string; throttled: string; cut: string; silent: string };
}

const running = new AbortController().signal;

export function outgoing(address: string, content: MessageContent): OutgoingMessage {
  return { deliveryId: randomUUID(), address, content };
}

/** Sends and gives the outcomes by delivery; fails when one is settled twice. */
export async function outcomesOf(
  channel: Channel,
  messages: readonly OutgoingMessage[],
  signal: AbortSignal = running,
): Promise<Map<string, SendOutcome>> {
  const outcomes = new Map<string, SendOutcome>();
  await channel.send(messages, signal, (deliveryId, outcome) => {
    if (outcomes.has(deliveryId)) throw new Error('settled twice');
    outcomes.set(deliveryId, outcome);
  });
  return outcomes;
}

export async function outcomeOf(
  channel: Channel,
  message: OutgoingMessage,
  signal?: AbortSignal,
): Promise<SendOutcome> {
  const outcome = (await outcomesOf(channel, [message], signal)).get(message.deliveryId);
  if (!outcome) throw new Error('not settled');
  return outcome;
}

/** What every channel must keep to, whatever its provider. */
export function channelContract(underTest: ChannelUnderTest): void {
  describe(`${underTest.name} keeps the channel contract`, () => {
    const { addresses, content } = underTest;
    let place: SandboxUnderTest;
    let channel: Channel;
    const closing = afterwards();

    beforeEach(async () => {
      place = closing(await startSandboxUnderTest());
      channel = closing(underTest.open(place.sandbox));
    });

    it('is the channel of its provider', () => expect(channel.provider).toBe(underTest.provider));

    const booked = (message: OutgoingMessage) =>
      place.sandbox.book
        .messages()
        .filter(({ reference, to }) =>
          underTest.knowsNoReference ? to === message.address : reference === message.deliveryId,
        );

    it('settles each message of a batch once and the provider has each once, under our reference', async () => {
      const messages = addresses.good.map((address) => outgoing(address, content));
      const outcomes = await outcomesOf(channel, messages);
      expect(outcomes.size).toBe(messages.length);
      for (const message of messages) {
        expect(outcomes.get(message.deliveryId)).toMatchObject({ kind: 'accepted' });
        expect(booked(message)).toMatchObject([{ to: message.address, provider: channel.provider }]);
      }
    });

    it('says who refused an unknown recipient', async () => {
      const message = outgoing(addresses.unknown, content);
      expect(await outcomeOf(channel, message)).toMatchObject({ kind: 'refused', class: 'recipient' });
      expect(booked(message)).toEqual([]);
    });

    it('tells a limit from a refusal', async () => {
      expect(await outcomeOf(channel, outgoing(addresses.throttled, content))).toMatchObject({
        kind: 'retry',
        class: 'throttled',
      });
    });

    it('takes wrong credentials for a matter of configuration, never of the recipient', async () => {
      const stranger = closing(underTest.openWithWrongCredentials(place.sandbox));
      expect(await outcomeOf(stranger, outgoing(addresses.good[0] ?? '', content))).toMatchObject({
        kind: 'refused',
        class: 'configuration',
      });
      expect(await stranger.check()).toMatch(/。$/);
    });

    it('knows that nothing left when nobody listens', async () => {
      const lonely = closing(await underTest.openToNobody());
      expect(await outcomeOf(lonely, outgoing(addresses.good[0] ?? '', content))).toMatchObject({
        kind: 'retry',
        class: 'network',
      });
      expect(await lonely.check()).toMatch(/。$/);
    });

    it('does not know when the link is cut after the provider took the message', async () => {
      const message = outgoing(addresses.cut, content);
      expect(await outcomeOf(channel, message)).toMatchObject({ kind: 'unknown' });
      expect(booked(message)).toHaveLength(1);
    });

    it('does not know when the provider never answers', async () => {
      const message = outgoing(addresses.silent, content);
      const impatient = closing(underTest.openImpatient(place.sandbox));
      expect(await outcomeOf(impatient, message)).toMatchObject({ kind: 'unknown' });
      expect(booked(message)).toEqual([]);
    });

    it('starts nothing once aborted', async () => {
      const message = outgoing(addresses.good[0] ?? '', content);
      expect(await outcomeOf(channel, message, AbortSignal.abort())).toMatchObject({
        kind: 'retry',
        class: 'network',
        code: 'NOT_STARTED',
      });
      expect(booked(message)).toEqual([]);
    });

    it('finds nothing wrong with a provider that is well', async () => {
      expect(await channel.check()).toBeNull();
    });
  });
}
