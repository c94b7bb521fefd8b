import type { ConfKeeper } from '../daemon/conf-keeper.ts';
import { type Command, Option } from 'commander';
import { EXIT, type ExitCode, UsageError } from '../errors.ts';
import type { Lock } from '../host/lock.ts';
import { isEmpty } from '../plan/is-empty.ts';
import type { Approval } from '../plan/plan.ts';
import { planText } from '../view/plan-text.ts';
import { type ApplyJob, jobOfPlanFile, jobOfSpec, ofTheOrder } from './apply-job.ts';
import { approve } from './approve.ts';
import { Arming } from './arming.ts';
import { carryOut } from './carry-out.ts';
import { checkNames } from './check-names.ts';
import type { Context } from './context.ts';
import { daemonVerdicts } from './daemon-verdicts.ts';
import {
  addEnvOption,
  addGuardOptions,
  addSpecOptions,
  checksumArgument,
  confirmTimeoutArgument,
  durationArgument,
  type GuardOptions,
  type SpecOptions,
} from './options.ts';
import { addKeepalivedOptions, type KeepalivedSideOptions } from './keepalived-options.ts';
import { keepalivedSide } from './keepalived-side.ts';
import { lockToChange } from './lock-to-change.ts';
import { outputPaint } from './output-paint.ts';
import { planLive, type Planned, sourcesOf } from './planning.ts';
import { applying } from './purpose.ts';
import { openSession, type Session } from './session.ts';
import { refusedAsOther, refusedAsUnconfirmed, refusedByGuards } from './refuse.ts';

interface ApplyOptions extends SpecOptions, GuardOptions, KeepalivedSideOptions {
  readonly autoApprove?: true | Approval;
  readonly expectChecksum?: string;
  readonly lockTimeout: number;
  readonly confirmTimeout?: number;
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
  addKeepalivedOptions(addGuardOptions(addSpecOptions(command, context)), context);
  addEnvOption(
    command,
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
      new Option(
        '--confirm-timeout <duration>',
        'go back to how it was, unless `lvsctl confirm` comes within so long after it',
      ).argParser(confirmTimeoutArgument),
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
  'allowRejected',
  'allowUnheldVip',
  'allowDisruptive',
  'director',
  'templates',
  'keepalived',
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
  const netns = job.order.netns ?? undefined;
  const session = openSession(context, { netns });
  const lock = await lockFor(context, session, { options, netns });
  const sideOptions = { ...options, ...ofTheOrder(job.order) };
  const side = keepalivedSide(context, sideOptions);
  const arming = armingFor(context, { session, options, sideOptions });
  const purpose = applying(job.order, job.source, { session, arming });
  const writing = { session, lock, side, purpose, wait: options.wait, lockTimeout: options.lockTimeout };
  try {
    if (arming === null && !options.dryRun && (await refusedAsUnconfirmed(context, session))) return;
    const plan = () => planNow(context, { job, session, lock, side });
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

/** A dry run takes nothing back either. */
function lockFor(
  context: Context,
  session: Session,
  { options: { dryRun, lockTimeout }, netns }: { options: ApplyOptions; netns: string | undefined },
): Promise<Lock> {
  if (dryRun) return session.lock('apply', lockTimeout);
  return lockToChange(context, session, { command: 'apply', timeout: lockTimeout, netns });
}

function armingFor(
  context: Context,
  {
    session,
    options: { confirmTimeout },
    sideOptions,
  }: { session: Session; options: ApplyOptions; sideOptions: KeepalivedSideOptions },
): Arming | null {
  if (confirmTimeout === undefined) return null;
  return new Arming(context, { session, seconds: confirmTimeout, options: sideOptions });
}

async function planNow(
  context: Context,
  { job, session, lock, side }: { job: ApplyJob; session: Session; lock: Lock; side: ConfKeeper },
): Promise<Planned> {
  const { desired, netns } = job.order;
  const verdicts = await daemonVerdicts(context, { netns: netns ?? undefined }, desired);
  return planLive(job.order, { kernel: session.kernel(lock), session, now: context.now(), side, verdicts });
}

/** May this plan be carried out? `asked`: somebody said yes just now. */
async function judge(
  context: Context,
  { plan }: Planned,
  { job, options }: { job: ApplyJob; options: ApplyOptions },
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
    return stop(options.detailedExitcode && !isEmpty(plan) ? EXIT.pending : EXIT.done);
  }
  if (isEmpty(plan)) return 'go';
  const verdict = await approve(context, plan, {
    given: options.autoApprove === true ? 'all' : options.autoApprove,
    takesChecksum: true,
  });
  return verdict === 'refused' ? stop(EXIT.refused) : verdict;
}
