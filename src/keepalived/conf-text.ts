const MARK = '# Written by lvsctl.';

/** The file as it is written: marked as ours, so that we never write over somebody else's. */
export function confText(filled: string): string {
  const body = filled.replace(/\n{3,}/g, '\n\n').trim();
  return `${MARK} Change the spec and apply it: what is changed here is lost.\n${body}\n`;
}

/** Whether lvsctl wrote a file. */
export function isOurs(text: string): boolean {
  return text.startsWith(MARK);
}
