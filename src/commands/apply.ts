import { type Command, Option } from 'commander';
import { EXIT, type ExitCode, UsageError } from '../errors.ts';
import type { Lock } from '../host/lock.ts';
import { refusals } from '../plan/guard.ts';
import type { Approval } from '../plan/plan.ts';
import type { PlanOrder } from '../view/plan-document.ts';
import { planText } from '../view/plan-text.ts';
import { approve } from './approve.ts';
import { carryOut } from './carry-out.ts';
import { checkNames } from './check-names.ts';
import type { Context } from './context.ts';
import {
  addEnvOption,
  addGuardOptions,
  addSpecOptions,
  durationArgument,
  type GuardOptions,
  type SpecOptions,
} from './options.ts';
import { outputPaint } from './output-paint.ts';
import { readPlanFile } from './plan-file.ts';
import { orderOf, planLive, type Planned, sourcesOf } from './planning.ts';
import { openSession, type Session } from './session.ts';
import { readSpec } from './spec-input.ts';
import { specPaths } from './spec-paths.ts';

interface ApplyOptions extends SpecOptions, GuardOptions {
  readonly autoApprove?: true | Approval;
  readonly expectChecksum?: string;
  readonly lockTimeout: number;
  readonly dryRun?: boolean;
  readonly detailedExitcode?: boolean;
  readonly wait: boolean;
}

/** Make the kernel as the spec wants it. */
export function applyCommand(program: Command, context: Context): void {
  const command = program
    .command('apply')
    .summary('make the kernel as the spec wants it')
    .description(
      'Plans, asks, takes a snapshot, carries the plan out phase by phase, reads the table again after each, waits for ' +
        'draining servers and verifies the end. Never flushes, and touches nothing that lvsctl does not manage.\n\n' +
        'Exit codes: 0 applied, or nothing to do; 1 failed, maybe part-way: it says what was applied; 2 changes pending ' +
        '(--dry-run --detailed-exitcode); 3 the spec has errors; 4 refused: a guard, a stale plan, not approved, or ' +
        'another writer; 5 still draining (--no-wait).',
    )
    .argument('[plan-file]', 'a plan saved by `lvsctl plan --out`; refused when the live table moved since');
  addEnvOption(
    addGuardOptions(addSpecOptions(command, context)),
    new Option(
      '--auto-approve [class]',
      'do not ask: additive only adds, safe keeps established connections, all may cut them',
    ).choices(['additive', 'safe', 'all']),
    { context, variable: 'LVSCTL_AUTO_APPROVE' },
  )
    .option('--expect-checksum <checksum>', 'refuse when the plan is not the one with this checksum')
    .addOption(
      new Option('--lock-timeout <duration>', 'how long to wait for another writer')
        .default(10, '10s')
        .argParser(durationArgument),
    )
    .option('--no-wait', 'do not wait for draining servers: the next apply, or watch, removes them')
    .option('--dry-run', 'stop before the first change')
    .option('--detailed-exitcode', 'with --dry-run: exit 2 when there are changes')
    .action((planFile: string | undefined, options: ApplyOptions) => runApply(context, { planFile, options }));
}

interface Request {
  readonly planFile: string | undefined;
  readonly options: ApplyOptions;
}

async function runApply(context: Context, { planFile, options }: Request): Promise<void> {
  const job =
    planFile === undefined
      ? await jobOfSpec(context, options)
      : await jobOfPlanFile(context, { path: planFile, options });
  if (job === null) return;
  const session = openSession(context, options);
  const lock = await session.lock('apply', options.lockTimeout);
  const writing = { session, lock, wait: options.wait, lockTimeout: options.lockTimeout };
  try {
    const plan = () => planNow(context, { job, session, lock });
    const planned = await plan();
    checkNames(planned);
    const sources = sourcesOf(context, { spec: job.title });
    context.stdout.write(planText(planned.plan, { sources, paint: outputPaint(context, context.stdout) }));
    const verdict = await judge(context, planned, { job, options });
    if (verdict === 'stop') return;
    // While somebody read the plan, somebody else may have changed the table.
    const current = verdict === 'asked' ? await plan() : planned;
    if (current.plan.digest !== planned.plan.digest)
      return refuseStale(context, planned.plan.digest, current.plan.digest);
    await carryOut(context, current, writing);
  } finally {
    await writing.lock.release();
  }
}

async function planNow(
  context: Context,
  { job, session, lock }: { job: Job; session: Session; lock: Lock },
): Promise<Planned> {
  return planLive(job.order, { kernel: session.kernel(lock), state: await session.readState(), now: context.now() });
}

interface Job {
  readonly order: PlanOrder;
  readonly title: string;
  readonly expected: string | null;
}

async function jobOfSpec(context: Context, options: ApplyOptions): Promise<Job | null> {
  const spec = await readSpec(context, specPaths(context, options));
  return spec && { order: orderOf(spec, options), title: spec.title, expected: options.expectChecksum ?? null };
}

async function jobOfPlanFile(
  context: Context,
  { path, options }: { path: string; options: ApplyOptions },
): Promise<Job> {
  if (options.file !== undefined)
    throw new UsageError('A saved plan holds its spec: give a plan file or --file, not both');
  const { order, plan, sources } = await readPlanFile(context, path);
  return { order, title: sources.desired, expected: options.expectChecksum ?? plan.digest };
}

/** May this plan be carried out? `asked`: somebody said yes just now. */
async function judge(
  context: Context,
  { plan }: Planned,
  { job, options }: { job: Job; options: ApplyOptions },
): Promise<'go' | 'asked' | 'stop'> {
  const stop = (code: ExitCode) => {
    context.exit(code);
    return 'stop' as const;
  };
  if (job.expected !== null && job.expected !== plan.digest) {
    refuseStale(context, job.expected, plan.digest);
    return 'stop';
  }
  if (refusals(plan.hazards).length > 0) return stop(EXIT.refused);
  if (options.dryRun) return stop(options.detailedExitcode && plan.changes.length > 0 ? EXIT.pending : EXIT.done);
  if (plan.changes.length === 0) return 'go';
  const verdict = await approve(context, plan, options.autoApprove === true ? 'all' : options.autoApprove);
  return verdict === 'refused' ? stop(EXIT.refused) : verdict;
}

function refuseStale(context: Context, approved: string, now: string): void {
  context.stderr.write(
    `Refused: the plan that was approved is ${approved}, and this one is ${now}.\n` +
      '  The live table or the spec changed since. Look at the plan above, and approve that one.\n',
  );
  context.exit(EXIT.refused);
}
