import { beijingTime } from './beijing-time.js';

let sequence = 0;

/** SmsUp, as Aliyun pushes it. One try: whoever plays the phone sees at once whether it was taken. */
export async function pushReply(
  url: string | undefined,
  from: string,
  content: string,
  stopped: AbortSignal,
): Promise<boolean> {
  if (url === undefined) return false;
  sequence += 1;
  const row = {
    phone_number: from,
    content,
    send_time: beijingTime(new Date().toISOString()),
    dest_code: '106575',
    sequence_id: `${Date.now()}${sequence}`,
  };
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify([row]),
    signal: AbortSignal.any([stopped, AbortSignal.timeout(5_000)]),
  });
  const answer = (await response.json()) as { code?: unknown };
  return response.status === 200 && typeof answer.code === 'number';
}
