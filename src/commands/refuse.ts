import { EXIT } from '../errors.ts';
import { refusals } from '../plan/guard.ts';
import type { Plan } from '../plan/plan.ts';
import { waitingText } from '../view/trial-text.ts';
import type { Context } from './context.ts';
import type { Session } from './session.ts';

/** True when a guard stops the plan; the plan above said why, this says what became of it. */
export function refusedByGuards(context: Context, { hazards }: Pick<Plan, 'hazards'>): boolean {
  const guards = [...new Set(refusals(hazards).map(({ guard }) => guard))];
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

/** True while an apply waits to be confirmed: another one beside it could not be told from it when it is taken back. */
export async function refusedAsUnconfirmed(context: Context, session: Session): Promise<boolean> {
  const trial = await session.readTrial();
  if (trial.kind !== 'armed') return false;
  return refuse(
    context,
    `Refused: ${waitingText(trial, context.now())}\n` +
      '  First `lvsctl confirm` or `lvsctl rollback`; or give --confirm-timeout, and this apply joins the one on trial.',
  );
}

function refuse(context: Context, message: string): true {
  context.stderr.write(`${message}\n`);
  context.exit(EXIT.refused);
  return true;
}
