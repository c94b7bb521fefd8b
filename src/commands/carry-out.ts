import { converge, type Outcome } from '../daemon/converge.ts';
import type { Ending } from '../daemon/history-entry.ts';
import { EXIT, OperationError } from '../errors.ts';
import type { ConfChange } from '../model/conf-change.ts';
import type { HistoryResult } from '../model/history.ts';
import type { LiveTable } from '../model/live.ts';
import type { State } from '../model/state.ts';
import { ownedService } from '../plan/owned.ts';
import type { Plan } from '../plan/plan.ts';
import { outcomeText, progressLine } from '../view/outcome-text.ts';
import { carryOutConf, refusedByKeepalived } from './carry-out-conf.ts';
import type { Context } from './context.ts';
import { DrainWatch } from './drain-watch.ts';
import { lineStart } from './moving-line.ts';
import { outputPaint } from './output-paint.ts';
import { type Planned, planOrder } from './planning.ts';
import { rememberEnding } from './remember.ts';
import { takeSnapshot } from './take-snapshot.ts';
import type { Writing } from './writing.ts';

/** Carries out an approved plan with a snapshot before, progress on the way and a verdict at the end. */
export async function carryOut(context: Context, planned: Planned, writing: Writing): Promise<HistoryResult> {
  const { plan, order } = planned;
  if (plan.conf !== null && (await refusedByKeepalived(context, plan.conf, writing))) return 'failed';
  const begun = context.now();
  const snapshot = await snapshotBefore(context, planned, { writing, begun });
  const state = await writing.purpose.begin({ ...planned.state, appliedAt: begun }, snapshot);
  const wanted = order.desired.services.map(ownedService);
  const drains = new DrainWatch(context, { writing, begun, live: planned.live });
  let { overrides } = planned;
  const replan = (seen: { live: LiveTable; state: State; now: number }) =>
    planOrder(order, { ...seen, overrides, verdicts: planned.verdicts, conf: planned.conf });
  const outcome = await converge(
    { plan, live: planned.live, state, replan, wanted },
    {
      kernel: drains.kernel,
      writeState: (next) => writing.session.writeState(next),
      now: () => context.now(),
      pause: async (waiting) => {
        const next = await drains.pause(waiting);
        // While the lock was free, somebody may have drained another server by hand.
        overrides = (await writing.session.readOverrides()).list;
        return next;
      },
      report: progress(context, { expected: expectedSteps(plan), drains }),
    },
  );
  conclude(context, outcome, { snapshot, seconds: (context.now() - begun) / 1000, drains });
  const conf = await confAfter(context, planned, { outcome, drains, writing });
  const result = await settle(outcome, { conf, drains, writing });
  const { source } = order;
  const about = { session: writing.session, verb: writing.purpose.verb, source, snapshot, at: begun };
  await rememberEnding(context, { outcome, conf, result }, about);
  await writing.purpose.conclude(result);
  if (outcome.interruption !== null) throw brokenOff(outcome.interruption);
  return result;
}

/** keepalived comes last, and not while servers drain that it would cut. Null: its file stays as it is. */
async function confAfter(
  context: Context,
  { plan, order }: Planned,
  { outcome, drains, writing }: { outcome: Outcome; drains: DrainWatch; writing: Writing },
): Promise<Ending['conf']> {
  const { conf: change } = plan;
  if (change === null || outcome.interruption !== null) return null;
  const mayCut = writing.purpose.isUrgent || !isDisruptive(change);
  if (isComplete(outcome) || (drains.gaveUp && mayCut)) {
    const end = await carryOutConf(context, change, { desired: order.desired, state: outcome.state, writing });
    return end && { change, end };
  }
  context.stderr.write(`${change.path} was left as it is: the next apply changes it.\n`);
  return null;
}

/** Writes what holds from now on, where all was done. */
async function settle(
  outcome: Outcome,
  { conf, drains, writing }: { conf: Ending['conf']; drains: DrainWatch; writing: Writing },
): Promise<HistoryResult> {
  const isLoaded = conf === null || conf.end.result === 'done';
  const state = conf !== null && isLoaded ? { ...outcome.state, pendingConf: null } : outcome.state;
  const result = resultOf(outcome, { isLoaded, drains });
  const isWhole = result === 'done' || (result === 'draining' && writing.purpose.isUrgent);
  if (isWhole) await writing.session.writeState(await writing.purpose.end(state));
  else if (conf !== null && isLoaded) await writing.session.writeState(state);
  return result;
}

function resultOf(outcome: Outcome, { isLoaded, drains }: { isLoaded: boolean; drains: DrainWatch }): HistoryResult {
  if (hasFailed(outcome) || !isLoaded) return 'failed';
  if (outcome.residual.length === 0) return 'done';
  return drains.gaveUp ? 'draining' : 'failed';
}

/** A VIP that leaves, or a service that keepalived lets go, would cut what still drains. */
function isDisruptive({ impacts }: ConfChange): boolean {
  return impacts.some(({ level }) => level === 'disruptive');
}

async function snapshotBefore(
  context: Context,
  planned: Planned,
  { writing, begun }: { writing: Writing; begun: number },
): Promise<string | null> {
  const { plan, order } = planned;
  if (plan.steps.length === 0 && plan.conf === null) return null;
  const { session, side, purpose } = writing;
  const about = { takenAt: begun, reason: purpose.reason, pruned: order.permissions.prune };
  const snapshot = await takeSnapshot(planned, { session, side, ...about });
  context.stderr.write(`Snapshot ${snapshot} (undo: lvsctl rollback ${snapshot})\n`);
  return snapshot;
}

/** What drains now is removed by a step of its own, later. */
function expectedSteps({ steps, changes }: Plan): number {
  return steps.length + changes.filter(({ manner }) => manner === 'quiesce' || manner === 'wait').length;
}

function progress(
  context: Context,
  { expected, drains }: { expected: number; drains: DrainWatch },
): Parameters<typeof converge>[1]['report'] {
  const paint = outputPaint(context, context.stderr);
  let at = 0;
  return (result) => {
    at += 1;
    const place = { at, of: Math.max(at, expected), open: drains.openAt(result.step.operation) };
    context.stderr.write(`${lineStart(context)}${progressLine(result, { ...place, paint })}\n`);
  };
}

function isComplete(outcome: Outcome): boolean {
  return !hasFailed(outcome) && outcome.residual.length === 0;
}

function hasFailed({ results, interruption }: Outcome): boolean {
  return interruption !== null || results.some(({ result }) => result !== 'done');
}

function conclude(
  context: Context,
  outcome: Outcome,
  { snapshot, seconds, drains }: { snapshot: string | null; seconds: number; drains: DrainWatch },
): void {
  const { results, residual, arisen } = outcome;
  const failed = hasFailed(outcome);
  if (!failed && residual.length > 0 && drains.gaveUp) {
    context.exit(drains.conclude(residual));
    return;
  }
  if (results.length > 0 || failed) {
    const paint = outputPaint(context, context.stderr);
    context.stderr.write(lineStart(context) + outcomeText(results, { residual, arisen, snapshot, seconds, paint }));
  }
  context.exit(failed || residual.length > 0 ? EXIT.failed : EXIT.done);
}

function brokenOff(cause: unknown): unknown {
  if (!(cause instanceof OperationError)) return cause;
  const { hints, exitCode } = cause;
  return new OperationError(`The apply broke off: ${cause.message}`, { hints, exitCode, cause });
}
