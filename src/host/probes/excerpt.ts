const MOST_CHARACTERS = 120;

/** The first line of what a server or a script says, fit for a line of a log: it may say anything, to a terminal too. */
export function excerpt(said: string | Buffer): string {
  const [line = ''] = String(said)
    .trim()
    .split(/[\r\n]/, 1);
  const plain = line.replace(/\p{C}/gu, '?').trim();
  return plain.length > MOST_CHARACTERS ? `${plain.slice(0, MOST_CHARACTERS)}…` : plain;
}
