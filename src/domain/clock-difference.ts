const minuteMs = 60_000;

/**
 * What is said when the clock of the database and that of this machine disagree by more than a minute, else null.
 *
 * @param ms how far the database is ahead of this machine; negative when it is behind
 * @param uncertainMs how far off the measure may be: half of what the question took
 */
export function clockWarning(ms: number, uncertainMs = 0): string | null {
  if (Math.abs(ms) - uncertainMs <= minuteMs) return null;
  const direction = ms > 0 ? '快' : '慢';
  return `数据库服务器的时钟比本机${direction}${duration(Math.abs(ms))}，发送和签收的时间会不准。请校准两台机器的时钟（启用网络对时），再重新启动服务。`;
}

/**
 * Why something waits that was dated with a clock that was ahead, else null.
 *
 * @param dated the moments written down when it was signed and planned; only a clock that was ahead dates them after now
 */
export function clockWasAhead(dated: readonly (Date | null)[], now: Date): string | null {
  const ms = Math.max(...dated.map((at) => (at === null ? 0 : at.getTime() - now.getTime())));
  return ms > minuteMs ? `签发时系统的时钟比现在快${duration(ms)}，所以要等到那时。` : null;
}

/** 约3分钟, 约8小时, 约2天 */
function duration(ms: number): string {
  const minutes = Math.round(ms / minuteMs);
  if (minutes < 120) return `约${minutes}分钟`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `约${hours}小时` : `约${Math.round(hours / 24)}天`;
}
