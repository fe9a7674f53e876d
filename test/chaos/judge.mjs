import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { serialOf } from '../../dist/channels/sms/serial.js';

const lines = (file) =>
  existsSync(file)
    ? readFileSync(file, 'utf8')
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line))
    : [];

/** The providers' own books; they outlive everything that is killed. */
export const readBook = (dir) =>
  lines(join(dir, 'book.jsonl'))
    .filter(({ type }) => type === 'message')
    .map(({ message }) => message);
export const readFaults = (dir) => lines(join(dir, 'faults.jsonl'));

/** A gateway's book names no delivery; the digits behind the number it came from do. */
export const serialDigits = 8;

const settled = new Set(['sent', 'delivered', 'failed', 'cancelled', 'held']);
/** A message is recorded this long after its provider's answer at the latest, when nothing is down. */
const recordedWithinMs = 2000;

/**
 * Holds the database against the books.
 *
 * @param deliveries rows `{ id, channel, state }`
 * @param book messages the providers took
 * @param faults what the sandbox did on purpose
 * @param kills `{ what, from, to }` in milliseconds: from the kill until it was up again
 * @param expected how many deliveries there must be
 */
export function judge({ deliveries, book, faults, kills, expected }) {
  const known = new Map(deliveries.map((row) => [row.id, row]));
  const bySerial = new Map(
    deliveries.filter(({ channel }) => channel === 'sms').map(({ id }) => [serialOf(id, serialDigits), id]),
  );
  const named = ({ provider, reference, extension, ...message }) => ({
    ...{ ...message, provider, extension },
    reference: provider === 'cmpp' ? (bySerial.get(extension.slice(-serialDigits)) ?? reference) : reference,
  });
  const books = book.map(named);
  const shown = books.filter((message) => message.shown);
  const byReference = groups(shown, ({ kind, reference }) => `${kind} ${reference}`);
  const taken = groups(books, ({ reference }) => reference);

  const claimedOnly = deliveries.filter(({ id, state }) => ['sent', 'delivered'].includes(state) && !taken.has(id));
  const open = deliveries.filter(({ state }) => !settled.has(state));
  const never = Math.max(0, expected - deliveries.length);

  const again = [...byReference.values()].flatMap((messages) => messages.slice(1));
  const repeats = again.filter((message) => message.kind === 'email' && isRepeat(message, byReference));
  const foreign = shown.filter(({ reference, kind }) => known.get(reference)?.channel !== kind);
  const sameReader = [...groups(shown, ({ kind, to }) => `${kind} ${to}`).values()].flatMap((messages) =>
    [...new Set(messages.map(({ reference }) => reference))].slice(1),
  );
  const duplicates = again.length - repeats.length + foreign.length + sameReader.length;

  // Whatever a server does, nobody gets a third copy.
  const thrice = [...byReference.values()].filter((messages) => messages.length > 2);

  const hidden = new Set(faults.map(({ reference }) => reference));
  const inFlight = ({ at }) =>
    kills.some(({ from, to }) => Date.parse(at) > from - recordedWithinMs && Date.parse(at) < to + recordedWithinMs);
  const unexplained = repeats.filter(
    (message) =>
      !byReference
        .get(`${message.kind} ${message.reference}`)
        .some((copy) => copy !== message && (hidden.has(copy.returnPath) || inFlight(copy))),
  );

  return {
    sentOnce: [...byReference.values()].filter((messages) => messages.length === 1).length,
    lost: claimedOnly.length + open.length + never,
    duplicates,
    thrice: thrice.length,
    repeats: repeats.length,
    held: deliveries.filter(({ state }) => state === 'held').length,
    unexplained: unexplained.length,
    failed: deliveries.filter(({ state }) => state === 'failed').length,
    evidence: {
      claimedOnly: claimedOnly.slice(0, 5),
      open: open.slice(0, 5),
      again: again
        .filter((message) => message.kind !== 'email')
        .slice(0, 5)
        .map(({ reference }) => byReference.get([...byReference.keys()].find((key) => key.endsWith(reference)))),
      thrice: thrice.slice(0, 5),
      unexplained: unexplained.slice(0, 5),
    },
  };
}

function isRepeat(message, byReference) {
  return byReference.get(`${message.kind} ${message.reference}`)[0].messageId === message.messageId;
}

function groups(list, keyOf) {
  const found = new Map();
  for (const item of list) {
    const key = keyOf(item);
    if (found.has(key)) found.get(key).push(item);
    else found.set(key, [item]);
  }
  return found;
}
