import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { EXIT, OperationError, UsageError } from '../errors.ts';
import { describeSystemError } from '../host/system-error.ts';
import { parseSavedListing } from '../ipvsadm/live-table.ts';
import type { LiveTable } from '../model/live.ts';
import { serviceKey } from '../model/table.ts';
import { emptyState } from '../model/state.ts';
import type { Trial } from '../model/trial.ts';
import { refusals } from '../plan/guard.ts';
import { isEmpty } from '../plan/is-empty.ts';
import type { Plan } from '../plan/plan.ts';
import { formatPlanDocument, planDocument, type PlanOrder, type PlanSources } from '../view/plan-document.ts';
import { planMarkdown } from '../view/plan-markdown.ts';
import { planText } from '../view/plan-text.ts';
import { trialDocument } from '../view/trial-document.ts';
import { checkNames } from './check-names.ts';
import type { Context } from './context.ts';
import { daemonVerdicts } from './daemon-verdicts.ts';
import { type ExitDocument, formatWithExit } from './exit-document.ts';
import { addEnvOption, addGuardOptions, addSpecOptions, type GuardOptions, type SpecOptions } from './options.ts';
import { addKeepalivedOptions, type KeepalivedSideOptions } from './keepalived-options.ts';
import { keepalivedSide } from './keepalived-side.ts';
import { outputPaint } from './output-paint.ts';
import { orderOf, planLive, planOrder, type Planned, sourcesOf } from './planning.ts';
import { sayTrial } from './say-trial.ts';
import { openSession } from './session.ts';
import { specPaths } from './spec-paths.ts';
import { inputTitle, readSpec } from './spec-input.ts';

interface PlanOptions extends SpecOptions, GuardOptions, KeepalivedSideOptions {
  readonly against?: string;
  readonly managed?: boolean;
  readonly out?: string;
  readonly output: 'text' | 'json' | 'markdown';
  readonly detailedExitcode?: boolean;
  readonly strictGuards?: boolean;
}

/** What would change? The same planner as `apply`, up to its last line. */
export function planCommand(program: Command, context: Context): void {
  const command = program
    .command('plan')
    .summary('show what would change in the kernel and in keepalived.conf')
    .description(
      'Compares the spec with the live IPVS table, and on a director with its keepalived.conf, and prints the plan that ' +
        '`apply` would carry out. Changes nothing.\n\n' +
        'Exit codes: 0 planned; 1 the table could not be read; 2 there are changes (with --detailed-exitcode); ' +
        '3 the spec has errors; 4 a guard would refuse (with --strict-guards).',
    );
  addKeepalivedOptions(addGuardOptions(addSpecOptions(command, context)), context);
  addEnvOption(
    command,
    new Option('-o, --output <format>', 'how to print').choices(['text', 'json', 'markdown']).default('text'),
    { context, variable: 'LVSCTL_OUTPUT' },
  )
    .option(
      '--against <listing>',
      'plan offline against a saved `ipvsadm -Sn` listing; services that only it has are not managed',
    )
    .option('--managed', 'with --against: every service of the listing is managed by lvsctl')
    .option('--out <file>', 'save the plan, for `lvsctl apply FILE`')
    .option('--detailed-exitcode', 'exit 2 when there are changes')
    .option('--strict-guards', 'exit 4 when a guard would refuse')
    .action(async (options: PlanOptions) => runPlan(context, options));
}

async function runPlan(context: Context, options: PlanOptions): Promise<void> {
  checkOptions(options);
  const spec = await readSpec(context, specPaths(context, options));
  if (spec === null) return;
  const order = orderOf(spec, options);
  const planned =
    options.against === undefined
      ? await planHere(context, { order, options })
      : await planOffline(options.against, { order, options, context });
  // A listing is of any host.
  const isHere = options.against === undefined;
  const trial: Trial = isHere ? await openSession(context, options).readTrial() : { kind: 'none' };
  checkNames(planned);
  const { plan } = planned;
  const sources = sourcesOf(context, {
    spec: spec.title,
    ...(options.against === undefined ? {} : { live: inputTitle(options.against) }),
  });
  const exit = exitOf(plan, options);
  context.stdout.write(printPlan(context, plan, { order, sources, output: options.output, exit, trial }));
  sayTrial(context, trial);
  if (options.out !== undefined)
    await savePlan(context, options.out, formatPlanDocument(planDocument(plan, { sources, order })));
  context.exit(exit.code);
}

function checkOptions({ against, managed, file }: PlanOptions): void {
  if (managed && against === undefined)
    throw new UsageError('--managed says something of a listing: give --against too');
  if (against === '-' && file?.includes('-'))
    throw new UsageError('Standard input can be the spec or the listing, and not both: save one of them in a file');
}

async function planHere(
  context: Context,
  { order, options }: { order: PlanOrder; options: PlanOptions },
): Promise<Planned> {
  const session = openSession(context, options);
  const side = keepalivedSide(context, options);
  const verdicts = await daemonVerdicts(context, options, order.desired);
  return planLive(order, { kernel: session.kernel(), session, now: context.now(), side, verdicts });
}

/** Offline nobody knows what lvsctl made: the services that both have, and the rest only where --managed says so. */
async function planOffline(
  path: string,
  { order, options, context }: { order: PlanOrder; options: PlanOptions; context: Context },
): Promise<Planned> {
  const live = readableListing(await readListing(context, path), path);
  const wanted = new Map(order.desired.services.map(({ address, name }) => [serviceKey(address), name]));
  const owned = live.services
    .map(({ address }) => serviceKey(address))
    .filter((key) => options.managed || wanted.has(key))
    .map((key) => ({ key, name: wanted.get(key) ?? key }));
  // What was decided by hand on a host says nothing of a listing.
  const seen = { live, state: { ...emptyState, owned }, overrides: [] };
  return { plan: planOrder(order, { ...seen, now: context.now() }), ...seen, order, conf: undefined };
}

async function readListing(context: Context, path: string): Promise<string> {
  if (path === '-') return context.readStdin();
  try {
    return await readFile(resolve(context.cwd, path), 'utf8');
  } catch (cause) {
    throw new OperationError(`Cannot read the listing ${path}: ${describeSystemError(cause)}`, {
      hints: [SAVE_ONE],
      cause,
    });
  }
}

/** A file that is something else altogether must not look like an empty table. */
function readableListing(text: string, path: string): LiveTable {
  const live = parseSavedListing(text);
  if (live.services.length > 0 || live.unread.length === 0) return live;
  throw new OperationError(`There is nothing in ${inputTitle(path)} that \`ipvsadm -Sn\` would print`, {
    hints: [`${live.unread[0]?.reason}`, SAVE_ONE],
  });
}

const SAVE_ONE = 'Save a listing with: ipvsadm -Sn > FILE';

function printPlan(
  context: Context,
  plan: Plan,
  {
    order,
    sources,
    output,
    exit,
    trial,
  }: { order: PlanOrder; sources: PlanSources; output: PlanOptions['output']; exit: ExitDocument; trial: Trial },
): string {
  if (output === 'json')
    return formatWithExit({ ...planDocument(plan, { sources, order }), trial: trialDocument(trial) }, exit);
  if (output === 'markdown') return planMarkdown(plan, sources);
  return planText(plan, { sources, paint: outputPaint(context, context.stdout) });
}

async function savePlan(context: Context, path: string, text: string): Promise<void> {
  try {
    await writeFile(resolve(context.cwd, path), text, { mode: 0o600 });
  } catch (cause) {
    throw new OperationError(`Cannot save the plan in ${path}: ${describeSystemError(cause)}`, { cause });
  }
  context.stderr.write(`Saved to ${path}; apply it with: lvsctl apply ${path}\n`);
}

function exitOf(plan: Plan, options: PlanOptions): ExitDocument {
  const refused = refusals(plan.hazards)[0];
  if (options.strictGuards && refused !== undefined) return { code: EXIT.refused, reason: `guard.${refused.guard}` };
  if (isEmpty(plan)) return { code: EXIT.done, reason: 'no-changes' };
  return { code: options.detailedExitcode ? EXIT.pending : EXIT.done, reason: 'changes' };
}
