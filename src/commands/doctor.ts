import { type Command, InvalidArgumentError, Option } from 'commander';
import { examine } from '../doctor/examine.ts';
import type { Fact, HostFacts, Interface } from '../doctor/facts.ts';
import type { Diagnosis } from '../doctor/finding.ts';
import { directorQuestions, type Questions, SERVING_QUESTIONS } from '../doctor/questions.ts';
import { DIRECTOR_RULES, REAL_SERVER_RULES } from '../doctor/rules.ts';
import { thisServer } from '../doctor/serving.ts';
import { EXIT, OperationError, UsageError } from '../errors.ts';
import { readFacts } from '../host/facts.ts';
import { readInterfaces } from '../host/interfaces.ts';
import { desiredHere } from '../keepalived/maintenance.ts';
import type { Desired } from '../model/desired.ts';
import type { Director } from '../model/director.ts';
import { thisDirector } from '../model/this-director.ts';
import { VERSION } from '../version.ts';
import { doctorDocument, type Patient } from '../view/doctor-document.ts';
import { doctorSummary, doctorText } from '../view/doctor-text.ts';
import type { Context } from './context.ts';
import { type ExitDocument, formatWithExit } from './exit-document.ts';
import { addEnvOption, addSpecOptions, durationArgument, type SpecOptions } from './options.ts';
import { outputPaint } from './output-paint.ts';
import { openSession } from './session.ts';
import { readSpec } from './spec-input.ts';
import { specPaths } from './spec-paths.ts';

interface DoctorOptions extends SpecOptions {
  readonly role: Patient['role'];
  readonly director?: string;
  readonly keepalivedPid?: string;
  readonly listen?: number;
  readonly output: 'text' | 'json';
}

/** Does this host do its part? Looks, and changes nothing. */
export function doctorCommand(program: Command, context: Context): void {
  const command = program
    .command('doctor')
    .summary('look at this host and say what is wrong')
    .description(
      'Looks at the kernel, the network and keepalived of the host it runs on, and says of each thing that is wrong what was ' +
        'seen, what is wanted, why, and the command that puts it right. It changes nothing; a running keepalived is asked for ' +
        'its state by a signal. What could not be looked at is said too.\n\n' +
        'Exit codes: 0 nothing wrong, or warnings alone; 1 it could not look; 3 errors, or the spec has some.',
    );
  addSpecOptions(command, context).addOption(
    new Option('--role <role>', 'what the host is').choices(['director', 'realserver']).default('director'),
  );
  addEnvOption(
    command,
    new Option('--director <name>', 'which director this is (default: the one with its host name or an address of it)'),
    { context, variable: 'LVSCTL_DIRECTOR' },
  );
  addEnvOption(
    command,
    new Option('--keepalived-pid <file>', 'pid file of keepalived (default: /run/keepalived.pid)'),
    { context, variable: 'LVSCTL_KEEPALIVED_PID' },
  );
  command.addOption(
    new Option(
      '--listen <duration>',
      'listen so long for adverts of other routers, and ask by ARP who has the VIPs',
    ).argParser(listenArgument),
  );
  addEnvOption(command, new Option('-o, --output <format>', 'how to print').choices(['text', 'json']).default('text'), {
    context,
    variable: 'LVSCTL_OUTPUT',
  }).action((options: DoctorOptions, verb: Command) => {
    if (options.role === 'realserver') refuseForRealServers(verb);
    return runDoctor(context, options);
  });
}

function listenArgument(text: string): number {
  const seconds = durationArgument(text);
  if (seconds < 1 || seconds > 300) throw new InvalidArgumentError('Listen for 1s to 5m.');
  return seconds;
}

async function runDoctor(context: Context, options: DoctorOptions): Promise<void> {
  const spec = await readSpec(context, specPaths(context, options));
  if (spec === null) return;
  const { env } = context;
  const interfaces = await readInterfaces({ env, netns: options.netns });
  if (!interfaces.known && options.netns !== undefined)
    throw new OperationError(`Cannot look into the network namespace ${options.netns}: ${interfaces.reason}`);
  const visit = { context, options, desired: spec.desired, interfaces };
  const { diagnosis, patient } = options.role === 'director' ? await visitDirector(visit) : await visitServer(visit);
  report(context, { diagnosis, patient, output: options.output });
}

/** A variable of the environment may stand for all verbs of a host, and refuses nothing. */
function refuseForRealServers(verb: Command): void {
  for (const name of ['director', 'listen'])
    if (verb.getOptionValueSource(name) === 'cli')
      throw new UsageError(`--${name} is for directors: --role realserver does not take it`);
}

interface Visit {
  readonly context: Context;
  readonly options: DoctorOptions;
  readonly desired: Desired;
  readonly interfaces: Fact<readonly Interface[]>;
}

interface Visited {
  readonly diagnosis: Diagnosis;
  readonly patient: Patient;
}

async function visitDirector(visit: Visit): Promise<Visited> {
  const { context, options } = visit;
  const director = directorHere(visit);
  const { maintenance } = await openSession(context, options).readState();
  const desired = director === null ? visit.desired : desiredHere(visit.desired, director, maintenance);
  const host = { desired, director };
  const facts = await look(visit, directorQuestions(host, options.listen ?? null));
  return {
    diagnosis: examine({ ...host, facts }, DIRECTOR_RULES),
    patient: patientOf(facts, 'director', director === null ? [] : [director.name]),
  };
}

async function visitServer(visit: Visit): Promise<Visited> {
  const { context, desired } = visit;
  const server = thisServer(desired, addressesOf(visit));
  if (server === undefined)
    throw new OperationError(`This host, ${context.hostname}, has the address of no real server of the spec`, {
      hints: [visit.interfaces.known ? `It has ${addressesOf(visit).join(', ') || 'none'}.` : visit.interfaces.reason],
    });
  const host = { desired, server };
  const facts = await look(visit, SERVING_QUESTIONS);
  return {
    diagnosis: examine({ ...host, facts }, REAL_SERVER_RULES),
    patient: patientOf(facts, 'realserver', server.names),
  };
}

function directorHere(visit: Visit): Director | null {
  const { context, options, desired, interfaces } = visit;
  const found = thisDirector(desired.directors, {
    hostname: context.hostname,
    addresses: addressesOf(visit),
    name: options.director,
  });
  if (found.kind === 'found') return found.director;
  if (found.kind === 'no-directors') return null;
  throw new OperationError(found.message, {
    hints: [
      ...(interfaces.known ? [] : [interfaces.reason]),
      ...(options.director === undefined ? ['Name the director with --director, or say --role realserver.'] : []),
    ],
  });
}

function addressesOf({ interfaces }: Visit): string[] {
  return interfaces.known ? interfaces.value.flatMap(({ addresses }) => addresses.map(({ text }) => text)) : [];
}

function look({ context, options, interfaces }: Visit, questions: Questions): Promise<HostFacts> {
  const { env, hostname } = context;
  return readFacts({
    hostname,
    env,
    netns: options.netns,
    interfaces,
    questions,
    pidFile: options.keepalivedPid ?? '/run/keepalived.pid',
    programs: { ipvsadm: env.LVSCTL_IPVSADM || 'ipvsadm', keepalived: env.LVSCTL_KEEPALIVED || 'keepalived' },
  });
}

function patientOf({ hostname, netns }: HostFacts, role: Patient['role'], names: readonly string[]): Patient {
  return { hostname, role, names, netns };
}

function report(context: Context, { diagnosis, patient, output }: Visited & { output: DoctorOptions['output'] }): void {
  const isWrong = diagnosis.findings.some(({ severity }) => severity === 'error');
  const exit: ExitDocument = isWrong
    ? { code: EXIT.findings, reason: 'findings' }
    : { code: EXIT.done, reason: 'clean' };
  context.stdout.write(
    output === 'json'
      ? formatWithExit(doctorDocument(diagnosis, { patient, version: VERSION }), exit)
      : doctorText(diagnosis, outputPaint(context, context.stdout)),
  );
  context.stderr.write(`${doctorSummary(diagnosis, patient)}\n`);
  context.exit(exit.code);
}
