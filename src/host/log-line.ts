/** The fields that a line for people shows; the others are for programs, or said by the message. */
interface Entry {
  readonly level: string;
  readonly time: string;
  readonly event: string;
  readonly msg: string;
  readonly result?: string;
  readonly trigger?: string;
  readonly spec_sha256?: string;
  readonly guard?: string;
  readonly duration_ms?: number;
  readonly err?: string;
}

const WORD_WIDTH = 12;
const ABOUT_WIDTH = 24;

/** One JSON line of the log as people read it: `14:10:03 reconciled   spec changed (9b0c4e)   …   31 ms`. */
export function humanLogLine(json: string): string {
  const entry = JSON.parse(json) as Entry;
  const word = wordOf(entry);
  const shown = entry.level === 'warn' || entry.level === 'error' ? word.toUpperCase() : word;
  const facts = [entry.msg, errorOf(entry), entry.guard && `guard ${entry.guard}`, duration(entry)];
  const line = [
    `${entry.time.slice(11, 19)} ${shown.padEnd(WORD_WIDTH)}`,
    aboutOf(entry).padEnd(ABOUT_WIDTH),
    ...facts.filter((fact) => fact !== undefined && fact !== ''),
  ].join('  ');
  return `${withoutControls(line).trimEnd()}\n`;
}

const RECONCILED: Readonly<Record<string, string>> = { changed: 'reconciled', draining: 'draining', error: 'failed' };

function wordOf({ event, result = '' }: Entry): string {
  return (event === 'reconcile' && RECONCILED[result]) || event.replaceAll('-', ' ');
}

function aboutOf({ trigger, spec_sha256 }: Entry): string {
  const digest = spec_sha256 === undefined ? '' : `(${spec_sha256.slice(0, 6)})`;
  return [trigger?.replaceAll('-', ' '), digest].filter((part) => part).join(' ');
}

/** Most messages quote it already. */
function errorOf({ msg, err }: Entry): string | undefined {
  return err === undefined || msg.includes(err) ? undefined : err;
}

function duration({ duration_ms }: Entry): string | undefined {
  return duration_ms === undefined ? undefined : `${Math.round(duration_ms)} ms`;
}

/** Messages quote tools and specs, and a terminal obeys escape sequences. */
function withoutControls(text: string): string {
  return text.replaceAll(/\p{Cc}+/gu, ' ');
}
