import type { Peer } from '../host/peer.ts';
import type { Override } from '../model/override.ts';
import { formatTarget } from '../model/override-target.ts';
import type { Decided, Ended } from '../plan/hand-outcome.ts';
import { actionText, overrideText } from '../view/override-text.ts';
import type { Log, LogEvent } from './log-event.ts';

type OverrideEvent = LogEvent & { event: 'override' };

/** Says what operators decided, each thing once: when it begins, ends, and when its time is over. */
export class OverrideReport {
  private readonly log: Log;
  /** What is known to stand. */
  private known = new Map<string, Override>();

  constructor(log: Log) {
    this.log = log;
  }

  set({ override, replaced, isNew }: Decided, peer: Peer | null): void {
    if (replaced !== null) this.known.delete(replaced.id);
    this.known.set(override.id, override);
    if (!isNew) return;
    const place = replaced === null ? '' : `, in place of ${replaced.id}`;
    this.log.info({ ...eventOf(override, 'set'), ...callerOf(peer) }, `${overrideText(override)}${place}`);
  }

  ended({ override }: Ended, peer: Peer | null): void {
    this.known.delete(override.id);
    this.log.info({ ...eventOf(override, 'ended'), ...callerOf(peer) }, `ended: ${overrideText(override)}`);
  }

  /** All that a look at the file found, whoever wrote it. */
  seen(overrides: readonly Override[], now: number): void {
    const standing = new Map(overrides.filter((override) => !isOver(override, now)).map((one) => [one.id, one]));
    for (const [id, override] of this.known) if (!standing.has(id)) this.gone(override, now);
    for (const [id, override] of standing)
      if (!this.known.has(id)) this.log.info(eventOf(override, 'stands'), `by hand: ${overrideText(override)}`);
    this.known = standing;
  }

  /** When the next one is over, in epoch milliseconds. */
  get nextEnd(): number | null {
    const ends = [...this.known.values()].flatMap(({ expiresAt }) => expiresAt ?? []);
    return ends.length === 0 ? null : Math.min(...ends);
  }

  private gone(override: Override, now: number): void {
    const result = isOver(override, now) ? 'expired' : 'ended';
    this.log.info(eventOf(override, result), `${result}: ${overrideText(override)}`);
  }
}

function isOver({ expiresAt }: Override, now: number): boolean {
  return expiresAt !== null && expiresAt <= now;
}

function eventOf({ id, target, action, author, reason, expiresAt }: Override, result: OverrideEvent['result']) {
  return {
    ...({ event: 'override', result, id, subject: formatTarget(target), what: actionText(action), author } as const),
    ...(reason === null ? {} : { reason }),
    ...(expiresAt === null ? {} : { until: new Date(expiresAt).toISOString() }),
  };
}

/** Who asked, as the kernel says: the author is only who it said it is. */
function callerOf(peer: Peer | null): Partial<Peer> {
  return peer === null ? {} : { pid: peer.pid, uid: peer.uid };
}
