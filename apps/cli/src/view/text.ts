/** Text that is safe and fits. What comes from ports, files and chips is hostile until it has passed here. @module */
export { cleanText as clean, shortSize } from "@flashwright/core";

/** Columns side by side, two spaces between; the last one is not filled up. `right` names columns that end even. */
export function table(rows: readonly (readonly string[])[], right: readonly number[] = []): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, cell.length);
  }
  return rows.map((row) =>
    row
      .map((cell, column) =>
        right.includes(column) ? cell.padStart(widths[column]) : cell.padEnd(widths[column]),
      )
      .join("  ")
      .trimEnd(),
  );
}

/** Lines of at most `width` characters, broken at spaces; those after the first are indented. A longer word stays whole. */
export function wrap(text: string, width: number, indent: number): string[] {
  const [first, ...rest] = text.trimStart().split(" ");
  const lines: string[] = [];
  let line = " ".repeat(text.length - text.trimStart().length) + first;
  for (const word of rest) {
    if (line.length + 1 + word.length > width) {
      lines.push(line);
      line = " ".repeat(indent) + word;
    } else line = `${line} ${word}`;
  }
  return [...lines, line];
}
