/** The median; of an even number, the lower of the two in the middle. */
export function middle(numbers) {
  return [...numbers].sort((a, b) => a - b)[Math.floor((numbers.length - 1) / 2)];
}

/** Rows of [what, values, unit, note] as aligned text; Chinese characters are two columns wide. */
export function table(rows) {
  const cells = [
    ['项目', '中位数', '最小—最大', '单位', ''],
    ...rows.map(([what, values, unit, note = '']) => [
      what,
      String(middle(values)),
      values.length > 1 ? `${Math.min(...values)}—${Math.max(...values)}` : '',
      unit,
      note,
    ]),
  ];
  const widths = cells[0].map((_, i) => Math.max(...cells.map((row) => width(row[i]))));
  return cells
    .map((row) =>
      row
        .map((cell, i) => cell + ' '.repeat(widths[i] - width(cell)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

const width = (text) => [...text].reduce((sum, c) => sum + (c.codePointAt(0) > 0x2e7f || c === '—' ? 2 : 1), 0);
