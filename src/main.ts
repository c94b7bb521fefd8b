import { readFileSync } from 'node:fs';
import { homedir, hostname, uptime } from 'node:os';
import { createInterface } from 'node:readline/promises';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { Command, CommanderError } from 'commander';
import { applyCommand } from './commands/apply.ts';
import { confirmCommand } from './commands/confirm.ts';
import type { Context, Output } from './commands/context.ts';
import { disableCommand } from './commands/disable.ts';
import { doctorCommand } from './commands/doctor.ts';
import { drainCommand } from './commands/drain.ts';
import { enableCommand } from './commands/enable.ts';
import { eventsCommand } from './commands/events.ts';
import { explainCommand } from './commands/explain.ts';
import { fmtCommand } from './commands/fmt.ts';
import { historyCommand } from './commands/history.ts';
import { initCommand } from './commands/init.ts';
import { lintCommand } from './commands/lint.ts';
import { maintainCommand } from './commands/maintain.ts';
import { overridesCommand } from './commands/overrides.ts';
import { planCommand } from './commands/plan.ts';
import { reloadCommand } from './commands/reload.ts';
import { renderCommand } from './commands/render.ts';
import { rollbackCommand } from './commands/rollback.ts';
import { rulesCommand } from './commands/rules.ts';
import { schemaCommand } from './commands/schema.ts';
import { showCommand } from './commands/show.ts';
import { statusCommand } from './commands/status.ts';
import { testCommand } from './commands/test.ts';
import { undrainCommand } from './commands/undrain.ts';
import { watchCommand } from './commands/watch.ts';
import { weightCommand } from './commands/weight.ts';
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
    await buildProgram(context).parseAsync(args, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) return context.exit(error.exitCode === 0 ? EXIT.done : EXIT.usage);
    const { message, exitCode } = describeError(error);
    context.stderr.write(message);
    context.exit(exitCode);
  }
}

function buildProgram(context: Context): Command {
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
  for (const register of VERBS) register(program, context);
  return program;
}

const VERBS = [
  initCommand,
  lintCommand,
  rulesCommand,
  explainCommand,
  fmtCommand,
  testCommand,
  schemaCommand,
  renderCommand,
  planCommand,
  showCommand,
  statusCommand,
  doctorCommand,
  applyCommand,
  confirmCommand,
  rollbackCommand,
  historyCommand,
  drainCommand,
  undrainCommand,
  weightCommand,
  disableCommand,
  enableCommand,
  overridesCommand,
  watchCommand,
  reloadCommand,
  eventsCommand,
  maintainCommand,
] as const;

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
