import { type Command, Option } from 'commander';
import { EXIT } from '../errors.ts';
import { type Override, standingAt } from '../model/override.ts';
import { overridesText } from '../view/override-text.ts';
import { overridesDocument } from '../view/overrides-document.ts';
import type { Context } from './context.ts';
import { formatWithExit } from './exit-document.ts';
import { addEnvOption, addNetns, refuseExtraArguments } from './options.ts';
import { remoteHands } from './remote-hands.ts';
import { openSession } from './session.ts';

interface OverridesOptions {
  readonly netns?: string;
  readonly output: 'text' | 'json';
}

/** Who decided what, why, and until when? */
export function overridesCommand(program: Command, context: Context): void {
  const command = program
    .command('overrides')
    .summary('list what was decided by hand')
    .description(
      'Lists what `drain`, `weight` and `disable` decided and still holds: who, since when, until when, and why.\n\n' +
        'Exit codes: 0 listed; 1 it cannot be read.',
    );
  refuseExtraArguments(command, 'overrides lists all of them');
  addEnvOption(
    addNetns(command, context),
    new Option('-o, --output <format>', 'how to print').choices(['text', 'json']).default('text'),
    { context, variable: 'LVSCTL_OUTPUT' },
  ).action(async (options: OverridesOptions) => {
    const standing = await findOverrides(context, options);
    const exit = { code: EXIT.done, reason: standing.length === 0 ? 'no-overrides' : 'overrides' } as const;
    context.stdout.write(
      options.output === 'json' ? formatWithExit(overridesDocument(standing), exit) : overridesText(standing),
    );
    context.exit(exit.code);
  });
}

/** The daemon answers users too who may not read its files. */
async function findOverrides(context: Context, options: OverridesOptions): Promise<readonly Override[]> {
  const daemon = await remoteHands(context, options);
  if (daemon !== null) return daemon.list();
  const { list } = await openSession(context, options).readOverrides();
  return standingAt(context.now(), list);
}
