/** 紧急程度 of an issue: GB/T 9704 knows 特急 and 加急; everything else is 平件. */

export const urgencies = ['normal', 'urgent', 'extraUrgent'] as const;
export type Urgency = (typeof urgencies)[number];

export const urgencyText: Record<Urgency, string> = { normal: '平件', urgent: '加急', extraUrgent: '特急' };

/** Marks are often printed spaced out: 特 急. */
export function urgencyFromMark(mark: string | null): Urgency {
  const plain = mark?.replace(/\s/g, '');
  if (plain === '特急') return 'extraUrgent';
  return plain === '加急' ? 'urgent' : 'normal';
}

const priority: Record<Urgency, number> = { extraUrgent: 1, urgent: 3, normal: 5 };

/** Lower goes first. */
export function priorityOf(urgency: Urgency): number {
  return priority[urgency];
}
