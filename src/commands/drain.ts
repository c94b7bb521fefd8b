import { type Command, Option } from 'commander';
import { EXIT, UsageError } from '../errors.ts';
import type { OverrideTarget } from '../model/override.ts';
import type { Context } from './context.ts';
import { decide } from './decide.ts';
import { followDrain } from './follow.ts';
import { addSetOptions, orderBasis, type SetOptions, targetArgument } from './hand-options.ts';
import { openHands } from './hands.ts';
import { durationArgument } from './options.ts';

interface DrainOptions extends SetOptions {
  readonly wait?: boolean;
  readonly timeout?: number;
}

/** Weight 0 by hand, until somebody says otherwise. */
export function drainCommand(program: Command, context: Context): void {
  const command = program
    .command('drain')
    .summary('give a real server no new connections')
    .description(
      'Sets weight 0 and keeps it so, whatever the spec, a restart or the next look of watch says: established ' +
        'connections go on. `undrain` ends it. TARGET is SERVICE/SERVER, pool:NAME, or address:IP for a host in every ' +
        'service.\n\n' +
        'Exit codes: 0 done; 1 failed; 3 the spec has errors; 4 refused: a guard, a service of keepalived, or another ' +
        'writer; 5 connections are left (--wait).',
    )
    .argument('<target>', 'SERVICE/SERVER, pool:NAME or address:IP', targetArgument);
  addSetOptions(command, context)
    .option('--wait', 'wait until its connections are gone')
    .addOption(
      new Option('--timeout <duration>', "with --wait: how long, at most (default: the service's drain)").argParser(
        durationArgument,
      ),
    )
    .action((target: OverrideTarget, options: DrainOptions) => runDrain(context, { target, options }));
}

async function runDrain(
  context: Context,
  { target, options }: { target: OverrideTarget; options: DrainOptions },
): Promise<void> {
  if (options.timeout !== undefined && !options.wait)
    throw new UsageError('--timeout says how long --wait waits: give --wait too');
  const hands = await openHands(context, { verb: 'drain', options });
  if (hands === null) return;
  const order = { ...orderBasis(context, options), target, action: { kind: 'drain' } as const };
  const result = await decide(context, { hands, order, undo: 'undrain' });
  if (result === null) return;
  if (!options.wait || result.code !== EXIT.done) return context.exit(result.code);
  context.exit(await followDrain(context, hands, { decided: result.decided, timeout: options.timeout ?? null }));
}
