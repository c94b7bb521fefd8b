import assert from 'node:assert/strict';
import { run } from '../../src/main.ts';
import { scenarioContext } from './scenario-context.ts';
import type { World } from './world.ts';

/** One line of a scenario's `command`: `lvsctl plan -f spec.lvs.yaml`, `ipvsadm -D -t 192.0.2.1:80`, `sleep 30`. */
export interface CommandLine {
  readonly text: string;
  readonly program: (typeof PROGRAMS)[number];
  readonly args: readonly string[];
  /** `NAME=value` in front of it. */
  readonly env: Readonly<Record<string, string>>;
}

export interface CommandResult {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

interface Surroundings {
  readonly given: ReadonlyMap<string, string>;
  readonly world: World;
  /** `{digest}` in a command is the checksum that was printed last. */
  readonly seen: { digest: string };
}

const PROGRAMS = ['lvsctl', 'ipvsadm', 'sleep', 'reboot'] as const;

export function commandsOf(lines: readonly string[]): CommandLine[] {
  return lines.map((text) => {
    const words = [...text.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '');
    const start = words.findIndex((word) => !/^[A-Z_]+=/.test(word));
    const program = PROGRAMS.find((name) => name === words[start]);
    assert.ok(program, `"${text}" runs none of ${PROGRAMS.join(', ')}`);
    const pairs = words.slice(0, start).map((word) => [word.slice(0, word.indexOf('=')), word.replace(/^[^=]*=/, '')]);
    return { text, program, args: words.slice(start + 1), env: Object.fromEntries(pairs) as Record<string, string> };
  });
}

const NOTHING: CommandResult = { status: 0, stdout: '', stderr: '' };

export async function runCommand(command: CommandLine, { given, world, seen }: Surroundings): Promise<CommandResult> {
  const args = command.args.map((word) => word.replaceAll('{digest}', seen.digest).replaceAll('{cwd}', world.cwd));
  if (command.program === 'ipvsadm') world.table.run(args.join(' '));
  if (command.program === 'sleep') await world.clock.sleep(Number(args[0]) * 1000);
  if (command.program === 'reboot') reboot(world);
  if (command.program !== 'lvsctl') return NOTHING;
  const env = Object.fromEntries(
    Object.entries(command.env).map(([name, value]) => [name, value.replaceAll('{cwd}', world.cwd)]),
  );
  const result = await runLvsctl(args, { given, world, env });
  seen.digest = /sha256:[0-9a-f]{64}/.exec(result.stdout)?.[0] ?? seen.digest;
  return result;
}

/** The kernel forgets its table, and the disk nothing. */
function reboot({ table, clock }: World): void {
  table.run('-C');
  clock.reboot();
}

async function runLvsctl(
  args: readonly string[],
  { given, world, env }: Pick<Surroundings, 'given' | 'world'> & { env: CommandLine['env'] },
): Promise<CommandResult> {
  const { context, result } = scenarioContext(given, world, env);
  await run(args, context);
  assert.doesNotMatch(result.stderr, /This is a bug in lvsctl/);
  assert.notEqual(result.status, null, 'lvsctl set no exit code');
  return { ...result, status: result.status ?? 0 };
}
