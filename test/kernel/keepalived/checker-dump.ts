/** What keepalived's checker process holds of each virtual server, in the order of its file: lines without indentation. */
export function virtualServersOf(dump: string): readonly (readonly string[])[] {
  const [topology = '', rest = ''] = dump.split('------< Health checkers >------\n');
  const [checkers = ''] = rest.split('\n------<');
  const services = topology.split(' ------< Virtual server >------\n').slice(1).map(bareLines);
  const blocks = checkers.split(/^(?= \S.* -> )/m).map(bareLines);
  return services.map((lines) => [
    ...lines,
    ...blocks.filter(([heading]) => heading?.startsWith(`${nameOf(lines)} -> `)).flat(),
  ]);
}

/** A virtual server as the headings of its checkers name it. */
function nameOf(lines: readonly string[]): string {
  const text = lines.join('\n');
  const mark = /^VS FWMARK = (\d+)$/m.exec(text)?.[1];
  if (mark !== undefined) return `FWM ${mark}`;
  const [, vip, port] = /^VS VIP = (\S+), VPORT = (\d+)$/m.exec(text) ?? [];
  const protocol = /^protocol = (\w+)$/m.exec(text)?.[1]?.toLowerCase();
  return `[${vip}]:${protocol}:${port}`;
}

function bareLines(text: string): string[] {
  return text.split('\n').map((line) => line.trim());
}
