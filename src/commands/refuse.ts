import { EXIT } from '../errors.ts';
import { refusals } from '../plan/guard.ts';
import type { Plan } from '../plan/plan.ts';
import type { Context } from './context.ts';

/** True when a guard stops the plan; the plan above said why, this says what became of it. */
export function refusedByGuards(context: Context, plan: Plan): boolean {
  const guards = [...new Set(refusals(plan.hazards).map(({ guard }) => guard))];
  if (guards.length === 0) return false;
  return refuse(
    context,
    `Refused by ${guards.length === 1 ? 'guard' : 'guards'} ${guards.join(', ')}: nothing was changed.`,
  );
}

/** True when the plan is not the one that somebody approved. */
export function refusedAsOther(
  context: Context,
  { plan, approved, since }: { plan: Plan; approved: string; since: string },
): boolean {
  if (plan.digest === approved) return false;
  return refuse(
    context,
    `Refused: this is not the plan that was approved: nothing was changed.\n` +
      `  approved  ${approved}\n  now       ${plan.digest}\n  ${since}`,
  );
}

function refuse(context: Context, message: string): true {
  context.stderr.write(`${message}\n`);
  context.exit(EXIT.refused);
  return true;
}
