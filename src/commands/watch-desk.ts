import type { ControlDesk } from '../daemon/control.ts';
import type { EventRing } from '../daemon/event-ring.ts';
import type { HealthChecks } from '../daemon/health-checks.ts';
import type { Hands } from '../daemon/hands.ts';
import type { OverrideReport } from '../daemon/override-report.ts';
import type { Reconciler } from '../daemon/reconcile.ts';
import { OperationError } from '../errors.ts';
import type { Overrides } from '../model/override.ts';
import { VERSION } from '../version.ts';
import type { Context } from './context.ts';
import type { Session } from './session.ts';
import { sessionHands } from './session-hands.ts';
import type { WatchLoop } from './watch-loop.ts';

interface DeskParts {
  readonly session: Session;
  readonly loop: WatchLoop;
  readonly reconciler: Reconciler;
  readonly report: OverrideReport;
  readonly checks: HealthChecks;
  readonly events: EventRing;
  readonly readOverrides: () => Promise<Overrides>;
  readonly paths: readonly string[];
  readonly mode: 'observe' | 'enforce';
  readonly lockTimeout: number;
  readonly netns: string | undefined;
}

/** What `watch` does for those who ask at its socket: decisions between two turns, and a turn after each. */
export function watchDesk(context: Context, parts: DeskParts): ControlDesk {
  const { loop, report, reconciler, checks, events } = parts;
  const hands = handsOf(context, parts);
  const startedAt = context.now();
  return {
    set: async (order, caller) => {
      const outcome = await loop.between(() => hands.set(order));
      if (outcome.kind !== 'set') return outcome;
      report.set(outcome, await caller.peer());
      loop.look('override');
      return outcome;
    },
    end: async (order, caller) => {
      const outcome = await loop.between(() => hands.end(order));
      if (outcome.kind !== 'ended') return outcome;
      report.ended(outcome, await caller.peer());
      loop.look('override');
      return outcome;
    },
    verdicts: () => (reconciler.target === null ? null : [...(checks.verdicts() ?? [])]),
    events: (after) => events.after(after),
    follow: (id) => loop.between(() => hands.follow(id)),
    overrides: () => hands.list(),
    reload: async (wait) => {
      if (wait) return loop.reload('reload');
      loop.hangUp();
      return { kind: 'asked' };
    },
    status: () => ({
      ...{ pid: process.pid, version: VERSION, mode: parts.mode, startedAt },
      spec: { paths: parts.paths, sha256: loop.spec },
      turn: loop.last,
    }),
  };
}

/** By the names of the spec that the daemon keeps true. */
function handsOf(
  context: Context,
  { session, reconciler, checks, readOverrides, lockTimeout, netns }: DeskParts,
): Hands {
  const desired = () => {
    if (reconciler.target !== null) return reconciler.target.desired;
    throw new OperationError('The daemon has no good spec yet, and so no names', {
      hints: ['See its log, or `lvsctl lint`.'],
    });
  };
  const verdicts = () => checks.verdicts();
  const basis = { session, desired, verdicts, readOverrides };
  return sessionHands(context, { ...basis, verb: 'watch', lockTimeout, netns });
}
