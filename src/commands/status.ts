import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { EXIT, OperationError } from '../errors.ts';
import { serverKey, serviceKey } from '../model/table.ts';
import { NO_PERMISSIONS } from '../plan/guard.ts';
import { makePlan } from '../plan/make-plan.ts';
import { suggestion } from '../spec/did-you-mean.ts';
import { type Seen, type ServiceStatus, serviceStatuses } from '../view/status.ts';
import { statusText } from '../view/status-text.ts';
import type { Context } from './context.ts';
import { type ExitDocument, formatWithExit } from './exit-document.ts';
import { addEnvOption, addSpecOptions, type SpecOptions } from './options.ts';
import { outputPaint } from './output-paint.ts';
import { openSession } from './session.ts';
import { readSpec, type SpecInput } from './spec-input.ts';
import { specPaths } from './spec-paths.ts';

interface StatusOptions extends SpecOptions {
  readonly output: 'text' | 'wide' | 'json';
  readonly exitCode?: boolean;
}

/** What does the kernel do now, and is that what the spec wants? */
export function statusCommand(program: Command, context: Context): void {
  const command = program
    .command('status')
    .summary('show the live services, their servers and connections')
    .description(
      'Lists the live table with connections, rates and the state of each service and real server: ok, draining, drifted, ' +
        'missing, not managed; managed where there is no spec to compare with.\n\n' +
        'Exit codes: 0 shown; 1 the table cannot be read; 2 drift (with --exit-code); 3 the spec has errors.',
    )
    .argument('[service...]', 'only these services, by name or address');
  addEnvOption(
    addSpecOptions(command, context),
    new Option('-o, --output <format>', 'how to print').choices(['text', 'wide', 'json']).default('text'),
    { context, variable: 'LVSCTL_OUTPUT' },
  )
    .option('--exit-code', 'exit 2 when a service has drifted from the spec or is missing')
    .action((services: string[], options: StatusOptions) => runStatus(context, { services, options }));
}

async function runStatus(
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
  const all = serviceStatuses(await look(context, { spec, options }));
  const shown = services.length === 0 ? all : services.flatMap((wanted) => findService(wanted, all));
  const drifted = shown.some(({ state }) => state === 'drifted' || state === 'missing');
  const exit: ExitDocument = {
    code: options.exitCode && drifted ? EXIT.pending : EXIT.done,
    reason: spec === null ? 'no-spec' : drifted ? 'drift' : 'no-drift',
  };
  context.stdout.write(print(context, shown, { output: options.output, exit }));
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
): Promise<Seen> {
  const session = openSession(context, options);
  const kernel = session.kernel();
  const [live, rates, state] = [await kernel.read(), await kernel.rates(), await session.readState()];
  const plan =
    spec && makePlan({ live, desired: spec.desired, state, now: context.now(), permissions: NO_PERMISSIONS });
  return { live, rates, state, plan, names: namesOf(spec) };
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

function print(
  context: Context,
  statuses: readonly ServiceStatus[],
  { output, exit }: { output: StatusOptions['output']; exit: ExitDocument },
): string {
  if (output === 'json')
    return formatWithExit({ format_version: '1.0', kind: 'lvsctl.status', services: statuses }, exit);
  return statusText(statuses, { wide: output === 'wide', paint: outputPaint(context, context.stdout) });
}
