import { EXIT, OperationError } from '../errors.ts';
import { type Override, type OverrideTarget, standingAt } from '../model/override.ts';
import { formatTarget } from '../model/override-target.ts';
import { type EndOrder, formatSubject } from '../plan/hand-order.ts';
import type { EndOutcome } from '../plan/hand-outcome.ts';
import { meantServers, rulingOverride } from '../plan/overridden.ts';
import { carryOutHand } from './carry-out-hand.ts';
import { findTarget } from './find-target.ts';
import type { HandWorld } from './hands.ts';

/** Ends what somebody decided: the spec, and what other overrides say, holds again. */
export async function endByHand(order: EndOrder, world: HandWorld): Promise<EndOutcome> {
  const { subject, verb, permissions } = order;
  const stored = await world.readOverrides();
  const before = standingAt(world.now(), stored.list);
  const wanted = formatSubject(subject);
  const override = before.find(({ id, target }) => id === wanted || formatTarget(target) === wanted);
  if (override === undefined) return { kind: 'nothing', message: nothing(order, { before, world }) };
  checkVerb(override, verb);
  const after = before.filter((one) => one !== override);
  const { id, target } = override;
  const effect = await carryOutHand(
    {
      // What it is about may have left the spec since: then only the decision ends.
      ...{ id, target, found: { meant: meantServers(world.desired, target), theirs: [] } },
      ...{ before, after, permissions, drainSeconds: null },
      record: () => world.writeOverrides({ issued: stored.issued, list: after }),
    },
    world,
  );
  return 'kind' in effect ? effect : { kind: 'ended', override, ...effect };
}

/** A decision that a verb does not know is not ended by it: `undrain` must not bring back what was disabled. */
function checkVerb({ id, target, action }: Override, verb: EndOrder['verb']): void {
  const right = action.kind === 'disable' ? 'enable' : 'undrain';
  if (verb === right) return;
  const what = action.kind === 'disable' ? 'disabled' : 'not disabled, but drained or weighted';
  throw new OperationError(`${formatTarget(target)} is ${what} (${id})`, {
    exitCode: EXIT.refused,
    hints: [`End it with: lvsctl ${right} ${formatTarget(target)}`],
  });
}

function nothing({ subject }: EndOrder, { before, world }: { before: readonly Override[]; world: HandWorld }): string {
  if (subject.kind === 'id') return `No override ${subject.id} stands`;
  checkWider(subject, { before, world });
  return `No override of ${formatTarget(subject)} stands`;
}

/** Who wants a server back, and gets "nothing to end" while its pool is drained, was told half the truth. */
function checkWider(
  target: OverrideTarget,
  { before, world }: { before: readonly Override[]; world: HandWorld },
): void {
  const { meant } = findTarget(target, world.desired);
  const rulers = meant.flatMap(({ service, server }) => rulingOverride(before, service, server) ?? []);
  const others = [...new Set(rulers)].map((ruler) => `${ruler.id} (${formatTarget(ruler.target)})`);
  if (others.length === 0) return;
  throw new OperationError(
    `No override of ${formatTarget(target)} stands, but it is in the hands of ${others.join(', ')}`,
    { exitCode: EXIT.refused, hints: ['End that one, for all that it is about: `lvsctl overrides` shows it.'] },
  );
}
