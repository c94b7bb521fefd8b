/** A table; cells are text of the project's own, in which only a bar would end a cell. */
export function table(heading: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [heading, heading.map(() => '---'), ...rows].map(
    (cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`,
  );
  return `${lines.join('\n')}\n`;
}

/** The anchor that GitHub, and those who follow it, give a heading. */
export function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}_ -]/gu, '')
    .replaceAll(' ', '-');
}

/** Text in which `*` and `<` stand for themselves. */
export function plain(text: string): string {
  return text.replaceAll(/[*<]/g, '\\$&');
}

export function codeBlock(text: string): string {
  return `\`\`\`yaml\n${text.trimEnd()}\n\`\`\`\n`;
}
