import type { Command } from 'commander';
import type { ToldEvent } from '../daemon/event-ring.ts';
import { OperationError } from '../errors.ts';
import { EXIT } from '../errors.ts';
import { askDaemon } from './ask-daemon.ts';
import type { Context } from './context.ts';
import { controlPath } from './control-path.ts';
import { addNetns, refuseExtraArguments } from './options.ts';

interface EventsOptions {
  readonly netns?: string;
  readonly past?: boolean;
  readonly follow: boolean;
}

/** Hear what the daemon says, as it says it. */
export function eventsCommand(program: Command, context: Context): void {
  const command = program
    .command('events')
    .summary('print what watch says, as it happens')
    .description(
      'Prints one JSON document a line for each thing that the daemon says from now on: verdicts, steps, reconciles, ' +
        'refusals, decisions by hand. The keys are those of its log.\n\n' +
        'Exit codes: 0 printed (--no-follow); 1 no daemon runs, or it ended; 130 interrupted.',
    );
  refuseExtraArguments(command, 'it tells everything');
  addNetns(command, context)
    .option('--past', 'begin with what it said lately: the last 1000 at most')
    .option('--no-follow', 'end when there is nothing more')
    .action((options: EventsOptions) => runEvents(context, options));
}

async function runEvents(context: Context, options: EventsOptions): Promise<void> {
  const now = await ask(context, options, null);
  // Number 0 stands for all that is kept; where nothing was ever said, to ask would be to wait.
  let after = options.past ? 0 : now.last;
  while (options.follow || after < now.last) {
    const { events, last } = await ask(context, options, after);
    for (const event of events) context.stdout.write(`${eventLine(event)}\n`);
    after = last;
  }
  context.exit(EXIT.done);
}

function eventLine({ number, time, level, msg, about }: ToldEvent): string {
  return JSON.stringify({ number, level, time, ...about, msg });
}

async function ask(context: Context, options: EventsOptions, after: number | null) {
  const found = await askDaemon(context, options, { request: 'events', body: { after } });
  if (found !== null) return found.answer;
  throw new OperationError(`No lvsctl watch answers at ${controlPath(context, options.netns).path}`, {
    hints: ['Start one with: lvsctl watch --mode enforce'],
  });
}
