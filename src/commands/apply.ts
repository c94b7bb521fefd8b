import { type Command, Option } from 'commander';
import { EXIT, type ExitCode, UsageError } from '../errors.ts';
import type { Lock } from '../host/lock.ts';
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
  checksumArgument,
  durationArgument,
  type GuardOptions,
  type SpecOptions,
} from './options.ts';
import { outputPaint } from './output-paint.ts';
import { readPlanFile } from './plan-file.ts';
import { orderOf, planLive, type Planned, sourcesOf } from './planning.ts';
import { openSession, type Session } from './session.ts';
import { refusedAsOther, refusedByGuards } from './refuse.ts';
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
    .addOption(
      new Option('--expect-checksum <checksum>', 'refuse when the plan is not the one with this checksum').argParser(
        checksumArgument,
      ),
    )
    .addOption(
      new Option('--lock-timeout <duration>', 'how long to wait for another writer')
        .default(10, '10s')
        .argParser(durationArgument),
    )
    .option('--no-wait', 'do not wait for draining servers: the next apply, or watch, removes them')
    .option('--dry-run', 'stop before the first change')
    .option('--detailed-exitcode', 'with --dry-run: exit 2 when there are changes')
    .action(async (planFile: string | undefined, options: ApplyOptions, verb: Command) => {
      checkOptions(verb, { planFile, options });
      await runApply(context, { planFile, options });
    });
}

interface Request {
  readonly planFile: string | undefined;
  readonly options: ApplyOptions;
}

/** What a plan was made with. */
const OF_THE_PLAN = [
  'file',
  'drain',
  'maxRemove',
  'maxRemoveServices',
  'allowEmpty',
  'allowOlder',
  'allowUnheldVip',
  'adopt',
  'prune',
];

function checkOptions(verb: Command, { planFile, options }: Request): void {
  if (options.detailedExitcode && !options.dryRun)
    throw new UsageError('--detailed-exitcode says something of a dry run: give --dry-run too');
  if (planFile === undefined) return;
  const stray = verb.options.find((option) => {
    const name = option.attributeName();
    return OF_THE_PLAN.includes(name) && verb.getOptionValueSource(name) === 'cli';
  });
  if (stray !== undefined)
    throw new UsageError(
      `${stray.long} belongs to the making of a plan: give it to \`lvsctl plan --out\`, or apply the spec`,
    );
}

async function runApply(context: Context, { planFile, options }: Request): Promise<void> {
  const job =
    planFile === undefined ? await jobOfSpec(context, options) : await jobOfPlanFile(context, { planFile, options });
  if (job === null) return;
  const session = openSession(context, { netns: job.order.netns ?? undefined });
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
    const since = 'The live table moved while the question was open. `lvsctl apply` again shows the plan as it is now.';
    if (refusedAsOther(context, { plan: current.plan, approved: planned.plan.digest, since })) return;
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
  /** The checksum that was approved before, and what it means when the plan has another. */
  readonly approved: { readonly digest: string; readonly since: string } | null;
}

async function jobOfSpec(context: Context, options: ApplyOptions): Promise<Job | null> {
  const spec = await readSpec(context, specPaths(context, options));
  return spec && { order: orderOf(spec, options), title: spec.title, approved: approvedBy(options) };
}

function approvedBy({ expectChecksum }: ApplyOptions): Job['approved'] {
  if (expectChecksum === undefined) return null;
  const since =
    'The live table, the spec or the options differ from then. Look at the plan above, and approve that one.';
  return { digest: expectChecksum, since };
}

async function jobOfPlanFile(
  context: Context,
  { planFile, options }: { planFile: string; options: ApplyOptions },
): Promise<Job> {
  const { order, plan, sources } = await readPlanFile(context, planFile);
  checkNamespace(order, options);
  const since = `The live table moved since ${planFile} was saved. Look at the plan above, and save and approve that one.`;
  return { order, title: sources.desired, approved: approvedBy(options) ?? { digest: plan.digest, since } };
}

/** A plan that fits one table may fit another by chance; it is for the one it was made for. */
function checkNamespace({ netns }: PlanOrder, options: ApplyOptions): void {
  if (options.netns === undefined || options.netns === netns) return;
  const place = netns === null ? 'the network namespace lvsctl ran in' : `the network namespace ${netns}`;
  throw new UsageError(`The plan was made for ${place}, and --netns names ${options.netns}`);
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
  const { approved } = job;
  if (approved !== null && refusedAsOther(context, { plan, approved: approved.digest, since: approved.since }))
    return 'stop';
  if (refusedByGuards(context, plan)) return 'stop';
  if (options.dryRun) {
    context.stderr.write('Dry run: nothing was changed.\n');
    return stop(options.detailedExitcode && plan.changes.length > 0 ? EXIT.pending : EXIT.done);
  }
  if (plan.changes.length === 0) return 'go';
  const verdict = await approve(context, plan, {
    given: options.autoApprove === true ? 'all' : options.autoApprove,
    takesChecksum: true,
  });
  return verdict === 'refused' ? stop(EXIT.refused) : verdict;
}
