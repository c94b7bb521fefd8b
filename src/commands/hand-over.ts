import { EXIT, type ExitCode, OperationError } from '../errors.ts';
import { hostAddresses } from '../host/addresses.ts';
import { type HandOver, handOvers } from '../keepalived/hand-over.ts';
import { type HandOverRisk, handOverObstacles, unseenPeers } from '../keepalived/hand-over-risks.ts';
import { mayBeHeld, type SeenHolder } from '../keepalived/seen-holder.ts';
import type { State } from '../model/state.ts';
import { confRows } from '../view/conf-text.ts';
import { foretoldText, handedOverText, notHandedOverText, riskText, takenBackText } from '../view/hand-over-text.ts';
import { authorOf } from './author.ts';
import { changeState, endOf, type MaintenanceJob, untilVips } from './maintenance-job.ts';
import { outputPaint } from './output-paint.ts';
import { contactsOf } from './peer-contact.ts';
import { seekHolders } from './seek-holders.ts';

interface HandOverOptions {
  readonly reason?: string;
  readonly dryRun?: boolean;
  readonly allowUnseenPeer?: boolean;
}

/** Hands the VIPs of this director over to its peers, and sees that they have them. */
export async function handOver(job: MaintenanceJob, options: HandOverOptions): Promise<ExitCode> {
  const { context, desired, director, state } = job;
  const all = handOvers(desired, director);
  const addresses = new Set(await hostAddresses(job.place));
  const moving = all.filter(({ vips }) => vips.some((vip) => addresses.has(vip)));
  if (moving.length > 0 && !(await job.isRunning())) throw leftBehind(moving);
  const next = inMaintenance(job, options);
  if (options.dryRun) await foretell(job, { all, moving, next });
  const risks = await risksOf(job, { all, moving, options });
  if (risks.length > 0) {
    context.stderr.write(`${risks.map(riskText).join('\n')}\nRefused: nothing was changed.\n`);
    return EXIT.refused;
  }
  if (options.dryRun) return EXIT.done;
  if (!(await changeState(job, { from: state, to: next }))) return EXIT.failed;
  const { held, seen } = await untilHandedOver(job, moving);
  if (held.length === 0 && seen.every(mayBeHeld)) {
    context.stdout.write(handedOverText({ director: director.name, maintenance: next.maintenance, seen }));
    return EXIT.done;
  }
  context.stderr.write(notHandedOverText({ held, seen }));
  // One that was in maintenance before stays so.
  if (state.maintenance !== null) return EXIT.timedOut;
  return (await takeBack(job, { moving, next })) ? EXIT.timedOut : EXIT.failed;
}

/** True once the VIPs are here again. */
async function takeBack(
  job: MaintenanceJob,
  { moving, next }: { moving: readonly HandOver[]; next: State },
): Promise<boolean> {
  job.context.stderr.write('So the former file comes back:\n');
  if (!(await changeState(job, { from: next, to: job.state }))) return false;
  const missing = await untilVips('here', { instances: moving, end: endOf(job, moving), job });
  job.context.stderr.write(takenBackText(job.director.name, missing));
  return missing.length === 0;
}

function leftBehind(moving: readonly HandOver[]): OperationError {
  const vips = moving.flatMap((one) => one.vips).join(', ');
  return new OperationError(`keepalived does not run here, and ${vips} is on an interface all the same`, {
    hints: ['Start keepalived, or see what lvsctl doctor says of it.'],
  });
}

function inMaintenance(
  { context, state }: MaintenanceJob,
  { reason }: HandOverOptions,
): State & { maintenance: NonNullable<State['maintenance']> } {
  const begun = { since: context.now(), author: authorOf(context), reason: reason ?? null };
  return { ...state, maintenance: state.maintenance ?? begun };
}

interface Moves {
  readonly all: readonly HandOver[];
  /** Those whose VIPs are here. */
  readonly moving: readonly HandOver[];
}

async function risksOf(
  { place }: MaintenanceJob,
  { all, moving, options }: Moves & { options: HandOverOptions },
): Promise<readonly HandOverRisk[]> {
  const obstacles = handOverObstacles(all);
  if (obstacles.length > 0 || options.allowUnseenPeer) return obstacles;
  return unseenPeers(moving, await contactsOf(moving, { all, place }));
}

async function foretell(
  { context, side, desired, director }: MaintenanceJob,
  { all, moving, next }: Moves & { next: State },
): Promise<void> {
  const change = await side.look(desired, next);
  const rows = change ? confRows(change, outputPaint(context, context.stdout)) : [];
  const lines = all.map((one) => foretoldText(one, { director: director.name, isHere: moving.includes(one) }));
  context.stdout.write(`${[...rows, ...lines].join('\n')}\n`);
}

/** VIPs that are still here, and who was seen to hold the others. */
async function untilHandedOver(
  job: MaintenanceJob,
  moving: readonly HandOver[],
): Promise<{ held: readonly string[]; seen: readonly SeenHolder[] }> {
  const end = endOf(job, moving);
  const held = await untilVips('gone', { instances: moving, end, job });
  if (held.length > 0 || moving.length === 0) return { held, seen: [] };
  // A peer that hears no more adverts takes over before the second look is at its end; to wait longer is an outage.
  const seen = await seekHolders(moving, job.place);
  return { held, seen: seen.every(mayBeHeld) ? seen : await seekHolders(moving, job.place) };
}
