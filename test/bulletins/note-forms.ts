/** Notes of the editors. */

const NOTE = '为交流各地做法，推动工作落实，现将有关情况刊发，供各单位学习借鉴。';
export const noteForms: Record<string, string[]> = {
  none: [],
  '编者按：': [`编者按：${NOTE}`],
  '【编者按】': [`【编者按】${NOTE}`],
  '按语：': [`按语：${NOTE}`],
  '编者按 on its own line': ['编者按', `\u3000\u3000${NOTE}`],
  '【编者按】 on its own line': ['【编者按】', `\u3000\u3000${NOTE}`],
  '［编者按］': [`［编者按］${NOTE}`],
  '编 者 按：': [`编 者 按：${NOTE}`],
  '本刊按：': [`本刊按：${NOTE}`],
};
