import { type Command, InvalidArgumentError } from 'commander';
import type { OverrideAction, OverrideTarget } from '../model/override.ts';
import { MAX_WEIGHT } from '../model/table.ts';
import type { Context } from './context.ts';
import { decide } from './decide.ts';
import { addSetOptions, orderBasis, type SetOptions, targetArgument } from './hand-options.ts';
import { openHands } from './hands.ts';

/** Another weight by hand, until somebody says otherwise. */
export function weightCommand(program: Command, context: Context): void {
  const command = program
    .command('weight')
    .summary('give a real server another weight')
    .description(
      "Sets a weight, or a share of the spec's (at least 1, unless the share is 0 %), and keeps it so whatever the spec, " +
        'a restart or the next look of watch says. `undrain` ends it. TARGET is as for `drain`.\n\n' +
        'Exit codes: 0 done; 1 failed; 3 the spec has errors; 4 refused: a guard, a service of keepalived, or another writer.',
    )
    .argument('<target>', 'SERVICE/SERVER, pool:NAME or address:IP', targetArgument)
    .argument('<weight>', 'a weight, or a share as 50%', weightArgument);
  addSetOptions(command, context).action(
    async (target: OverrideTarget, action: OverrideAction, options: SetOptions) => {
      const hands = await openHands(context, { verb: 'weight', options });
      if (hands === null) return;
      const order = { ...orderBasis(context, options), target, action };
      const result = await decide(context, { hands, order, undo: 'undrain' });
      if (result !== null) context.exit(result.code);
    },
  );
}

function weightArgument(text: string): OverrideAction {
  const percent = /^(\d+(?:\.\d+)?)%$/.exec(text)?.[1];
  if (percent !== undefined && Number(percent) <= 100) return { kind: 'share', percent: Number(percent) };
  if (/^\d+$/.test(text) && Number(text) <= MAX_WEIGHT) return { kind: 'weight', weight: Number(text) };
  throw new InvalidArgumentError(`Write a weight from 0 to ${MAX_WEIGHT}, or a share as 50%.`);
}
