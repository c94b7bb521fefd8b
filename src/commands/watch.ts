import { type Command, Option } from 'commander';
import { EventRing } from '../daemon/event-ring.ts';
import type { HealthChecks } from '../daemon/health-checks.ts';
import { keepOverrides } from '../daemon/keep-overrides.ts';
import type { Log, LogEvent } from '../daemon/log-event.ts';
import { OverrideReport } from '../daemon/override-report.ts';
import { Reconciler, type ReconcileOptions } from '../daemon/reconcile.ts';
import { EXIT, UsageError } from '../errors.ts';
import { enterNetns } from '../host/enter-netns.ts';
import { createLogger, type Logger, type LogLevel } from '../host/log.ts';
import { refuseNewer } from '../host/refuse-newer.ts';
import { onSignals } from '../host/signals.ts';
import { secondsLeft } from '../model/trial.ts';
import type { Approval } from '../plan/plan.ts';
import type { Context } from './context.ts';
import { type Control, openControl } from './control.ts';
import { addKeepalivedOptions, type KeepalivedSideOptions } from './keepalived-options.ts';
import { keepalivedSide } from './keepalived-side.ts';
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
import { openSession, type Session } from './session.ts';
import { specPaths } from './spec-paths.ts';
import { watchChecks } from './watch-checks.ts';
import { watchDesk } from './watch-desk.ts';
import { WatchLoop } from './watch-loop.ts';

export interface WatchOptions extends SpecOptions, GuardOptions, KeepalivedSideOptions {
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
  'SIGHUP, or `lvsctl reload`, reads the spec again. What was decided by hand (`drain`, `weight`, `disable`) holds.\n\n' +
  'Exit codes: 0 stopped by SIGTERM or SIGINT; 1 failed; 4 another watch keeps this table; 130, 143 stopped at once by a ' +
  'second signal.';

/** Keep it so. */
export function watchCommand(program: Command, context: Context): void {
  const command = program.command('watch').summary('keep the kernel as the spec wants it').description(DESCRIPTION);
  addKeepalivedOptions(addGuardOptions(addSpecOptions(command, context)), context);
  addEnvOption(
    command,
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
  // Checks are asked from where the table is, or they would say nothing about it.
  const { commandLine, env } = context;
  if (options.netns !== undefined && commandLine !== null)
    enterNetns(options.netns, { commandLine: [...commandLine.program, ...commandLine.args], env });
  // It would go by half of what was decided, turn after turn.
  await refuseNewer(openSession(context, options).directory);
  const events = eventRing(context);
  const log = events.recording(openLog(context, options));
  const control = await openControl(context, { netns: options.netns, log });
  const checks = watchChecks(context, { log, onVerdict: () => loop.look('verdict') });
  const loop = startLoop(context, { paths, options, log, control, checks, events });
  log.info(
    { event: 'start', mode: options.mode, spec: paths.join(', '), interval_s: options.interval },
    `watching ${paths.join(', ')}, mode ${options.mode}`,
  );
  const forget = onSignals({
    reload: () => loop.hangUp(),
    stop: (signal) => loop.stop(signal),
    kill: (code) => context.end(code),
  });
  const reason = await loop.stopped;
  checks.stop();
  forget();
  await control.close();
  log.info({ event: 'stop', reason }, `stopped by ${reason}; the live table stays as it is`);
  context.exit(EXIT.done);
}

function startLoop(context: Context, { paths, options, log, control, checks, events }: LoopBasis): WatchLoop {
  const { mode, lockTimeout, interval, netns, prune: pruned = [] } = options;
  const session = openSession(context, options);
  const report = new OverrideReport(log);
  const keep = keepOverrides(session.overrides, log);
  const readOverrides = async () => {
    const overrides = await keep();
    report.seen(overrides.list, context.now());
    return overrides;
  };
  const keepalived = keepalivedSide(context, options);
  const about = { context, log, lockTimeout, keepalived, checks, readOverrides, pruned, netns };
  const effects = reconcileEffects(session, about);
  const reconciler = new Reconciler(reconcileOptions(options), effects);
  const loop = new WatchLoop(context, {
    ...{ paths, reconciler, log },
    intervalSeconds: interval,
    nextEnd: () => report.nextEnd,
    // Who observes changes nothing, and takes nothing back.
    isOverdue: mode === 'observe' ? async () => false : () => isTrialOverdue(context, session),
  });
  control.answerWith(
    watchDesk(context, {
      ...{ session, loop, reconciler, report, checks, events, readOverrides },
      ...{ paths, mode, lockTimeout, netns },
    }),
  );
  return loop;
}

async function isTrialOverdue(context: Context, session: Session): Promise<boolean> {
  const trial = await session.readTrial();
  return trial.kind === 'armed' && secondsLeft(trial, context.bootTime()) === 0;
}

interface LoopBasis {
  readonly paths: readonly string[];
  readonly options: WatchOptions;
  readonly log: Log;
  readonly control: Control;
  readonly checks: HealthChecks;
  readonly events: EventRing;
}

function eventRing({ now }: Context): EventRing {
  const later = (callback: () => void, seconds: number) => {
    const timer = setTimeout(callback, seconds * 1000);
    return () => clearTimeout(timer);
  };
  return new EventRing({ now, later });
}

function openLog({ stdout, now }: Context, options: WatchOptions): Logger<LogEvent> {
  const format = options.logFormat ?? (stdout.isTTY ? 'human' : 'json');
  return createLogger<LogEvent>({ destination: stdout, format, level: options.logLevel, now });
}

function reconcileOptions(options: WatchOptions): ReconcileOptions {
  const { mode, approve, drain } = options;
  return { mode, approve, permissions: permissionsOf(options), drainSeconds: drain ?? null };
}
