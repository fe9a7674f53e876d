export function escapeHtml(text: string): string {
  const marks: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return text.replace(/[&<>"']/g, (mark) => marks[mark] ?? mark);
}

/** A whole page without script. `body` is HTML already escaped. */
export function phonePage(title: string, body: string): string {
  return `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title><style>${css}</style></head><body><main><h1>${escapeHtml(title)}</h1>${body}</main></body></html>`;
}

const css = `
:root { color-scheme: light dark; font: 16px/1.6 system-ui, "PingFang SC", "Microsoft YaHei", sans-serif }
body { margin: 0; background: #f2f3f5; color: #1d2129 }
main { max-width: 46rem; margin: 0 auto; padding: 1rem }
h1 { font-size: 1.25rem } h2 { font-size: 1rem; margin: 1.5rem 0 .5rem }
table { width: 100%; border-collapse: collapse; background: #fff }
th, td { padding: .5rem .75rem; border-bottom: 1px solid #e5e6eb; text-align: left }
td.number { text-align: right; font-variant-numeric: tabular-nums }
a { color: #1456b8 }
.note, time { color: #6b7280; font-size: .875rem }
.bubble, .card, .mail { background: #fff; border-radius: .75rem; padding: .75rem 1rem; margin: .5rem 0; overflow-wrap: anywhere; white-space: pre-line }
.bubble { max-width: 30rem; border-bottom-left-radius: .125rem }
.answer { display: flex; gap: .5rem; max-width: 30rem } .answer input[name=text] { flex: 1; min-width: 0; font: inherit; padding: .25rem .5rem } .answer button { font: inherit }
.card { border-left: 4px solid #1456b8 } .card strong { display: block }
.buttons { display: flex; gap: 1rem; align-items: center; min-height: 2.75rem } .buttons form { margin: 0 }
button { font: inherit; min-height: 2.75rem; padding: 0 1.25rem; border: 0; border-radius: .5rem; background: #1456b8; color: #fff }
.drawn { color: #6b7280 }
@media (prefers-color-scheme: dark) { body { background: #17181a; color: #e5e6eb } table, .bubble, .card, .mail { background: #232427 } th, td { border-color: #3a3b3f } a, .card a { color: #7fb0ff } }
`;
