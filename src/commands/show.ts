import { type Command, Option } from 'commander';
import { EXIT } from '../errors.ts';
import { formatPlanDocument, type PlanDocument } from '../view/plan-document.ts';
import { planMarkdown } from '../view/plan-markdown.ts';
import { planText } from '../view/plan-text.ts';
import type { Context } from './context.ts';
import { outputPaint } from './output-paint.ts';
import { readPlanFile } from './plan-file.ts';

/** Prints a saved plan as `plan` did. Never looks at the kernel, so a stale plan shows as well as a fresh one. */
export function showCommand(program: Command, context: Context): void {
  program
    .command('show')
    .summary('print a saved plan')
    .description(
      'Prints a plan that `lvsctl plan --out FILE` saved.\n\nExit codes: 0 shown; 1 the file cannot be read or is not a plan.',
    )
    .argument('<plan-file>', 'the saved plan')
    .addOption(
      new Option('-o, --output <format>', 'how to print').choices(['text', 'json', 'markdown']).default('text'),
    )
    .action(async (path: string, { output }: { output: 'text' | 'json' | 'markdown' }) => {
      const document = await readPlanFile(context, path);
      context.stdout.write(print(context, document, output));
      context.exit(EXIT.done);
    });
}

function print(context: Context, document: PlanDocument, output: 'text' | 'json' | 'markdown'): string {
  const { plan, sources } = document;
  if (output === 'json') return formatPlanDocument(document);
  return output === 'markdown'
    ? planMarkdown(plan, sources)
    : planText(plan, { sources, paint: outputPaint(context, context.stdout) });
}
