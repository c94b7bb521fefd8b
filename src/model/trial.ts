/** A moment that no change of the clock moves: seconds since the boot of that name (proc(5): boot_id, /proc/uptime). */
export interface BootTime {
  readonly boot: string;
  readonly seconds: number;
}

/** An apply that is taken back unless somebody confirms it. */
export interface Armed {
  readonly kind: 'armed';
  /** Epoch milliseconds of that apply; tells it from any other. */
  readonly id: number;
  /** What is restored. */
  readonly snapshot: string;
  /** Digest of the spec that is rejected then. */
  readonly specDigest: string;
  readonly author: string;
  /** How long there is to confirm. */
  readonly seconds: number;
  /** When that time began: with the end of the apply, or while it works, with its last sign of life. */
  readonly since: BootTime;
  /** The end of that time on the clock, for people: epoch milliseconds. */
  readonly until: number;
  /** How keepalived is told. */
  readonly keepalived: {
    readonly isWanted: boolean;
    readonly pidFile: string | null;
    readonly reloadCommand: string | null;
  };
}

/** It was taken back. */
export interface TakenBack {
  readonly kind: 'taken-back';
  readonly id: number;
  readonly snapshot: string;
  readonly author: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly why: Why;
}

export const WHYS = ['timeout', 'reboot'] as const;

/** Why nobody confirmed. */
export type Why = (typeof WHYS)[number];

/** Where the last apply on trial stands; `none`: there was none, it was confirmed, or another apply came since. */
export type Trial = { readonly kind: 'none' } | Armed | TakenBack;

/** How long there still is to confirm; 0: it is to be taken back. After a reboot nobody knows what the network is like. */
export function secondsLeft({ since, seconds }: Pick<Armed, 'since' | 'seconds'>, now: BootTime): number {
  return isSameBoot(since, now) ? Math.max(0, since.seconds + seconds - now.seconds) : 0;
}

export function whyOf({ since }: Pick<Armed, 'since'>, now: BootTime): Why {
  return isSameBoot(since, now) ? 'timeout' : 'reboot';
}

/** A container that starts anew has the boot of its host, and an uptime of its own. */
function isSameBoot(since: BootTime, now: BootTime): boolean {
  return since.boot === now.boot && since.seconds <= now.seconds;
}
