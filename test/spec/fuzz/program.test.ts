import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import { test } from 'node:test';
import { temporaryDirectory } from '../../host/temporary-directory.ts';

// The whole program on the worst texts: those that a reader of YAML, or a look at every pair of things, would choke on.

const BIN = join(import.meta.dirname, '../../../bin/lvsctl.js');
const WEB = 'vip: 192.0.2.1, port: 80, forwarding: nat, check: none, servers: { a: 10.0.0.1 }';

const rows = (count: number, row: (index: number) => string) =>
  Array.from({ length: count }, (_, at) => row(at)).join('');

const TEXTS: readonly (readonly [what: string, text: string])[] = [
  [
    'an alias bomb',
    `a: &a [x, x, x, x, x, x, x, x, x]\n${[...'bcdefghi'].map((letter, at) => `${letter}: &${letter} [${Array(9).fill(`*${'abcdefghi'[at]}`).join(', ')}]\n`).join('')}`,
  ],
  ['an alias of what it stands in', 'version: 1\nservices: &all { web: &web { pool: *web, servers: *all } }\n'],
  [
    'merge keys of merge keys',
    `version: 1\nservices:\n${rows(10_000, (at) => `  s${at}: &s${at} { <<: *s${at - 1} }\n`)}`,
  ],
  ['50,000 brackets', '['.repeat(50_000)],
  ['2,000 levels of indentation', rows(2000, (depth) => `${' '.repeat(depth)}a:\n`)],
  ['a scalar of 1 MB', `version: 1\ncluster: ${'x'.repeat(1_000_000)}\n`],
  [
    '30,000 unknown keys of one service',
    `version: 1\nservices: { web: { ${WEB}, ${rows(30_000, (at) => `k${at}: 1, `)} } }\n`,
  ],
  ['20,000 times the same key', `version: 1\nservices:\n${`  web: { ${WEB} }\n`.repeat(20_000)}`],
  ['20,000 comments to lint', `version: 1\n${'# lvsctl-disable-next-line LVS202 -- x\n'.repeat(20_000)}`],
  ['a megabyte of closing brackets', `a: ${']'.repeat(1_000_000)}`],
  ['a megabyte of quotes', `a: ${'"a"'.repeat(330_000)}`],
  ['8 MiB that are no letters', `version: 1\ncluster: ${'\u001b\0'.repeat(4_000_000)}\n`],
  ['5,000 VIPs of one instance', `vrrp: { web: { virtual_router_id: 1, vips: [${'192.0.2.1/24, '.repeat(5000)}] } }\n`],
];

/** The worst take 2 s where nothing else runs, and up to twice that on cores that others use as well. */
const CPU_SECONDS = 8;
const MEGABYTES = 500;
/** Prints what the process took, where nothing else is written. */
const TELL_USAGE = `data:text/javascript,import { writeSync } from 'node:fs'; process.on('exit', () => writeSync(3, JSON.stringify(process.resourceUsage())));`;

for (const [what, text] of TEXTS)
  test(`lint ends in an orderly way, soon, and below ${MEGABYTES} MB with ${what}`, async (t) => {
    const directory = temporaryDirectory(t);
    const file = join(directory, 'spec.lvs.yaml');
    writeFileSync(file, text);
    const { status, stderr, usage } = await lint(file);
    assert.ok(status === 3 || status === 1, `exit ${status}: ${stderr}`);
    assert.doesNotMatch(stderr, /bug|\n\s+at /);
    const seconds = (usage.userCPUTime + usage.systemCPUTime) / 1e6;
    t.diagnostic(`${seconds.toFixed(1)} s of CPU, ${Math.round(usage.maxRSS / 1024)} MB`);
    assert.ok(seconds < CPU_SECONDS, `${seconds} s of CPU`);
    assert.ok(usage.maxRSS / 1024 < MEGABYTES, `${usage.maxRSS / 1024} MB`);
  });

async function lint(file: string): Promise<{ status: number | null; stderr: string; usage: NodeJS.ResourceUsage }> {
  const child = spawn(process.execPath, ['--import', TELL_USAGE, BIN, 'lint', '--format', 'plain', file], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  });
  const [stderr, usage, [status]] = await Promise.all([
    textOf(child.stdio[2] as NodeJS.ReadableStream),
    textOf(child.stdio[3] as NodeJS.ReadableStream),
    once(child, 'exit') as Promise<[number | null]>,
  ]);
  return { status, stderr, usage: JSON.parse(usage) };
}
