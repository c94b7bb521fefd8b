import { diffLines } from '../keepalived/conf-diff.ts';
import type { ConfChange } from '../model/conf-change.ts';
import { oneLine } from './one-line.ts';
import type { Paint } from './paint.ts';

const WORDS = {
  create: 'new',
  update: 'changed',
  comments: 'other comments, which keepalived does not read',
  reload: 'as wanted, but never seen to be loaded',
  remove: 'removed, as there was none',
} as const satisfies Record<ConfChange['action'], string>;

/** What becomes of keepalived.conf: its lines that change, and what a reload does beside. */
export function confRows(conf: ConfChange, paint: Paint): string[] {
  const [symbol, style] = SIGNS[conf.action];
  const reloads = RELOADING.includes(conf.action) ? ', then a reload' : '';
  const title = `${symbol} keepalived.conf of ${conf.director}  ${conf.path}  ${WORDS[conf.action]}${reloads}`;
  return [paint(style, title), ...confDiff(conf, paint), ...impactLines(conf, paint)];
}

const SIGNS = {
  create: ['+', 'add'],
  update: ['~', 'change'],
  comments: ['~', 'change'],
  reload: ['~', 'change'],
  remove: ['-', 'remove'],
} as const satisfies Record<ConfChange['action'], readonly [string, string]>;

const RELOADING: readonly ConfChange['action'][] = ['update', 'reload', 'remove'];

function confDiff({ action, before, after }: ConfChange, paint: Paint): string[] {
  if (action === 'comments' || action === 'reload') return [];
  return diffLines(before ?? '', after).map(({ mark, text }) => {
    const line = `    ${mark} ${withoutSecret(oneLine(text))}`.trimEnd();
    return mark === ' ' ? paint('dim', line) : paint(mark === '+' ? 'add' : 'remove', line);
  });
}

/** Plans are pasted into chats and pull requests. */
function withoutSecret(line: string): string {
  return line.replace(/^(\s*auth_pass\s).*/, '$1***');
}

/** Those that cost something are hazards, and stand with the guards. */
function impactLines({ impacts, handedOver }: ConfChange, paint: Paint): string[] {
  const notes = impacts
    .filter(({ level }) => level === 'note')
    .map(({ subject, message, hint }) => `${subject}: ${message}${hint === undefined ? '' : ` (${hint})`}`);
  const handover = handedOver.map(
    (key) => `${key}: from keepalived to lvsctl; its kernel entry stays, since keepalived's checker is replaced`,
  );
  return [...notes, ...handover].map((text) => `  ${paint('warning', 'Reload:')} ${text}`);
}

/** What became of it, for people. */
export type ConfEnd =
  | { readonly result: 'done'; readonly loaded: boolean; readonly isRunning: boolean }
  | { readonly result: 'refused' | 'rolled-back' | 'broken'; readonly reasons: readonly string[] };

export function confOutcomeText({ path, action }: ConfChange, end: ConfEnd): string {
  if (end.result === 'done') return `${doneText(path, { action, ...end })}\n`;
  const reasons = end.reasons.map((reason) => `  ${oneLine(reason)}\n`).join('');
  return `${FAILURES[end.result](path)}\n${reasons}`;
}

function doneText(
  path: string,
  { action, loaded, isRunning }: { action: ConfChange['action']; loaded: boolean; isRunning: boolean },
): string {
  const done = `${path} ${action === 'remove' ? 'removed' : 'written'}`;
  if (loaded && action === 'remove') return `${done}, keepalived reloaded. Verified: it has no instances any more.`;
  if (loaded)
    return `${done}, keepalived reloaded. Verified: it has the file, and its instances are as they should be.`;
  if (isRunning && action === 'comments') return `${done}; it says the same as before, so keepalived was not reloaded.`;
  const advice = action === 'remove' ? '' : ': start it with systemctl start keepalived';
  return `${done}. keepalived does not run here${advice}.`;
}

const FAILURES = {
  refused: (path) => `Failed: the new ${path} is not in its place, and the former one is as it was.`,
  'rolled-back': (path) =>
    `Failed: keepalived did not take the new ${path} over as it should. The former file is back, and keepalived has it.`,
  broken: (path) =>
    `Failed: keepalived did not take the new ${path} over. The former file is back, but keepalived does not have it: ` +
    'look at its log, then systemctl restart keepalived.',
} as const satisfies Record<'refused' | 'rolled-back' | 'broken', (path: string) => string>;
