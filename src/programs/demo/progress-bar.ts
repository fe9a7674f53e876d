import { channelText } from '../../domain/sending/channel-text.js';
import type { ProgressView } from '../../dispatch/after/progress.js';

const WIDTH = 30;

/** One line that rewrites itself on a terminal; elsewhere a line whenever a tenth is done. On standard error. */
export class ProgressBar {
  private lastTenth = -1;

  show(label: string, done: number, total: number, detail: string): void {
    const share = total === 0 ? 0 : done / total;
    const line = `${label} [${'█'.repeat(Math.round(share * WIDTH)).padEnd(WIDTH, '·')}] ${done}/${total} ${detail}`;
    if (process.stderr.isTTY) {
      process.stderr.write(`\r\x1b[2K${line}`);
      return;
    }
    const tenth = Math.floor(share * 10);
    if (tenth !== this.lastTenth) process.stderr.write(`${line}\n`);
    this.lastTenth = tenth;
  }

  end(): void {
    if (process.stderr.isTTY) process.stderr.write('\n');
    this.lastTenth = -1;
  }
}

export function sendingDetail(view: ProgressView): string {
  const channels = view.channels.map((c) => `${channelText[c.channel]} ${c.sent + c.delivered}/${c.total}`).join('  ');
  const left = view.secondsLeft === null ? '' : `，约剩 ${view.secondsLeft} 秒`;
  return `${channels}，${view.ratePerSecond} 条/秒${left}`;
}
