import assert from 'node:assert/strict';
import { Command, CommanderError } from 'commander';
import type { Context } from '../../src/commands/context.ts';
import { EXIT, OperationError } from '../../src/errors.ts';

/** What one run of a verb gave. */
export interface VerbRun {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}

interface Surroundings {
  readonly cwd: string;
  readonly stdin?: string;
  readonly isTTY?: boolean;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs one verb by itself, in surroundings that exist only for it. */
export async function runVerb(
  register: (program: Command, context: Context) => void,
  args: readonly string[],
  surroundings: Surroundings,
): Promise<VerbRun> {
  const run = { stdout: '', stderr: '', exitCode: Number.NaN };
  const context = fakeContext(run, surroundings);
  const program = new Command('lvsctl').exitOverride().configureOutput({
    writeOut: (text) => context.stdout.write(text),
    writeErr: (text) => context.stderr.write(text),
  });
  register(program, context);
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) run.exitCode = error.exitCode === 0 ? EXIT.done : EXIT.usage;
    else if (error instanceof OperationError) {
      run.exitCode = error.exitCode;
      run.stderr += `${[error.message, ...error.hints].join('\n')}\n`;
    } else throw error;
  }
  return run;
}

export function fakeContext(
  run: { stdout: string; stderr: string; exitCode: number },
  surroundings: Surroundings,
): Context {
  const { cwd, stdin, isTTY = false, env = {} } = surroundings;
  const collect = (stream: 'stdout' | 'stderr') => (text: string) => {
    run[stream] += text;
  };
  return {
    env,
    cwd,
    stdout: { write: collect('stdout'), isTTY, columns: 120 },
    stderr: { write: collect('stderr'), isTTY, columns: 120 },
    stdinIsTTY: false,
    readStdin: async () => stdin ?? '',
    ask: async () => '',
    now: () => 0,
    sleep: async () => {},
    bootTime: () => ({ boot: 'boot', seconds: 0 }),
    hostname: 'lb1',
    commandLine: null,
    uid: 1000,
    home: cwd,
    end: () => assert.fail('ended at once'),
    exit: (code) => {
      run.exitCode = code;
    },
  };
}
