import { type Command, Option } from 'commander';
import type { ReloadEnd, TurnEnd } from '../daemon/reload-end.ts';
import { EXIT, type ExitCode, OperationError } from '../errors.ts';
import { plural } from '../view/wording.ts';
import { askDaemon } from './ask-daemon.ts';
import type { Context } from './context.ts';
import { controlPath } from './control-path.ts';
import { addNetns, durationArgument, refuseExtraArguments } from './options.ts';

interface ReloadOptions {
  readonly netns?: string;
  readonly wait?: true | number;
}

const WAIT_SECONDS = 20;

/** Have the daemon read the spec now. */
export function reloadCommand(program: Command, context: Context): void {
  const command = program
    .command('reload')
    .summary('have watch read the spec now')
    .description(
      'Asks the daemon to read the spec and to look at the table at once.\n\n' +
        'Exit codes: 0 asked, or (--wait) reconciled; 1 failed, or no daemon runs; 3 the spec has errors; 4 a guard ' +
        'refused it; 5 time is up. All but 0 leave the last good spec in force.',
    );
  refuseExtraArguments(command, 'watch knows its spec');
  addNetns(command, context)
    .addOption(
      new Option(
        '--wait [duration]',
        `wait until that spec was reconciled, at most so long (default ${WAIT_SECONDS}s)`,
      ).argParser(durationArgument),
    )
    .action((options: ReloadOptions) => runReload(context, options));
}

async function runReload(context: Context, options: ReloadOptions): Promise<void> {
  const wait = options.wait !== undefined;
  const timeoutSeconds = typeof options.wait === 'number' ? options.wait : WAIT_SECONDS;
  const found = await askDaemon(context, options, { request: 'reload', body: { wait }, timeoutSeconds });
  if (found === null)
    throw new OperationError(`No lvsctl watch answers at ${controlPath(context, options.netns).path}`, {
      hints: [
        'Start one with: lvsctl watch --mode enforce',
        'Or make the kernel as the spec wants it, once: lvsctl apply',
      ],
    });
  const { text, code } = describe(found.answer);
  context.stderr.write(`${text}\n`);
  context.exit(code);
}

interface Ending {
  readonly text: string;
  readonly code: ExitCode;
}

function describe(answer: ReloadEnd): Ending {
  switch (answer.kind) {
    case 'asked':
      return { text: 'Asked: the daemon reads the spec now. Its log tells what comes of it.', code: EXIT.done };
    case 'invalid':
      return {
        text: ['The spec has errors; the last good one is kept:', ...answer.messages].join('\n  '),
        code: EXIT.findings,
      };
    case 'unreadable':
      return { text: `The spec cannot be read, and the last good one is kept: ${answer.message}`, code: EXIT.failed };
    case 'reconciled':
      return describeTurn(answer.end, answer.sha256);
  }
}

function describeTurn(end: TurnEnd, sha256: string): Ending {
  switch (end.kind) {
    case 'in-sync':
      return { text: `In sync with spec ${sha256}.`, code: EXIT.done };
    case 'changed':
      return { text: `Applied spec ${sha256}.`, code: EXIT.done };
    case 'draining':
      return { text: `Applied spec ${sha256}; what leaves it is draining, and watch removes it.`, code: EXIT.done };
    case 'drift':
      return {
        text: `Read spec ${sha256}; observing, so ${plural(end.places, 'place')} stay different.`,
        code: EXIT.done,
      };
    case 'refused':
      return { text: ['Refused, and the last good spec is kept:', ...end.messages].join('\n  '), code: EXIT.refused };
    case 'failed':
      return { text: `Failed: ${end.message}`, code: EXIT.failed };
  }
}
