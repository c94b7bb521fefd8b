import { type Command, InvalidArgumentError, Option } from 'commander';
import { EXIT } from '../errors.ts';
import type { HistoryEntry } from '../model/history.ts';
import { historyText } from '../view/history-text.ts';
import type { Context } from './context.ts';
import { addEnvOption, addNetns } from './options.ts';
import { outputPaint } from './output-paint.ts';
import { openSession } from './session.ts';

interface HistoryOptions {
  readonly netns?: string;
  readonly number: number;
  readonly output: 'text' | 'json';
}

/** Who changed what, and when? */
export function historyCommand(program: Command, context: Context): void {
  const command = program
    .command('history')
    .summary('show who changed what')
    .description(
      'Lists what apply, watch, rollback and confirm changed, the newest first: when, who, the spec, how many operations, how ' +
        'it ended, and the snapshot from before it, which `lvsctl rollback` goes back to. The operations themselves are in ' +
        'the JSON.\n\nExit codes: 0 shown; 1 the history cannot be read.',
    );
  addNetns(command, context).addOption(
    new Option('-n, --number <entries>', 'how many, the newest').default(20).argParser(numberArgument),
  );
  addEnvOption(command, new Option('-o, --output <format>', 'how to print').choices(['text', 'json']).default('text'), {
    context,
    variable: 'LVSCTL_OUTPUT',
  }).action((options: HistoryOptions) => runHistory(context, options));
}

function numberArgument(text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new InvalidArgumentError('Write a number from 1.');
  return Number(text);
}

async function runHistory(context: Context, options: HistoryOptions): Promise<void> {
  const entries = (await openSession(context, options).history.read()).slice(0, options.number);
  context.stdout.write(options.output === 'json' ? formatHistory(entries) : printHistory(context, entries));
  context.exit(EXIT.done);
}

function printHistory(context: Context, entries: readonly HistoryEntry[]): string {
  if (entries.length > 0) return historyText(entries, outputPaint(context, context.stdout));
  context.stderr.write('Nothing was changed here yet.\n');
  return '';
}

function formatHistory(entries: readonly HistoryEntry[]): string {
  const readable = entries.map(({ at, ...entry }) => ({ time: new Date(at).toISOString(), ...entry }));
  return `${JSON.stringify({ format_version: '1.0', kind: 'lvsctl.history', entries: readable }, null, 2)}\n`;
}
