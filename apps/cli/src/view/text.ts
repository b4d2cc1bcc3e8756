/** Text that is safe and fits. What comes from ports, files and chips is hostile until it has passed here. @module */
import { readableText } from "@flashwright/core";

const encoder = new TextEncoder();

/** Text without control characters, escape sequences and marks that hide or reorder. */
export function clean(text: string): string {
  return readableText(encoder.encode(text)).text;
}

/** A size in the largest unit that divides it: `456 KB`, `3856 B`. */
export function shortSize(size: number): string {
  if (size >= 0x100000 && size % 0x100000 === 0) return `${size / 0x100000} MB`;
  if (size >= 0x400 && size % 0x400 === 0) return `${size / 0x400} KB`;
  return `${size} B`;
}

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
