import { homedir, hostname } from 'node:os';
import { createInterface } from 'node:readline/promises';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { Command, CommanderError } from 'commander';
import { applyCommand } from './commands/apply.ts';
import type { Context, Output } from './commands/context.ts';
import { initCommand } from './commands/init.ts';
import { lintCommand } from './commands/lint.ts';
import { planCommand } from './commands/plan.ts';
import { renderCommand } from './commands/render.ts';
import { rollbackCommand } from './commands/rollback.ts';
import { schemaCommand } from './commands/schema.ts';
import { showCommand } from './commands/show.ts';
import { statusCommand } from './commands/status.ts';
import { watchCommand } from './commands/watch.ts';
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
  schemaCommand,
  renderCommand,
  planCommand,
  showCommand,
  statusCommand,
  applyCommand,
  rollbackCommand,
  watchCommand,
] as const;

function processContext(): Context {
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
    hostname: hostname(),
    uid: process.getuid?.() ?? 0,
    home: homedir(),
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
