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

/**
 * How many times the CPU that the YAML library alone takes for a file of 1 MB, some 0.8 s. No hostile text takes more than
 * three times that, 2 s and a bit from the sources; to read the YAML of 100,000 real servers does.
 */
const TIMES = { hostile: 4, large: 6 };
/** Times it may take too long: the machine may have been busy with one of the two. */
const TRIES = 3;
const MEGABYTES = 500;
/** Prints what the process took, where nothing else is written. */
const TELL_USAGE = `data:text/javascript,import { writeSync } from 'node:fs'; process.on('exit', () => writeSync(3, JSON.stringify(process.resourceUsage())));`;

/** Reads YAML as long as a spec of 20,000 real servers, and does nothing with it. */
const YARDSTICK = `
import { parseDocument } from 'yaml';
const line = (at) => \`server-\${at}: { address: 10.0.\${at >> 8}.\${at & 255}, weight: \${at} }\\n\`;
parseDocument(Array.from({ length: 20000 }, (_, at) => line(at)).join(''), { uniqueKeys: false });
`;

let yardstick = 0;

for (const [kind, texts] of [
  ['hostile', HOSTILE_TEXTS],
  ['large', LARGE_SPECS],
] as const)
  for (const [what, text] of texts)
    test(`lint ends in an orderly way, soon, and below ${MEGABYTES} MB with ${what}`, async (t) => {
      const { status, stderr, megabytes, times } = await fewestTimes(t, text, TIMES[kind]);
      assert.ok(status === 3 || status === 0, `exit ${status}: ${stderr}`);
      assert.doesNotMatch(stderr, /bug|\n\s+at /);
      assert.ok(times < TIMES[kind], `${times} times 1 MB of YAML`);
      assert.ok(megabytes < MEGABYTES, `${megabytes} MB`);
    });

async function fewestTimes(t: TestContext, text: string, most: number): Promise<Usage & { times: number }> {
  const file = join(temporaryDirectory(t), 'spec.lvs.yaml');
  writeFileSync(file, text);
  for (let left = TRIES; ; left--) {
    if (yardstick === 0 || left < TRIES) yardstick = (await run(['--input-type=module', '-e', YARDSTICK])).seconds;
    const seen = await run([BIN, 'lint', '--format', 'plain', file]);
    const times = seen.seconds / yardstick;
    t.diagnostic(`${seen.seconds.toFixed(1)} s of CPU, ${times.toFixed(1)} times 1 MB of YAML, ${seen.megabytes} MB`);
    if (times < most || left === 1) return { ...seen, times };
  }
}

interface Usage {
  readonly status: number | null;
  readonly stderr: string;
  readonly seconds: number;
  readonly megabytes: number;
}

async function run(args: readonly string[]): Promise<Usage> {
  const child = spawn(process.execPath, ['--import', TELL_USAGE, ...args], {
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
