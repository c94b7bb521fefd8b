import { type Command, Option } from 'commander';
import { EXIT } from '../errors.ts';
import type { OverrideTarget } from '../model/override.ts';
import type { Context } from './context.ts';
import { decide } from './decide.ts';
import { followRemoval } from './follow.ts';
import { addSetOptions, orderBasis, type SetOptions, targetArgument } from './hand-options.ts';
import { openHands } from './hands.ts';
import { durationArgument } from './options.ts';

interface DisableOptions extends SetOptions {
  readonly wait: boolean;
  readonly drain?: number;
}

/** Out of the table by hand, until somebody says otherwise. */
export function disableCommand(program: Command, context: Context): void {
  const command = program
    .command('disable')
    .summary('take a real server out of the table')
    .description(
      'Takes it out as if it had left the spec: drained, then removed, and kept out whatever the spec, a restart or the ' +
        'next look of watch says. `enable` ends it. TARGET is as for `drain`.\n\n' +
        'Exit codes: 0 removed; 1 failed; 3 the spec has errors; 4 refused: a guard, a service of keepalived, or another ' +
        'writer; 5 still draining (--no-wait).',
    )
    .argument('<target>', 'SERVICE/SERVER, pool:NAME or address:IP', targetArgument);
  addSetOptions(command, context)
    .addOption(new Option('--drain <duration>', 'how long it may drain, 0: not at all').argParser(durationArgument))
    .option('--no-wait', 'do not wait until it has drained: the next apply, or watch, removes it')
    .action((target: OverrideTarget, options: DisableOptions) => runDisable(context, { target, options }));
}

async function runDisable(
  context: Context,
  { target, options }: { target: OverrideTarget; options: DisableOptions },
): Promise<void> {
  const hands = await openHands(context, { verb: 'disable', options });
  if (hands === null) return;
  const basis = { ...orderBasis(context, options), drainSeconds: options.drain ?? null };
  const order = { ...basis, target, action: { kind: 'disable' } as const };
  const result = await decide(context, { hands, order, undo: 'enable' });
  if (result === null) return;
  if (result.code !== EXIT.done) return context.exit(result.code);
  context.exit(await followRemoval(context, hands, { decided: result.decided, wait: options.wait }));
}
