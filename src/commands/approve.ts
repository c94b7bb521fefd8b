import { covers } from '../plan/approval.ts';
import type { Approval, Plan } from '../plan/plan.ts';
import type { Context } from './context.ts';

const MEANING = {
  none: 'nothing',
  additive: 'only adds',
  safe: 'keeps established connections',
  all: 'may cut established connections or removes services',
} as const satisfies Record<Approval, string>;

/** Who says yes: the command line up to the class it names, else the person at the terminal, else nobody. */
export async function approve(
  context: Context,
  plan: Plan,
  { given, takesChecksum }: { given: Approval | undefined; takesChecksum: boolean },
): Promise<'go' | 'asked' | 'refused'> {
  if (given !== undefined && covers(given, plan.approval)) return 'go';
  if (given !== undefined || !context.stdinIsTTY || context.env.CI) {
    context.stderr.write(
      notApproved(plan, given) + (takesChecksum ? `, best with --expect-checksum ${plan.digest}\n` : '\n'),
    );
    return 'refused';
  }
  const answer = await context.ask(`Do you want to apply these changes? Only 'yes' will be accepted: `);
  if (answer.trim() === 'yes') return 'asked';
  context.stderr.write('Not approved: nothing was changed.\n');
  return 'refused';
}

function notApproved({ approval }: Plan, given: Approval | undefined): string {
  const why = given === undefined ? 'nobody is there to ask' : `--auto-approve=${given} does not cover it`;
  return (
    `Refused: this plan needs the approval "${approval}" (${MEANING[approval]}), and ${why}.\n` +
    `  If it is as intended: --auto-approve=${approval}`
  );
}
