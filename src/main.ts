import { readFileSync } from 'node:fs';
import { homedir, hostname, uptime } from 'node:os';
import { createInterface } from 'node:readline/promises';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { Command, CommanderError } from 'commander';
import type { Context, Output } from './commands/context.ts';
import { describeError } from './describe-error.ts';
import { EXIT } from './errors.ts';
import { VERSION } from './version.ts';

/** Runs one command line. The only reader of argv and the environment, the only setter of the exit code. */
export async function main(): Promise<void> {
  await run(process.argv.slice(2), processContext());
}

/** The same in whatever surroundings the context gives it. */
export async function run(args: readonly string[], context: Context): Promise<void> {
  try {
    await buildProgram(context, await loadVerbs(args)).parseAsync(args, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) return context.exit(error.exitCode === 0 ? EXIT.done : EXIT.usage);
    const { message, exitCode } = describeError(error);
    context.stderr.write(message);
    context.exit(exitCode);
  }
}

function buildProgram(context: Context, verbs: readonly Register[]): Command {
  const program = new Command('lvsctl')
    .description('The load balancer as code: a YAML spec becomes IPVS rules, and stays true.')
    .version(VERSION, '-V, --version')
    .helpCommand(true)
    .exitOverride()
    .configureOutput({
      writeOut: (words) => context.stdout.write(words),
      writeErr: (words) => context.stderr.write(words),
      getOutHelpWidth: () => context.stdout.columns,
      getErrHelpWidth: () => context.stderr.columns,
    });
  for (const register of verbs) register(program, context);
  return program;
}

type Register = (program: Command, context: Context) => void;

/** In the order of the help. Each is loaded when it is asked for: all of them together take longer than most do their work. */
const VERBS: Readonly<Record<string, () => Promise<Register>>> = {
  init: async () => (await import('./commands/init.ts')).initCommand,
  lint: async () => (await import('./commands/lint.ts')).lintCommand,
  rules: async () => (await import('./commands/rules.ts')).rulesCommand,
  explain: async () => (await import('./commands/explain.ts')).explainCommand,
  fmt: async () => (await import('./commands/fmt.ts')).fmtCommand,
  test: async () => (await import('./commands/test.ts')).testCommand,
  schema: async () => (await import('./commands/schema.ts')).schemaCommand,
  render: async () => (await import('./commands/render.ts')).renderCommand,
  plan: async () => (await import('./commands/plan.ts')).planCommand,
  show: async () => (await import('./commands/show.ts')).showCommand,
  status: async () => (await import('./commands/status.ts')).statusCommand,
  doctor: async () => (await import('./commands/doctor.ts')).doctorCommand,
  apply: async () => (await import('./commands/apply.ts')).applyCommand,
  confirm: async () => (await import('./commands/confirm.ts')).confirmCommand,
  rollback: async () => (await import('./commands/rollback.ts')).rollbackCommand,
  history: async () => (await import('./commands/history.ts')).historyCommand,
  drain: async () => (await import('./commands/drain.ts')).drainCommand,
  undrain: async () => (await import('./commands/undrain.ts')).undrainCommand,
  weight: async () => (await import('./commands/weight.ts')).weightCommand,
  disable: async () => (await import('./commands/disable.ts')).disableCommand,
  enable: async () => (await import('./commands/enable.ts')).enableCommand,
  overrides: async () => (await import('./commands/overrides.ts')).overridesCommand,
  watch: async () => (await import('./commands/watch.ts')).watchCommand,
  reload: async () => (await import('./commands/reload.ts')).reloadCommand,
  events: async () => (await import('./commands/events.ts')).eventsCommand,
  maintain: async () => (await import('./commands/maintain.ts')).maintainCommand,
};

/** Verbs that tell of the options of the others, and so need all of them. */
const ABOUT_OTHERS: ReadonlySet<string> = new Set(['explain']);

/** The verb that a command line begins with; all of them for the help, and where it is none that we know. */
async function loadVerbs([first = '']: readonly string[]): Promise<readonly Register[]> {
  if (first === '-V' || first === '--version') return [];
  const load = Object.hasOwn(VERBS, first) && !ABOUT_OTHERS.has(first) ? VERBS[first] : undefined;
  return await Promise.all((load === undefined ? Object.values(VERBS) : [load]).map((one) => one()));
}

/** The surroundings of this process. */
export function processContext(): Context {
  return {
    env: process.env,
    cwd: process.cwd(),
    stdout: streamOutput(process.stdout),
    stderr: streamOutput(process.stderr),
    stdinIsTTY: process.stdin.isTTY === true,
    readStdin: () => text(process.stdin),
    ask: askOnTerminal,
    now: () => Date.now(),
    sleep: (milliseconds) => sleep(milliseconds),
    bootTime: () => ({ boot: readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim(), seconds: uptime() }),
    hostname: hostname(),
    uid: process.getuid?.() ?? 0,
    home: homedir(),
    commandLine: {
      program: [process.execPath, ...process.execArgv, process.argv[1] ?? ''],
      args: process.argv.slice(2),
    },
    end: (code) => process.exit(code),
    exit: (code) => {
      process.exitCode = code;
    },
  };
}

function streamOutput(stream: NodeJS.WriteStream): Output {
  // A reader that went away (`lvsctl plan | head`) is no error of ours.
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  return { write: (words) => void stream.write(words), isTTY: stream.isTTY === true, columns: stream.columns ?? 80 };
}

async function askOnTerminal(question: string): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await terminal.question(question);
  } finally {
    terminal.close();
  }
}
