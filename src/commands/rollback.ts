import { type Command, Option } from 'commander';
import { EXIT, UsageError } from '../errors.ts';
import type { Lock } from '../host/lock.ts';
import { ignoreHangup } from '../host/signals.ts';
import { isEmpty } from '../plan/is-empty.ts';
import type { Approval } from '../plan/plan.ts';
import { planText } from '../view/plan-text.ts';
import { approve } from './approve.ts';
import { carryOut } from './carry-out.ts';
import { checkNames } from './check-names.ts';
import type { Context } from './context.ts';
import { holdTrial } from './hold.ts';
import { addReloadOptions, type KeepalivedSideOptions } from './keepalived-options.ts';
import { addGuardOptions, addNetns, durationArgument, type GuardOptions, permissionsOf } from './options.ts';
import { outputPaint } from './output-paint.ts';
import { planRollback, type RollbackOrder } from './plan-rollback.ts';
import { sourcesOf } from './planning.ts';
import { refusedByGuards } from './refuse.ts';
import { rollingBack } from './rolling-back.ts';
import { openSession, type Session } from './session.ts';

interface RollbackOptions extends GuardOptions, KeepalivedSideOptions {
  readonly autoApprove?: true | Approval;
  readonly lockTimeout: number;
  readonly wait: boolean;
  readonly overrides: boolean;
  readonly list?: boolean;
  readonly whenUnconfirmed?: boolean;
}

/** Back to a snapshot, by the ordinary planner: nothing is flushed, servers that go are drained. */
export function rollbackCommand(program: Command, context: Context): void {
  const command = program
    .command('rollback')
    .summary('go back to a snapshot')
    .description(
      'Makes the managed services, keepalived.conf and what was decided by hand as a snapshot has them; without a name ' +
        'the newest. Foreign services stay as they are. The spec that is rolled back from is rejected: neither apply nor ' +
        'watch takes it again until it says something else, or --allow-rejected says that it is meant.\n\n' +
        'Exit codes: 0 done; 1 failed; 4 refused by a guard, not approved, or another writer; 5 still draining (--no-wait).',
    )
    .argument('[snapshot]', 'its name, as `apply` printed it');
  addReloadOptions(addGuardOptions(addNetns(command, context)), context)
    .option('--no-overrides', 'leave what was decided by hand as it is')
    .option('--list', 'list the snapshots, newest first')
    .addOption(new Option('--when-unconfirmed', 'wait for the end of a trial').hideHelp())
    .addOption(new Option('--auto-approve [class]', 'do not ask').choices(['additive', 'safe', 'all']))
    .addOption(
      new Option('--lock-timeout <duration>', 'how long to wait for another writer')
        .default(10, '10s')
        .argParser(durationArgument),
    )
    .option('--no-wait', 'do not wait for draining servers')
    .action(async (id: string | undefined, options: RollbackOptions) => {
      if (options.list && id !== undefined) throw new UsageError('--list shows all snapshots, and takes no name');
      if (options.list) return listSnapshots(context, options);
      await runRollback(context, { id, options });
    });
}

async function listSnapshots(context: Context, options: RollbackOptions): Promise<void> {
  const ids = await openSession(context, options).snapshots.list();
  if (ids.length === 0)
    context.stderr.write('There is no snapshot yet; every apply takes one before it changes anything.\n');
  context.stdout.write(ids.map((id) => `${id}\n`).join(''));
  context.exit(EXIT.done);
}

async function runRollback(
  context: Context,
  { id, options }: { id: string | undefined; options: RollbackOptions },
): Promise<void> {
  const session = openSession(context, options);
  if (options.whenUnconfirmed) {
    ignoreHangup();
    return holdTrial(context, session, { netns: options.netns });
  }
  // No lockToChange: whoever rolls back by hand does not wait for what cannot be taken back by itself.
  const lock = await session.lock('rollback', options.lockTimeout);
  // The lock is another one once it was given up while servers drained.
  let writing: { lock: Lock } = { lock };
  try {
    const job = await planRollback(context, await orderOf(id, options, session), { session, lock });
    writing = job.writing;
    const { plan } = job.planned;
    checkNames(job.planned);
    const sources = sourcesOf(context, { spec: job.title });
    context.stdout.write(planText(plan, { sources, paint: outputPaint(context, context.stdout) }));
    for (const note of job.notes) context.stderr.write(`${note}\n`);
    if (refusedByGuards(context, plan)) return;
    const given = options.autoApprove === true ? 'all' : options.autoApprove;
    const verdict = isEmpty(plan) ? 'go' : await approve(context, plan, { given, takesChecksum: false });
    if (verdict === 'refused') return context.exit(EXIT.refused);
    await carryOut(context, job.planned, job.writing);
  } finally {
    await writing.lock.release();
  }
}

/** An older spec is what a rollback is for, and so may be one that was rejected before: those guards have no say here. */
async function orderOf(id: string | undefined, options: RollbackOptions, session: Session): Promise<RollbackOrder> {
  const trial = await session.readTrial();
  const armed = trial.kind === 'armed' ? trial : null;
  return {
    snapshot: await session.snapshots.load(id ?? armed?.snapshot),
    tried: armed?.specDigest ?? null,
    permissions: { ...permissionsOf(options), older: true, rejected: true },
    drainSeconds: options.drain ?? null,
    side: options,
    restoresOverrides: options.overrides,
    wait: options.wait,
    lockTimeout: options.lockTimeout,
    purpose: (goingBack) => rollingBack(goingBack, { session, armed }),
  };
}
