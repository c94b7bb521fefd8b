import { type Armed, type BootTime, secondsLeft, type TakenBack, type Trial, whyOf, type Why } from '../model/trial.ts';
import { oneLine } from './one-line.ts';

/** What waits to be confirmed, or was taken back, in one sentence; empty where nothing is to be said. */
export function trialText(trial: Trial, { boot, now }: { boot: BootTime; now: number }): string {
  if (trial.kind === 'none') return '';
  if (trial.kind === 'taken-back') return takenBackText(trial, now);
  if (secondsLeft(trial, boot) > 0) return `Not final yet: ${waitingText(trial, now)}`;
  return `Overdue: the apply of ${oneLine(trial.author)} was not confirmed ${WHY[whyOf(trial, boot)]}. The next lvsctl that changes anything restores snapshot ${trial.snapshot} first.`;
}

export function waitingText({ author, until, snapshot }: Armed, now: number): string {
  return `the apply of ${oneLine(author)} waits for \`lvsctl confirm\` until ${clockText(until, now)}; else snapshot ${snapshot} is restored.`;
}

/** At the end of an apply that armed it. */
export function armedText({ until, snapshot }: Pick<Armed, 'until' | 'snapshot'>, now: number): string {
  return `Not final yet: run \`lvsctl confirm\` before ${clockText(until, now)}, or snapshot ${snapshot} is restored.`;
}

export function takenBackText({ author, snapshot, at, why }: TakenBack, now: number): string {
  return `Taken back: snapshot ${snapshot} was restored at ${clockText(at, now)}, since nobody confirmed the apply of ${oneLine(author)} ${WHY[why]}.`;
}

/** Where it is about to be. */
export function takingBackText({ author, snapshot }: Pick<Armed, 'author' | 'snapshot'>, why: Why): string {
  return `Nobody confirmed the apply of ${oneLine(author)} ${WHY[why]}: going back to snapshot ${snapshot}.`;
}

const WHY = {
  timeout: 'in time',
  reboot: 'before the host was rebooted',
} as const satisfies Record<Why, string>;

/** `14:07:21Z`, with the day where it is another one. */
function clockText(at: number, now: number): string {
  const iso = (time: number) => new Date(time).toISOString();
  const [day, time] = [iso(at).slice(0, 10), `${iso(at).slice(11, 19)}Z`];
  return day === iso(now).slice(0, 10) ? time : `${day} ${time}`;
}
