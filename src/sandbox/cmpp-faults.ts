import { aliyunFaultOf } from './aliyun-faults.js';

/**
 * Numbers that misbehave at the gateway, by their last four digits. 9903 to 9908 do what they do at the other vendors (busy once, cut
 * after taking, silent, undelivered, never reported, reported twice).
 */
export const cmppResults: Readonly<Record<string, number>> = {
  9901: 13,
  9902: 8,
  9909: 8,
  9941: 1,
  9942: 2,
  9943: 3,
  9944: 4,
  9945: 5,
  9946: 6,
  9947: 7,
  9949: 9,
  9950: 10,
  9951: 11,
  9952: 12,
  9953: 13,
  9959: 150,
};

export type CmppFault =
  | NonNullable<ReturnType<typeof aliyunFaultOf>>
  /** The report comes before the answer. */
  | 'reportFirst'
  /** The first answer is lost on the way; the packet sent again is answered as the first would have been. */
  | 'answerLost'
  /** The link is cut after the first part was taken and answered. */
  | 'cutInMiddle'
  /** The flow is limited at the second part, once. */
  | 'throttledInMiddle'
  /** One of the parts is reported undelivered. */
  | 'oneUndelivered';

const own: Readonly<Record<string, CmppFault>> = {
  9961: 'reportFirst',
  9962: 'answerLost',
  9963: 'cutInMiddle',
  9964: 'throttledInMiddle',
  9965: 'oneUndelivered',
};

export const cmppFaultOf = (number: string): CmppFault | null => own[number.slice(-4)] ?? aliyunFaultOf(number);
