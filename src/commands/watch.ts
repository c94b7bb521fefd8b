import { type Command, Option } from 'commander';
import type { LogEvent } from '../daemon/log-event.ts';
import { Reconciler, type ReconcileOptions } from '../daemon/reconcile.ts';
import { EXIT, UsageError } from '../errors.ts';
import { createLogger, type Logger, type LogLevel } from '../host/log.ts';
import { onSignals } from '../host/signals.ts';
import type { Approval } from '../plan/plan.ts';
import type { Context } from './context.ts';
import {
  addEnvOption,
  addGuardOptions,
  addSpecOptions,
  durationArgument,
  type GuardOptions,
  permissionsOf,
  type SpecOptions,
} from './options.ts';
import { reconcileEffects } from './reconcile-effects.ts';
import { openSession } from './session.ts';
import { specPaths } from './spec-paths.ts';
import { WatchLoop } from './watch-loop.ts';

export interface WatchOptions extends SpecOptions, GuardOptions {
  readonly mode: 'observe' | 'enforce';
  readonly approve: Approval;
  readonly interval: number;
  readonly lockTimeout: number;
  readonly logFormat?: 'json' | 'human';
  readonly logLevel: LogLevel;
}

const DESCRIPTION =
  'Watches the spec and the live table. Observes unless told to enforce: reports what differs and changes nothing. ' +
  'An invalid, empty or missing spec keeps the last good one. Stopping it leaves the kernel as it is. ' +
  'SIGHUP reads the spec again.\n\n' +
  'Exit codes: 0 stopped by SIGTERM or SIGINT; 1 failed; 130, 143 stopped at once by a second signal.';

/** Keep it so. */
export function watchCommand(program: Command, context: Context): void {
  const command = program.command('watch').summary('keep the kernel as the spec wants it').description(DESCRIPTION);
  addEnvOption(
    addGuardOptions(addSpecOptions(command, context)),
    new Option('--log-level <level>', 'least level that is logged')
      .choices(['debug', 'info', 'warn', 'error'])
      .default('info'),
    { context, variable: 'LVSCTL_LOG_LEVEL' },
  )
    .addOption(
      new Option('--mode <mode>', 'observe reports, enforce repairs')
        .choices(['observe', 'enforce'])
        .default('observe'),
    )
    .addOption(
      new Option('--approve <class>', 'what enforce may do: additive only adds, safe keeps established connections')
        .choices(['additive', 'safe', 'all'])
        .default('all'),
    )
    .addOption(
      new Option('--interval <duration>', 'how often to look at the live table')
        .default(15, '15s')
        .argParser(durationArgument),
    )
    .addOption(
      new Option('--lock-timeout <duration>', 'how long to wait for another writer')
        .default(10, '10s')
        .argParser(durationArgument),
    )
    .addOption(
      new Option('--log-format <format>', 'json for programs, human for a terminal').choices(['json', 'human']),
    )
    .action((options: WatchOptions) => runWatch(context, options));
}

async function runWatch(context: Context, options: WatchOptions): Promise<void> {
  const paths = specPaths(context, options);
  if (paths.includes('-')) throw new UsageError('watch needs files to watch, and - is standard input');
  if (options.interval < 1) throw new UsageError('--interval is one second at least');
  const log = openLog(context, options);
  const reconciler = new Reconciler(
    reconcileOptions(options),
    reconcileEffects(openSession(context, options), { context, log, lockTimeout: options.lockTimeout }),
  );
  const loop = new WatchLoop(context, { paths, reconciler, log, intervalSeconds: options.interval });
  log.info(
    { event: 'start', mode: options.mode, spec: paths.join(', '), interval_s: options.interval },
    `watching ${paths.join(', ')}, mode ${options.mode}`,
  );
  const forget = onSignals({
    reload: () => loop.reload(),
    stop: (signal) => loop.stop(signal),
    kill: (code) => context.end(code),
  });
  const reason = await loop.stopped;
  forget();
  log.info({ event: 'stop', reason }, `stopped by ${reason}; the live table stays as it is`);
  context.exit(EXIT.done);
}

function openLog({ stdout, now }: Context, options: WatchOptions): Logger<LogEvent> {
  const format = options.logFormat ?? (stdout.isTTY ? 'human' : 'json');
  return createLogger<LogEvent>({ destination: stdout, format, level: options.logLevel, now });
}

function reconcileOptions(options: WatchOptions): ReconcileOptions {
  const { mode, approve, drain } = options;
  return { mode, approve, permissions: permissionsOf(options), drainSeconds: drain ?? null };
}
