import type { Actor } from '../../accounts/actor.js';
import { AttentionRepository } from '../../console/sending/attention.repository.js';
import { type BoardCopy, BoardRepository } from '../../console/sending/board.repository.js';
import { HeldService } from '../../dispatch/acts/held.service.js';
import { ProgressRepository } from '../../dispatch/after/progress.repository.js';
import { beijingDate } from '../../domain/calendar.js';
import { Clock } from '../../platform/clock.js';
import { PaperService } from '../../reading/paper.service.js';
import { ReadingService } from '../../reading/reading.service.js';
import type { Sandbox } from '../../sandbox/sandbox.js';
import type { Service } from '../service.js';

/** Looked at in one go. */
const atOnce = 200;

/**
 * What waits for a person, because 云MAS cannot be asked whether it took a message before the service was killed: the office phones
 * them. Here it looks at their phones.
 */
export async function askThePhones(
  service: Service,
  sandbox: Sandbox,
  editionId: string,
  editor: Actor,
): Promise<void> {
  for (const { deliveryId } of await service.get(AttentionRepository).held(editionId, atOnce)) {
    const isThere = sandbox.book.messages().some(({ reference }) => reference === deliveryId);
    await service.get(HeldService).settle(editionId, { deliveryId }, isThere ? 'sent' : 'sendAgain', 1, editor);
  }
}

/** Liaison officers who phone the office, and people whose signature comes back on paper. */
const byLiaison = 2;
const onPaper = 3;

/** What the office enters at the end for some of those who have not acknowledged by themselves. Safe to repeat. */
export async function enterForOthers(service: Service, editionId: string, editor: Actor): Promise<string[]> {
  const known = await service.get(ProgressRepository).acknowledgedVia(editionId);
  const open = await service.get(BoardRepository).copies(editionId, 'unacknowledged', { after: 0 }, atOnce);
  const served = open.filter((copy): copy is BoardCopy & { liaison: string } => copy.liaison !== null);
  const phoned = served.slice(0, Math.max(0, byLiaison - (known.get('liaison') ?? 0)));
  for (const { copyId, liaison } of phoned)
    await service.get(ReadingService).acknowledgeOnBehalf(copyId, 'liaison', liaison, '已送本人阅', editor);
  const signed = known.has('paper') ? [] : open.filter((copy) => !phoned.some(({ copyId }) => copyId === copy.copyId));
  const copyIds = signed.slice(-onPaper).map(({ copyId }) => copyId);
  if (copyIds.length > 0) {
    const signedOn = beijingDate(service.get(Clock).now());
    const scan = { name: '签收单.pdf', bytes: scannedSheet };
    await service.get(PaperService).enter(editionId, { copyIds, signedOn, note: '机要交换送达', scan }, editor);
  }
  return [
    ...(phoned.length > 0 ? [`联络员代签收 ${phoned.length} 人`] : []),
    ...(copyIds.length > 0 ? [`登记收回的纸质签收单：${copyIds.length} 人`] : []),
  ];
}

/** The smallest page there is (ISO 32000-1, annex H.2), for a scan. */
const scannedSheet = Buffer.from(`%PDF-1.4
1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj
2 0 obj <</Type /Pages /Kids [3 0 R] /Count 1>> endobj
3 0 obj <</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources <<>>>> endobj
trailer <</Root 1 0 R /Size 4>>
%%EOF
`);
