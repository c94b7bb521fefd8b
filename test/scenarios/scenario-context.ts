import assert from 'node:assert/strict';
import type { Context, Output } from '../../src/commands/context.ts';
import { linesOf, type World } from './world.ts';

interface Result {
  status: number | null;
  stdout: string;
  stderr: string;
}

type Sections = ReadonlyMap<string, string>;

/** The context of one command. What is in `tty` is typed at its prompts, a line each. */
export function scenarioContext(
  given: Sections,
  { cwd, env, clock, table }: World,
  more: Readonly<Record<string, string>>,
): { context: Context; result: Result } {
  const result: Result = { status: null, stdout: '', stderr: '' };
  const isTTY = given.has('tty');
  const answers = linesOf(given, 'tty');
  const output = (stream: 'stdout' | 'stderr'): Output => ({
    write: (text) => {
      result[stream] += text;
    },
    isTTY,
    columns: 100,
  });
  const ask = async (question: string) => {
    atPrompt(given, table);
    const answer = answers.shift();
    assert.ok(answer !== undefined, `nobody answers "${question}"`);
    result.stderr += `${question}${answer}\n`;
    return answer;
  };
  const context: Context = {
    env: { ...env, ...more },
    cwd,
    stdout: output('stdout'),
    stderr: output('stderr'),
    stdinIsTTY: isTTY,
    readStdin: async () => given.get('stdin') ?? '',
    ask,
    now: () => clock.now(),
    sleep: (milliseconds) => clock.sleep(milliseconds),
    bootTime: () => clock.bootTime(),
    // Nobody is left behind: a scenario that wants somebody to wait runs it by its name.
    hostname: 'lb-a',
    commandLine: null,
    uid: 0,
    home: env.HOME ?? cwd,
    end: () => assert.fail('ended at once'),
    exit: (code) => {
      result.status = code;
    },
  };
  return { context, result };
}

/** `at prompt: ipvsadm -D -t 192.0.2.1:80` under `rival`: what somebody else does while a question is open. */
function atPrompt(given: Sections, table: World['table']): void {
  const lines = linesOf(given, 'rival').flatMap((line) => /^at prompt: ipvsadm (.*)$/.exec(line)?.[1] ?? []);
  for (const words of lines) table.run(words);
}
