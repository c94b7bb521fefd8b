/** Rows of cells as columns two blanks apart; numbers to the right. The first row is the heading. */
export function columns(rows: readonly (readonly string[])[], { right }: { right: readonly number[] }): string {
  const widths = (rows[0] ?? []).map((_cell, column) => widest(rows.map((row) => row[column] ?? '')));
  const lines = rows.map((row) =>
    row
      .map((cell, column) =>
        right.includes(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  );
  return `${lines.join('\n')}\n`;
}

/** The width that holds every text. A table may have more rows than a call may have arguments. */
export function widest(texts: readonly string[]): number {
  return texts.reduce((width, text) => Math.max(width, text.length), 0);
}
