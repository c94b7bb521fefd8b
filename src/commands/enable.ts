import type { Command } from 'commander';
import type { EndSubject } from '../plan/hand-order.ts';
import type { Context } from './context.ts';
import { endOverride } from './end-override.ts';
import { addHandOptions, type HandOptions, subjectArgument } from './hand-options.ts';

/** Into the table again. */
export function enableCommand(program: Command, context: Context): void {
  const command = program
    .command('enable')
    .summary('bring a real server back that was disabled')
    .description(
      'Ends what `disable` began: the real server is in the table again, as the spec has it. Names the same TARGET, or ' +
        'the id that `overrides` shows.\n\n' +
        'Exit codes: 0 done, or there was nothing to end; 1 failed; 3 the spec has errors; 4 refused: another verb or a ' +
        'wider override, or another writer.',
    )
    .argument('<target>', 'SERVICE/SERVER, pool:NAME, address:IP or an id', subjectArgument);
  addHandOptions(command, context).action((subject: EndSubject, options: HandOptions) =>
    endOverride(context, { verb: 'enable', subject, options }),
  );
}
