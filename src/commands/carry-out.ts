import { converge, type Outcome } from '../daemon/converge.ts';
import { EXIT, OperationError } from '../errors.ts';
import { saveTable } from '../ipvsadm/restore-input.ts';
import type { State } from '../model/state.ts';
import { ownedService } from '../plan/owned.ts';
import type { Plan } from '../plan/plan.ts';
import { outcomeText, progressLine } from '../view/outcome-text.ts';
import type { Context } from './context.ts';
import { CLEAR_LINE, DrainWatch } from './drain-watch.ts';
import { outputPaint } from './output-paint.ts';
import { type Planned, planOrder } from './planning.ts';
import type { Writing } from './writing.ts';

/** Carries out an approved plan with a snapshot before, progress on the way and a verdict at the end. */
export async function carryOut(context: Context, planned: Planned, writing: Writing): Promise<void> {
  const { plan, order } = planned;
  const begun = context.now();
  const snapshot = plan.steps.length === 0 ? null : await takeSnapshot(planned, { writing, begun });
  if (snapshot !== null) context.stderr.write(`Snapshot ${snapshot} (undo: lvsctl rollback ${snapshot})\n`);
  const state = { ...planned.state, appliedAt: begun };
  const wanted = order.desired.services.map(ownedService);
  const drains = new DrainWatch(context, { writing, begun, live: planned.live });
  const outcome = await converge(
    { plan, live: planned.live, state, replan: (seen) => planOrder(order, seen), wanted },
    {
      kernel: drains.kernel,
      writeState: (next) => writing.session.writeState(next),
      now: () => context.now(),
      pause: (waiting) => drains.pause(waiting),
      report: progress(context, { expected: expectedSteps(plan), drains }),
    },
  );
  if (isComplete(outcome)) await writing.session.writeState(applied(outcome.state, planned));
  conclude(context, outcome, { snapshot, seconds: (context.now() - begun) / 1000, drains });
}

async function takeSnapshot(
  { live, state, order }: Planned,
  { writing, begun }: { writing: Writing; begun: number },
): Promise<string> {
  const reason = writing.reason ?? `apply of spec ${order.specDigest.slice(0, 12)}`;
  return writing.session.snapshots.save({ table: saveTable(live.services), state, takenAt: begun, reason });
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

/** Where a terminal shows draining servers on a line that moves, that line makes room. */
function lineStart({ stderr }: Context): string {
  return stderr.isTTY ? CLEAR_LINE : '';
}

function isComplete({ results, residual, interruption }: Outcome): boolean {
  return interruption === null && residual.length === 0 && results.every(({ result }) => result === 'done');
}

/** Only a spec that was applied whole moves the mark that older ones are measured by. */
function applied(state: State, { order }: Planned): State {
  const { desired, specTime, specDigest } = order;
  return {
    ...state,
    generation: desired.generation ?? state.generation,
    specTime: specTime ?? state.specTime,
    specDigest,
  };
}

function conclude(
  context: Context,
  outcome: Outcome,
  { snapshot, seconds, drains }: { snapshot: string | null; seconds: number; drains: DrainWatch },
): void {
  const { results, residual, arisen } = outcome;
  const failed = results.some(({ result }) => result !== 'done') || outcome.interruption !== null;
  if (!failed && residual.length > 0 && drains.gaveUp) {
    context.exit(drains.conclude(residual));
    return;
  }
  if (results.length > 0 || failed) {
    const paint = outputPaint(context, context.stderr);
    context.stderr.write(lineStart(context) + outcomeText(results, { residual, arisen, snapshot, seconds, paint }));
  }
  if (outcome.interruption !== null) throw brokenOff(outcome.interruption);
  context.exit(failed || residual.length > 0 ? EXIT.failed : EXIT.done);
}

function brokenOff(cause: unknown): unknown {
  if (!(cause instanceof OperationError)) return cause;
  const { hints, exitCode } = cause;
  return new OperationError(`The apply broke off: ${cause.message}`, { hints, exitCode, cause });
}
