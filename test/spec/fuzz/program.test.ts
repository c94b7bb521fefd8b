import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import { type TestContext, test } from 'node:test';
import { temporaryDirectory } from '../../host/temporary-directory.ts';
import { HOSTILE_TEXTS, LARGE_SPECS } from './hostile-texts.ts';

// The whole program on the worst texts, and on the largest specs that are read.

const BIN = join(import.meta.dirname, '../../../bin/lvsctl.js');
const SMALL = 'version: 1\nservices: { web: { fwmark: 1, forwarding: nat, check: none, servers: { a: 10.0.0.1 } } }\n';

/**
 * How many times the CPU of a small spec a text may take. The start of the program from its sources is most of a small one:
 * some 0.45 s where nothing else runs, and half of that from the package. With 1.8 s for the text itself, no hostile one
 * takes the package more than 2 s; to read the YAML of 100,000 real servers does.
 */
const TIMES = { hostile: 5, large: 9 };
const MEGABYTES = 500;
/** Prints what the process took, where nothing else is written. */
const TELL_USAGE = `data:text/javascript,import { writeSync } from 'node:fs'; process.on('exit', () => writeSync(3, JSON.stringify(process.resourceUsage())));`;

for (const [kind, texts] of [
  ['hostile', HOSTILE_TEXTS],
  ['large', LARGE_SPECS],
] as const)
  for (const [what, text] of texts)
    test(`lint ends in an orderly way, soon, and below ${MEGABYTES} MB with ${what}`, async (t) => {
      const { status, stderr, megabytes, times } = await fewestTimes(t, text, TIMES[kind]);
      assert.ok(status === 3 || status === 0, `exit ${status}: ${stderr}`);
      assert.doesNotMatch(stderr, /bug|\n\s+at /);
      assert.ok(times < TIMES[kind], `${times} times the CPU of a small spec`);
      assert.ok(megabytes < MEGABYTES, `${megabytes} MB`);
    });

/** Compared with a small spec at the same time; once more where it took too long, since the machine may have been busy with one of them. */
async function fewestTimes(t: TestContext, text: string, most: number) {
  const directory = temporaryDirectory(t);
  const [file, small] = ['spec.lvs.yaml', 'small.lvs.yaml'].map((name) => join(directory, name)) as [string, string];
  writeFileSync(file, text);
  writeFileSync(small, SMALL);
  const measure = async () => {
    const [usual, seen] = [await lint(small), await lint(file)];
    const times = seen.seconds / usual.seconds;
    t.diagnostic(`${seen.seconds.toFixed(1)} s of CPU, ${times.toFixed(1)} times a small spec, ${seen.megabytes} MB`);
    return { ...seen, times };
  };
  const first = await measure();
  return first.times < most ? first : await measure();
}

async function lint(
  file: string,
): Promise<{ status: number | null; stderr: string; seconds: number; megabytes: number }> {
  const child = spawn(process.execPath, ['--import', TELL_USAGE, BIN, 'lint', '--format', 'plain', file], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  });
  const [stderr, told, [status]] = await Promise.all([
    textOf(child.stdio[2] as NodeJS.ReadableStream),
    textOf(child.stdio[3] as NodeJS.ReadableStream),
    once(child, 'exit') as Promise<[number | null]>,
  ]);
  const usage: NodeJS.ResourceUsage = JSON.parse(told);
  const seconds = (usage.userCPUTime + usage.systemCPUTime) / 1e6;
  return { status, stderr, seconds, megabytes: Math.round(usage.maxRSS / 1024) };
}
