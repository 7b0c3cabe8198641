/** A Markdown table. Columns are numbers, except those of these indexes, which are words. */
export function table(head, rows, words = [0]) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  const rule = line(head.map((_, index) => (words.includes(index) ? '---' : '---:')));
  return [line(head), rule, ...rows.map(line)].join('\n');
}

/** A paragraph of several lines. */
export function paragraph(...lines) {
  return lines.join(' ');
}

/** Milliseconds for people: three digits are enough. */
export function ms(value) {
  return value < 10 ? value.toFixed(1) : Math.round(value).toLocaleString('en');
}

/** Bytes in units of 1,000. */
export function kb(bytes) {
  return (bytes / 1000).toFixed(1);
}
