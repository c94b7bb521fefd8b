import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { acquireLock } from '../../src/host/lock.ts';
import { commandsOf, runCommand } from './commands.ts';
import { redact } from './redact.ts';
import { linesOf, makeWorld, type World } from './world.ts';

type Sections = ReadonlyMap<string, string>;

/** What a scenario wants, and a run gives; in this order at the end of its file. */
const OUTCOME = /^(status|stdout|stderr|table after|file after:.*)$/;

/** Runs a scenario's commands and returns its sections with what came of them. */
export async function play(given: Sections, own: Sections): Promise<Map<string, string>> {
  const world = await makeWorld(given);
  const before = world.table.save();
  scheduleRivals(given, world);
  const letGo = await holdLock(given, world);
  try {
    const outcome = await runAll(given, world);
    const after = world.table.save();
    if (after !== before) outcome.set('table after', after);
    for (const header of own.keys()) {
      if (header.startsWith('file after:')) outcome.set(header, fileAfter(world, header.slice('file after:'.length)));
    }
    return new Map([...[...own].filter(([header]) => !OUTCOME.test(header)), ...outcome]);
  } finally {
    await letGo();
    world.close();
  }
}

/** `after 20s: ipvsadm -D -t 192.0.2.1:80` under `rival`: what somebody else does while a command waits. */
function scheduleRivals(given: Sections, world: World): void {
  for (const line of linesOf(given, 'rival')) {
    const [, seconds, text = ''] = /^after (\d+)s: (.*)$/.exec(line) ?? [];
    if (seconds === undefined) continue;
    const [command] = commandsOf([text]);
    world.clock.at(Number(seconds), async () => {
      if (command !== undefined) await runCommand(command, { given, world, seen: { digest: '' } });
    });
  }
}

/** With several commands, each output stands below its command. */
async function runAll(given: Sections, world: World): Promise<Map<string, string>> {
  const commands = commandsOf(linesOf(given, 'command'));
  const results = [];
  const seen = { digest: '' };
  for (const command of commands) results.push({ command, ...(await runCommand(command, { given, world, seen })) });
  const runs = results.filter(({ command }) => command.program === 'lvsctl');
  const isOne = runs.length === 1;
  const collect = (stream: 'stdout' | 'stderr') =>
    runs
      .filter((run) => run[stream] !== '')
      .map((run) => (isOne ? '' : `$ ${run.command.text}\n`) + redact(run[stream], world))
      .join('');
  const outcome = new Map([['status', `${runs.map(({ status }) => status).join(' ')}\n`]]);
  for (const stream of ['stdout', 'stderr'] as const) if (collect(stream) !== '') outcome.set(stream, collect(stream));
  return outcome;
}

function fileAfter({ cwd }: World, name: string): string {
  const path = join(cwd, name);
  return existsSync(path) ? readFileSync(path, 'utf8') : '{absent}\n';
}

/** `watch`: another lvsctl with that verb writes the table now; `watch for 500ms`: and is done then, by the real clock. */
async function holdLock(given: Sections, { runtime }: World): Promise<() => Promise<void>> {
  const [, command, milliseconds] = /^(\w+)(?: for (\d+)ms)?$/.exec(given.get('lock')?.trim() ?? '') ?? [];
  if (command === undefined) return async () => {};
  const lock = await acquireLock({ runtimeDirectory: runtime, command, timeoutSeconds: 0 });
  if (milliseconds === undefined) return () => lock.release();
  const done = delay(Number(milliseconds)).then(() => lock.release());
  return () => done;
}
