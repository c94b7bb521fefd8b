import type { Command } from 'commander';
import type { EndSubject } from '../plan/hand-order.ts';
import type { Context } from './context.ts';
import { endOverride } from './end-override.ts';
import { addHandOptions, type HandOptions, subjectArgument } from './hand-options.ts';

/** The spec's weight again. */
export function undrainCommand(program: Command, context: Context): void {
  const command = program
    .command('undrain')
    .summary('end a drain, or a weight, by hand')
    .description(
      "Ends what `drain` or `weight` began: the spec's weight holds again, unless another override says otherwise. " +
        'Names the same TARGET, or the id that `overrides` shows.\n\n' +
        'Exit codes: 0 done, or there was nothing to end; 1 failed; 3 the spec has errors; 4 refused: a guard, another ' +
        'verb or a wider override, or another writer.',
    )
    .argument('<target>', 'SERVICE/SERVER, pool:NAME, address:IP or an id', subjectArgument);
  addHandOptions(command, context).action((subject: EndSubject, options: HandOptions) =>
    endOverride(context, { verb: 'undrain', subject, options }),
  );
}
