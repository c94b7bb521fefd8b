/**
 * The parts of a dump under headings such as ` VRRP Instance = NAME`, by name, each as its lines without indentation. A
 * part ends where a line stands as far left as its heading.
 */
export function sectionsOf(dump: string, heading: string): ReadonlyMap<string, readonly string[]> {
  const sections = new Map<string, string[]>();
  let current: string[] | undefined;
  for (const line of dump.split('\n')) {
    if (line.startsWith(` ${heading} = `)) {
      current = [];
      sections.set(line.slice(heading.length + 4), current);
    } else if (!line.startsWith('  ')) current = undefined;
    else current?.push(line.trim());
  }
  return sections;
}
