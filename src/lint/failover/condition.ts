import { TRACKER_NOUNS } from '../tracker-uses.ts';
import type { Failures } from './failure.ts';
import { type Followed, OWNER_PRIORITY } from './followed.ts';
import type { Part } from './world.ts';

/** How a director fares in an instance by what it follows, whoever is master. */
export interface Condition {
  /** As its adverts say it: 1 to 254, or 255 for an owner. */
  readonly priority: number;
  /** What put it there, such as `track script chk -20`; empty where nothing moved it. */
  readonly changes: readonly string[];
  /** Why it can be no master; empty while it can. */
  readonly faults: readonly string[];
}

export function conditionOf({ member, followed }: Part, failures: Failures): Condition {
  const verdicts = followed.map((tracker) => ({ tracker, verdict: judge(tracker, failures, member.director) }));
  const total = verdicts.reduce((sum, { verdict }) => sum + (verdict === 'fault' ? 0 : verdict), member.priority);
  return {
    priority: member.priority === OWNER_PRIORITY ? OWNER_PRIORITY : Math.min(254, Math.max(1, total)),
    changes: verdicts.flatMap(({ tracker, verdict }) =>
      verdict === 'fault' || verdict === 0 ? [] : [`${label(tracker)} ${verdict > 0 ? '+' : ''}${verdict}`],
    ),
    faults: verdicts.flatMap(({ tracker, verdict }) => (verdict === 'fault' ? [label(tracker)] : [])),
  };
}

/** What it does to the priority (vrrp_track.c initialise_..._priorities), or `fault`. */
function judge(tracker: Followed, failures: Failures, director: string): number | 'fault' {
  const { kind, name, weight, reverse } = tracker;
  const direction = reverse ? -1 : 1;
  if (kind === 'files') return judgeFile(tracker, failures.fileValue(name, director) ?? whileWell(tracker));
  const isUp = isWorking(tracker, failures, director);
  if (weight === 0) return isUp === reverse ? 'fault' : 0;
  return isUp === weight > 0 ? weight * direction : 0;
}

/** What stands in a file while nothing is wrong: 0, but for one that is to hold something. */
function whileWell({ weight, reverse }: Followed): number {
  return weight === 0 && reverse ? 1 : 0;
}

/** Below -253 is a fault, and without a weight any number but 0 is (track_file.c). */
function judgeFile({ weight, reverse }: Followed, value: number): number | 'fault' {
  if (weight === 0) return (value !== 0) === !reverse ? 'fault' : 0;
  const status = value * weight * (reverse ? -1 : 1);
  return status <= -254 ? 'fault' : Math.min(253, status);
}

function isWorking({ kind, name }: Followed, failures: Failures, director: string): boolean {
  if (kind === 'interfaces') return !failures.isInterfaceDown(director, name);
  const failed = { scripts: 'script', processes: 'process', bfd: 'bfd', files: undefined } as const;
  const noun = failed[kind];
  return noun === undefined || !failures.hasFailed(noun, name, director);
}

function label({ kind, name }: Followed): string {
  return `${TRACKER_NOUNS[kind]} ${name}`;
}
