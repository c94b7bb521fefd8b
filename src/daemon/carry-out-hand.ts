import { EXIT, OperationError } from '../errors.ts';
import type { LiveTable } from '../model/live.ts';
import type { Override, OverrideTarget } from '../model/override.ts';
import type { State } from '../model/state.ts';
import { serviceKey } from '../model/table.ts';
import { NO_PERMISSIONS, refusals } from '../plan/guard.ts';
import type { HandPermissions } from '../plan/hand-order.ts';
import type { HandEffect, RefusedByGuards } from '../plan/hand-outcome.ts';
import { planByHand } from '../plan/hand-plan.ts';
import { heldServers, servingLeft } from '../plan/held-servers.ts';
import { type MeantServer, rulingOverride } from '../plan/overridden.ts';
import { ownedService } from '../plan/owned.ts';
import type { Plan } from '../plan/plan.ts';
import { withDrains } from '../plan/state-part.ts';
import { stepText } from '../view/step-text.ts';
import { converge, type Outcome } from './converge.ts';
import type { FoundTarget } from './find-target.ts';
import type { HandWorld } from './hands.ts';

export interface Decision {
  /** Of the override that begins or ends. */
  readonly id: string;
  readonly target: OverrideTarget;
  readonly found: FoundTarget;
  /** The overrides that stood until now, and those that stand from now on. */
  readonly before: readonly Override[];
  readonly after: readonly Override[];
  readonly permissions: HandPermissions;
  readonly drainSeconds: number | null;
  /** Puts it on disk: after the guards had their say, and before the kernel changes. */
  readonly record: () => Promise<void>;
}

interface Seen {
  readonly live: LiveTable;
  readonly state: State;
}

/** Brings one decision into the kernel, and nothing else of the spec; or says which guards refuse it. */
export async function carryOutHand(decision: Decision, world: HandWorld): Promise<HandEffect | RefusedByGuards> {
  const seen = { live: await world.kernel.read(), state: await world.readState() };
  checkManaged(decision.found.meant, seen);
  const replan = planner(decision, world);
  const plan = replan({ ...seen, now: world.now() });
  const refused = refusals(plan.hazards);
  if (refused.length > 0) return { kind: 'refused', hazards: refused };
  await decision.record();
  const outcome = plan.changes.length === 0 ? null : await run(plan, { decision, world, replan, seen });
  const live = outcome?.live ?? seen.live;
  const { meant, theirs } = decision.found;
  return {
    servers: heldServers(meant, { before: seen.live, live }),
    left: servingLeft(meant, live),
    problems: outcome === null ? [] : problemsOf(outcome),
    notices: plan.notices,
    hazards: plan.hazards,
    ruledBy: rulers(decision),
    theirs,
  };
}

/** A service that somebody else made may not be touched, whatever the spec calls it. */
function checkManaged(meant: readonly MeantServer[], { live, state }: Seen): void {
  const ours = new Set(state.owned.map(({ key }) => key));
  const present = new Set(live.services.map(({ address }) => serviceKey(address)));
  const foreign = meant
    .map(({ service }) => service)
    .find(({ address }) => {
      const key = serviceKey(address);
      return present.has(key) && !ours.has(key);
    });
  if (foreign === undefined) return;
  throw new OperationError(`${foreign.name} is live (${serviceKey(foreign.address)}), but not managed by lvsctl`, {
    exitCode: EXIT.refused,
    hints: ['`lvsctl apply` makes it so: see `lvsctl plan`.'],
  });
}

type Replan = Parameters<typeof converge>[0]['replan'];

function planner(
  { target, before, after, permissions, drainSeconds }: Decision,
  { desired, verdicts }: HandWorld,
): Replan {
  return (seen) =>
    planByHand({
      ...seen,
      ...{ desired, verdicts, target, before, after },
      permissions: { ...NO_PERMISSIONS, ...permissions },
      ...(drainSeconds === null ? {} : { drainSeconds }),
    });
}

async function run(
  plan: Plan,
  { decision, world, replan, seen }: { decision: Decision; world: HandWorld; replan: Replan; seen: Seen },
): Promise<Outcome> {
  const { meant } = decision.found;
  const wanted = meant.map(({ service }) => ownedService(service));
  return converge(
    { plan, ...seen, replan, wanted },
    {
      kernel: world.kernel,
      // The plan is about a part of the journal, and the rest of it is as true as before.
      writeState: ({ drains }) => world.writeState(withDrains(seen.state, drains, meant)),
      now: () => world.now(),
      pause: async () => null,
      report: () => undefined,
    },
  );
}

function problemsOf({ results, interruption }: Outcome): string[] {
  const failed = results.filter(({ result }) => result !== 'done');
  const texts = failed.map(({ step, message }) => `${stepText(step).replace(/ +/g, ' ')}: ${message}`);
  if (interruption === null) return texts;
  return [...texts, interruption instanceof Error ? interruption.message : String(interruption)];
}

/** Another one may be stronger, and then the kernel shows that one's wish. */
function rulers({ id, found, after }: Decision): readonly Override[] {
  const ruling = found.meant.flatMap(({ service, server }) => rulingOverride(after, service, server) ?? []);
  return [...new Set(ruling)].filter((override) => override.id !== id);
}
