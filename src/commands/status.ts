import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { EXIT, OperationError, UsageError } from '../errors.ts';
import type { DaemonStatus } from '../model/daemon-status.ts';
import { type Override, standingAt } from '../model/override.ts';
import { type Maintenance, maintenanceText } from '../model/maintenance.ts';
import { serverKey, serviceKey } from '../model/table.ts';
import type { Trial } from '../model/trial.ts';
import { NO_PERMISSIONS } from '../plan/guard.ts';
import { makePlan } from '../plan/make-plan.ts';
import { rulingOverrides } from '../plan/overridden.ts';
import { suggestion } from '../spec/did-you-mean.ts';
import { daemonText } from '../view/daemon-text.ts';
import { byHandText } from '../view/override-text.ts';
import { overrideDocument } from '../view/overrides-document.ts';
import { type Seen, type ServiceStatus, serviceStatuses } from '../view/status.ts';
import { statusText } from '../view/status-text.ts';
import { trialDocument } from '../view/trial-document.ts';
import { askDaemon } from './ask-daemon.ts';
import type { Context } from './context.ts';
import { daemonVerdicts } from './daemon-verdicts.ts';
import { type ExitDocument, formatWithExit } from './exit-document.ts';
import { addEnvOption, addSpecOptions, durationArgument, type SpecOptions } from './options.ts';
import { outputPaint } from './output-paint.ts';
import { sayTrial } from './say-trial.ts';
import { openSession } from './session.ts';
import { readSpec, type SpecInput } from './spec-input.ts';
import { specPaths } from './spec-paths.ts';

interface StatusOptions extends SpecOptions {
  readonly output: 'text' | 'wide' | 'json';
  readonly exitCode?: boolean;
  readonly watch?: true | number;
}

/** What does the kernel do now, and is that what the spec wants? */
export function statusCommand(program: Command, context: Context): void {
  const command = program
    .command('status')
    .summary('show the live services, their servers and connections')
    .description(
      'Lists the live table with connections, rates and the state of each service and real server: ok, failed, kept, ' +
        'slow start, by hand, draining, drifted, missing, not managed; managed where there is no spec to compare with. Below it, what was ' +
        'decided by hand, a maintenance, and what `watch` does.\n\n' +
        'Exit codes: 0 shown; 1 the table cannot be read; 2 drift (with --exit-code); 3 the spec has errors.',
    )
    .argument('[service...]', 'only these services, by name or address');
  addEnvOption(
    addSpecOptions(command, context),
    new Option('-o, --output <format>', 'how to print').choices(['text', 'wide', 'json']).default('text'),
    { context, variable: 'LVSCTL_OUTPUT' },
  )
    .option('--exit-code', 'exit 2 when a service has drifted from the spec or is missing')
    .addOption(
      new Option('--watch [duration]', `show it again and again, by default every ${WATCH_SECONDS}s`).argParser(
        durationArgument,
      ),
    )
    .action((services: string[], options: StatusOptions) => runStatus(context, { services, options }));
}

const WATCH_SECONDS = 2;
/** Home, and what is below it gone (ECMA-48: CUP, ED). */
const CLEAR = '\u001b[H\u001b[J';

async function runStatus(
  context: Context,
  { services, options }: { services: readonly string[]; options: StatusOptions },
): Promise<void> {
  const { watch } = options;
  if (watch === undefined) return showStatus(context, { services, options });
  if (options.exitCode)
    throw new UsageError('--watch goes on until it is interrupted: --exit-code has nothing to say then');
  const seconds = Math.max(1, watch === true ? WATCH_SECONDS : watch);
  for (;;) {
    if (context.stdout.isTTY) context.stdout.write(CLEAR);
    await showStatus(context, { services, options });
    await context.sleep(seconds * 1000);
  }
}

async function showStatus(
  context: Context,
  { services, options }: { services: readonly string[]; options: StatusOptions },
): Promise<void> {
  const paths = specPaths(context, options);
  const hasSpec = options.file !== undefined || paths.some((path) => existsSync(resolve(context.cwd, path)));
  const spec = hasSpec ? await readSpec(context, paths) : null;
  if (hasSpec && spec === null) return;
  if (options.exitCode && spec === null)
    throw new OperationError(`Cannot say whether anything drifted: there is no spec in ${paths.join(', ')}`, {
      hints: ['Name the spec with --file.'],
    });
  const { seen, overrides } = await look(context, { spec, options });
  const all = serviceStatuses(seen);
  const shown = services.length === 0 ? all : services.flatMap((wanted) => findService(wanted, all));
  const drifted = shown.some(({ state }) => state === 'drifted' || state === 'missing');
  const exit: ExitDocument = {
    code: options.exitCode && drifted ? EXIT.pending : EXIT.done,
    reason: spec === null ? 'no-spec' : drifted ? 'drift' : 'no-drift',
  };
  const daemon = await findDaemon(context, options);
  const { maintenance } = seen.state;
  const trial = await openSession(context, options).readTrial();
  const about = { services: shown, overrides, maintenance, daemon, trial };
  context.stdout.write(print(context, about, { output: options.output, exit }));
  sayTrial(context, trial);
  if (spec === null) context.stderr.write('No spec, so drift was not looked for (give one with --file).\n');
  context.exit(exit.code);
}

function findService(wanted: string, all: readonly ServiceStatus[]): ServiceStatus[] {
  const found = all.filter(({ name, address }) => wanted === name || wanted === address);
  if (found.length > 0) return found;
  const known = all.map(({ name, address }) => name ?? address);
  throw new OperationError(`There is no service "${wanted}"${suggestion(wanted, known)}`, {
    hints: [known.length === 0 ? 'There is none at all.' : `There is: ${known.join(', ')}`],
  });
}

async function look(
  context: Context,
  { spec, options }: { spec: SpecInput | null; options: StatusOptions },
): Promise<{ seen: Seen; overrides: readonly Override[] }> {
  const session = openSession(context, options);
  const kernel = session.kernel();
  const [live, rates, state] = [await kernel.read(), await kernel.rates(), await session.readState()];
  const overrides = standingAt(context.now(), (await session.readOverrides()).list);
  const verdicts = spec === null ? undefined : await daemonVerdicts(context, options, spec.desired);
  const input = { live, state, overrides, verdicts, now: context.now(), permissions: NO_PERMISSIONS, conf: null };
  const plan = spec && makePlan({ ...input, desired: spec.desired });
  const held = spec === null ? new Map() : rulingOverrides(spec.desired, overrides);
  const theirs = spec?.desired.services.filter(({ owner }) => owner === 'keepalived') ?? [];
  return { seen: { live, rates, state, plan, names: namesOf(spec), held, theirs }, overrides };
}

/** It may be stopped, or mend its table right now: that is no reason not to show the table. */
const DAEMON_SECONDS = 2;

async function findDaemon(context: Context, options: StatusOptions): Promise<DaemonStatus | null> {
  try {
    const found = await askDaemon(context, options, { request: 'status', body: {}, timeoutSeconds: DAEMON_SECONDS });
    return found?.answer ?? null;
  } catch (error) {
    if (!(error instanceof OperationError)) throw error;
    context.stderr.write(`watch: ${error.message}\n`);
    return null;
  }
}

function namesOf(spec: SpecInput | null): ReadonlyMap<string, string> {
  const services = spec?.desired.services ?? [];
  return new Map(
    services.flatMap(({ address, name, servers }) => {
      const key = serviceKey(address);
      return [[key, name] as const, ...servers.map((server) => [`${key} ${serverKey(server)}`, server.name] as const)];
    }),
  );
}

function checkLines({ name, address, servers }: ServiceStatus): string[] {
  return servers.flatMap((server) =>
    server.check === null ? [] : [`Checks: ${name ?? address}/${server.name ?? server.address} ${server.check}`],
  );
}

interface Shown {
  readonly services: readonly ServiceStatus[];
  readonly overrides: readonly Override[];
  readonly maintenance: Maintenance | null;
  readonly daemon: DaemonStatus | null;
  readonly trial: Trial;
}

function print(
  context: Context,
  { services, overrides, maintenance, daemon, trial }: Shown,
  { output, exit }: { output: StatusOptions['output']; exit: ExitDocument },
): string {
  if (output === 'json') {
    const decided = { overrides: overrides.map(overrideDocument), maintenance, trial: trialDocument(trial) };
    const about = { services, ...decided, daemon };
    return formatWithExit({ format_version: '1.0', kind: 'lvsctl.status', ...about }, exit);
  }
  const table = statusText(services, { wide: output === 'wide', paint: outputPaint(context, context.stdout) });
  const lines = [
    ...services.flatMap(checkLines),
    ...overrides.map(byHandText),
    ...(maintenance === null ? [] : [`This director is ${maintenanceText(maintenance)}`]),
    ...(daemon === null ? [] : [daemonText(daemon)]),
  ];
  return lines.length === 0 ? table : `${table}\n${lines.join('\n')}\n`;
}
