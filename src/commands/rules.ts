import { type Command, Option } from 'commander';
import { EXIT } from '../errors.ts';
import { ALL_RULES } from '../lint/all-rules.ts';
import { VERSION } from '../version.ts';
import { rulesText } from '../view/rule-text.ts';
import { rulesDocument } from '../view/rules-document.ts';
import type { Context } from './context.ts';
import { addEnvOption } from './options.ts';

/** Everything that lint looks for. */
export function rulesCommand(program: Command, context: Context): void {
  const command = program
    .command('rules')
    .summary('list the rules of lint')
    .description(
      'Lists what lint looks for: number, name, severity, and what goes wrong. `lvsctl explain RULE` tells the rest of one.',
    );
  addOutputOption(command, context).action(({ output }: { output: 'text' | 'json' }) => {
    context.stdout.write(
      output === 'json' ? `${JSON.stringify(rulesDocument(ALL_RULES, VERSION), null, 2)}\n` : rulesText(ALL_RULES),
    );
    context.exit(EXIT.done);
  });
}

function addOutputOption(command: Command, context: Context): Command {
  const output = new Option('-o, --output <format>', 'how to print').choices(['text', 'json']).default('text');
  return addEnvOption(command, output, { context, variable: 'LVSCTL_OUTPUT' });
}
