import { beijingTime } from './beijing-time.js';

/** What a phone sends back. */
export interface PhoneReply {
  from: string;
  content: string;
  /** The digits behind the vendor's number that it is sent to. */
  extension: string;
}

interface Shape {
  row: (reply: PhoneReply, at: Date) => unknown;
  took: (answer: Readonly<Record<string, unknown>>) => boolean;
}

let sequence = 0;

/** As each vendor pushes it: Aliyun's SmsUp in lists, the others one object. */
const shapes = {
  aliyun: {
    row: ({ from, content, extension }, at) => [
      {
        phone_number: from,
        content,
        send_time: beijingTime(at.toISOString()),
        dest_code: `106575${extension}`,
        sequence_id: `${at.getTime()}${++sequence}`,
      },
    ],
    took: ({ code }) => typeof code === 'number',
  },
  tencent: {
    row: ({ from, content, extension }, at) => ({
      ...{ extend: extension, mobile: from, nationcode: '86', sign: '', text: content },
      time: Math.floor(at.getTime() / 1000),
    }),
    took: ({ result }) => result === 0,
  },
  yunmas: {
    row: ({ from, content, extension }, at) => ({
      ...{ mobile: from, smsContent: content, sendTime: beijingTime(at.toISOString()), addSerial: extension },
    }),
    took: ({ smsContent }) => smsContent !== undefined,
  },
} as const satisfies Record<string, Shape>;

export type PushingVendor = keyof typeof shapes;

export const isPushing = (provider: string): provider is PushingVendor => Object.hasOwn(shapes, provider);

/** One try: whoever plays the phone sees at once whether it was taken. */
export async function pushReply(
  vendor: PushingVendor,
  url: string | undefined,
  reply: PhoneReply,
  stopped: AbortSignal,
): Promise<boolean> {
  if (url === undefined) return false;
  const shape: Shape = shapes[vendor];
  const response = await fetch(`${url}/up`, {
    method: 'POST',
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify(shape.row(reply, new Date())),
    signal: AbortSignal.any([stopped, AbortSignal.timeout(5_000)]),
  });
  const answer: unknown = await response.json();
  return response.status === 200 && typeof answer === 'object' && answer !== null && shape.took({ ...answer });
}
