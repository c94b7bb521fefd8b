import { type Command, Option } from 'commander';
import { EXIT, OperationError, UsageError } from '../errors.ts';
import { hostAddresses } from '../host/addresses.ts';
import { keepalivedHost } from '../host/keepalived.ts';
import type { Desired } from '../model/desired.ts';
import type { Director } from '../model/director.ts';
import { thisDirector } from '../model/this-director.ts';
import { bringBack } from './bring-back.ts';
import type { Context } from './context.ts';
import { handOver } from './hand-over.ts';
import { addKeepalivedOptions, type KeepalivedSideOptions, keepalivedOptions } from './keepalived-options.ts';
import { keepalivedSide } from './keepalived-side.ts';
import { lockToChange } from './lock-to-change.ts';
import type { MaintenanceJob } from './maintenance-job.ts';
import { addSpecOptions, durationArgument, type SpecOptions } from './options.ts';
import { openSession } from './session.ts';
import { readSpec } from './spec-input.ts';
import { specPaths } from './spec-paths.ts';

interface MaintainOptions extends SpecOptions, KeepalivedSideOptions {
  readonly end?: boolean;
  readonly reason?: string;
  readonly timeout: number;
  readonly lockTimeout: number;
  readonly allowUnseenPeer?: boolean;
  readonly dryRun?: boolean;
}

/** Hand the VIPs of this director over to its peers, and take them again. */
export function maintainCommand(program: Command, context: Context): void {
  const command = program
    .command('maintain')
    .summary('hand the VIPs of this director over to its peers, or back')
    .description(
      'Gives this director the lowest priority in each of its VRRP instances, or takes an instance with preempt: false out ' +
        'of its keepalived.conf, so that its peers take the VIPs over; waits until they left, and looks who has them. It stays ' +
        'so through restarts, `apply` and `watch` until --end, which brings back what preempts.\n\n' +
        'Exit codes: 0 done; 1 failed; 3 the spec has errors; 4 refused: nobody could take over, no peer was seen, ' +
        'keepalived.conf is not as the spec wants it, or another writer; 5 time is up: the former file is back, or, with ' +
        '--end, not all VIPs are.',
    )
    .argument('[director]', 'its name; it must be this one');
  addKeepalivedOptions(addSpecOptions(command, context), context)
    .option('--end', 'end the maintenance')
    .option('--reason <text>', 'why, for those who see it in plan and status')
    .addOption(
      new Option('--timeout <duration>', 'how long the VIPs may take to move, beside a preempt_delay')
        .default(30, '30s')
        .argParser(durationArgument),
    )
    .addOption(
      new Option('--lock-timeout <duration>', 'how long to wait for another writer')
        .default(10, '10s')
        .argParser(durationArgument),
    )
    .option('--allow-unseen-peer', 'the peers are well, though this director cannot see it')
    .option('--dry-run', 'show what would change and move, and change nothing')
    .action((name: string | undefined, options: MaintainOptions) => runMaintain(context, { name, options }));
}

interface Request {
  readonly name: string | undefined;
  readonly options: MaintainOptions;
}

async function runMaintain(context: Context, { name, options }: Request): Promise<void> {
  if (options.keepalived === false)
    throw new UsageError('maintain is about keepalived: --no-keepalived leaves nothing');
  if (options.end && options.reason !== undefined)
    throw new UsageError('--reason is for the beginning of a maintenance, and --end ends it');
  const spec = await readSpec(context, specPaths(context, options));
  if (spec === null) return;
  const { desired } = spec;
  const director = await directorHere(context, { desired, name, options });
  const session = openSession(context, options);
  const order = { command: 'maintain', timeout: options.lockTimeout, netns: options.netns };
  const lock = options.dryRun
    ? await session.lock(order.command, order.timeout)
    : await lockToChange(context, session, order);
  try {
    const state = await session.readState();
    const side = keepalivedSide(context, { ...options, director: director.name });
    if (await refusedAsUnsettled(context, await side.look(desired, state))) return;
    const host = keepalivedHost(keepalivedOptions(context, options));
    const place = { env: context.env, netns: options.netns };
    const job: MaintenanceJob = {
      ...{ context, session, lock, side, place, desired, director, state },
      isRunning: async () => (await host.status()) !== null,
      timeoutSeconds: options.timeout,
    };
    context.exit(options.end ? await bringBack(job, options) : await handOver(job, options));
  } finally {
    await lock.release();
  }
}

async function directorHere(
  context: Context,
  { desired, name, options }: Request & { desired: Desired },
): Promise<Director> {
  const { directors } = desired;
  const found = thisDirector(directors, {
    hostname: context.hostname,
    addresses: await hostAddresses({ env: context.env, netns: options.netns }),
    name: options.director,
  });
  if (found.kind !== 'found') throw new OperationError(found.message, { hints: ['Name it with --director.'] });
  const { director } = found;
  if (name === undefined || name === director.name) return director;
  if (!directors.some((one) => one.name === name))
    throw new UsageError(`No director is called "${name}"; there is ${directors.map((one) => one.name).join(', ')}`);
  throw new UsageError(`This host is ${director.name}. Run it on ${name}: ssh ${name} lvsctl maintain`);
}

/** What the file lacks of the spec would be loaded along, unseen. */
async function refusedAsUnsettled(
  context: Context,
  change: Awaited<ReturnType<MaintenanceJob['side']['look']>>,
): Promise<boolean> {
  if (change === undefined)
    throw new OperationError('The spec has no VRRP instance, so there is nothing to hand over', {
      hints: ['Who holds the VIPs then is decided elsewhere.'],
    });
  if (change === null || change.action === 'comments') return false;
  context.stderr.write(
    `Refused: ${change.path} is not as the spec wants it: nothing was changed.\n  Way out: lvsctl apply, and then this again\n`,
  );
  context.exit(EXIT.refused);
  return true;
}
