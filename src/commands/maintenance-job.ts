import type { ConfKeeper } from '../daemon/conf-keeper.ts';
import { hostAddresses } from '../host/addresses.ts';
import type { NetnsOptions } from '../host/in-netns.ts';
import type { Lock } from '../host/lock.ts';
import type { HandOver } from '../keepalived/hand-over.ts';
import type { Desired } from '../model/desired.ts';
import type { Director } from '../model/director.ts';
import type { State } from '../model/state.ts';
import { confOutcomeText } from '../view/conf-text.ts';
import type { Context } from './context.ts';
import type { Session } from './session.ts';

/** A director that goes into maintenance or comes out of it, and the right to make it so. */
export interface MaintenanceJob {
  readonly context: Context;
  readonly session: Session;
  readonly lock: Lock;
  readonly side: ConfKeeper;
  readonly place: NetnsOptions;
  /** Whether keepalived runs here. */
  isRunning(): Promise<boolean>;
  readonly desired: Desired;
  readonly director: Director;
  readonly state: State;
  readonly timeoutSeconds: number;
}

/**
 * Makes keepalived.conf what it is to be in that state, which is on disk before the file is in its place: whoever comes
 * after a kill finishes it. False: it is as it was.
 */
export async function changeState(job: MaintenanceJob, { from, to }: { from: State; to: State }): Promise<boolean> {
  const { context, session, side, desired } = job;
  const change = await side.look(desired, to);
  if (!change) {
    await session.writeState(to);
    return true;
  }
  const outcome = await side.carryOut(change, {
    desired,
    maintenance: to.maintenance,
    isTested: false,
    kernel: session.kernel(job.lock),
    remember: (pendingConf) => session.writeState({ ...to, pendingConf }),
  });
  context.stderr.write(confOutcomeText(change, outcome));
  const isDone = outcome.result === 'done';
  await session.writeState(isDone ? { ...to, pendingConf: null } : from);
  return isDone;
}

const LOOK_MILLISECONDS = 250;

/** Waits until this host holds none of the VIPs, or all of them; gives those that are still to go or to come. */
export async function untilVips(
  state: 'gone' | 'here',
  { instances, end, job }: { instances: readonly HandOver[]; end: number; job: MaintenanceJob },
): Promise<readonly string[]> {
  const vips = instances.flatMap((instance) => instance.vips);
  for (;;) {
    const held = new Set(await hostAddresses(job.place));
    const waiting = vips.filter((vip) => held.has(vip) !== (state === 'here'));
    if (waiting.length === 0 || job.context.now() >= end) return waiting;
    await job.context.sleep(LOOK_MILLISECONDS);
  }
}

/** When to give up: who preempts waits for its preempt_delay first. */
export function endOf({ context, timeoutSeconds }: MaintenanceJob, instances: readonly HandOver[]): number {
  const delay = Math.max(0, ...instances.map(({ preemptDelaySeconds }) => preemptDelaySeconds));
  return context.now() + (timeoutSeconds + delay) * 1000;
}
