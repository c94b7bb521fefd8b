import { type Command, Option } from 'commander';
import { EXIT } from '../errors.ts';
import type { Armed } from '../model/trial.ts';
import { oneLine } from '../view/one-line.ts';
import { takenBackText } from '../view/trial-text.ts';
import { authorOf } from './author.ts';
import type { Context } from './context.ts';
import { lockToChange } from './lock-to-change.ts';
import { addNetns, durationArgument } from './options.ts';
import { remember } from './remember.ts';
import { openSession, type Session } from './session.ts';

interface ConfirmOptions {
  readonly netns?: string;
  readonly lockTimeout: number;
}

/** Keep what an apply on trial made. */
export function confirmCommand(program: Command, context: Context): void {
  const command = program
    .command('confirm')
    .summary('keep what `apply --confirm-timeout` made')
    .description(
      'Makes an apply final that would be taken back otherwise.\n\n' +
        'Exit codes: 0 confirmed, or nothing waits to be; 1 failed; 4 too late: it was taken back, or another writer.',
    );
  addNetns(command, context)
    .addOption(
      new Option('--lock-timeout <duration>', 'how long to wait for another writer')
        .default(10, '10s')
        .argParser(durationArgument),
    )
    .action((options: ConfirmOptions) => runConfirm(context, options));
}

async function runConfirm(context: Context, { netns, lockTimeout }: ConfirmOptions): Promise<void> {
  const session = openSession(context, { netns });
  const lock = await lockToChange(context, session, { command: 'confirm', timeout: lockTimeout, netns });
  try {
    const trial = await session.readTrial();
    if (trial.kind === 'armed') return await makeFinal(context, trial, session);
    const isTooLate = trial.kind === 'taken-back';
    const text = isTooLate ? takenBackText(trial, context.now()) : 'Nothing waits to be confirmed.';
    context.stderr.write(`${text}\n`);
    context.exit(isTooLate ? EXIT.refused : EXIT.done);
  } finally {
    await lock.release();
  }
}

async function makeFinal(context: Context, armed: Armed, session: Session): Promise<void> {
  await session.trial.write({ kind: 'none' });
  context.stderr.write(`Confirmed: the apply of ${oneLine(armed.author)} is final.\n`);
  const { specDigest, snapshot } = armed;
  await remember(
    context,
    {
      ...{ at: context.now(), author: authorOf(context), verb: 'confirm', snapshot, problem: '' },
      ...{ spec: { digest: specDigest, revision: null }, counts: { done: 0, failed: 0, skipped: 0 } },
      ...{ steps: [], conf: null, result: 'done' },
    },
    session,
  );
  context.exit(EXIT.done);
}
