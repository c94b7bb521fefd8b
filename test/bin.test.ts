import assert from 'node:assert/strict';
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { VERSION } from '../src/version.ts';
import { fakeIpvsadm } from './fixtures/fake-ipvsadm.ts';
import { temporaryDirectory } from './host/temporary-directory.ts';

// The program as people start it. What its verbs do is in test/scenarios, which run in one process.
const BIN = join(import.meta.dirname, '../bin/lvsctl.js');

const SPEC = `version: 1
services:
  web: { vip: 203.0.113.10, port: 80, scheduler: rr, forwarding: nat, check: none, servers: { web-1: 10.0.0.1 } }
`;

interface Start {
  readonly bin?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
}

/** Starts it in a directory with a good and a bad spec, over an empty table. */
function start(t: TestContext, args: readonly string[], { bin = BIN, env = {}, input = '' }: Start = {}) {
  const { directory, env: fake } = fakeIpvsadm(t);
  writeFileSync(join(directory, 'good.lvs.yaml'), SPEC);
  writeFileSync(join(directory, 'bad.lvs.yaml'), SPEC.replace('port: 80', 'port: web'));
  const place = { LVSCTL_STATE_DIR: join(directory, 'state'), LVSCTL_RUNTIME_DIR: join(directory, 'run') };
  const child = spawn(process.execPath, [bin, ...args], { cwd: directory, env: { ...fake, ...place, ...env } });
  t.after(() => child.kill('SIGKILL'));
  child.stdin.end(input);
  return child;
}

async function endOf(child: ChildProcessWithoutNullStreams) {
  const end = { status: null as number | null, signal: null as string | null, stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name].setEncoding('utf8').on('data', (text: string) => {
      end[name] += text;
    });
  const [status, signal] = (await once(child, 'close')) as [number | null, string | null];
  return { ...end, status, signal };
}

function lvsctl(t: TestContext, args: readonly string[], how: Start = {}) {
  return endOf(start(t, args, how));
}

const EXITS = [
  [['--version'], 0, 'the version'],
  [['--help'], 0, 'help'],
  [['lint', 'good.lvs.yaml'], 0, 'a clean spec'],
  [['plan', '-f', 'nowhere.lvs.yaml'], 1, 'a spec that is not there'],
  [['plan', '-f', 'good.lvs.yaml', '--detailed-exitcode'], 2, 'pending changes'],
  [['lint', 'bad.lvs.yaml'], 3, 'findings'],
  [['apply', '-f', 'good.lvs.yaml'], 4, 'nobody to approve'],
  [['plan', '--no-such-option'], 64, 'a wrong option'],
  [['no-such-verb'], 64, 'a wrong verb'],
] as const;

for (const [args, status, what] of EXITS) {
  test(`the process exits ${status} for ${what}`, async (t) => {
    assert.equal((await lvsctl(t, args)).status, status);
  });
}

test('data goes to standard output, and what is wrong to standard error', async (t) => {
  const good = await lvsctl(t, ['--version']);
  assert.deepEqual([good.stdout, good.stderr], [`${VERSION}\n`, '']);
  const wrong = await lvsctl(t, ['plan', '-f', 'bad.lvs.yaml']);
  assert.equal(wrong.stdout, '');
  assert.match(wrong.stderr, /^bad\.lvs\.yaml:3:/);
});

test('a spec may come through a pipe', async (t) => {
  const { status, stdout } = await lvsctl(t, ['plan', '-f', '-'], { input: SPEC });
  assert.equal(status, 0);
  assert.match(stdout, /\+ web /);
});

test('a reader that goes away is no error', async (t) => {
  const child = start(t, ['schema']);
  child.stdout.destroy();
  const { status, signal, stderr } = await endOf(child);
  assert.deepEqual({ status, signal, stderr }, { status: 0, signal: null, stderr: '' });
});

/** A module that Node loads before the program. */
function preload(t: TestContext, text: string): { NODE_OPTIONS: string } {
  const path = join(temporaryDirectory(t), 'preload.mjs');
  writeFileSync(path, text);
  return { NODE_OPTIONS: `--import ${path}` };
}

test('a bug of ours is called one, with the version and the stack to report', async (t) => {
  const broken = preload(t, "Map.groupBy = () => { throw new TypeError('broken on purpose'); };");
  const { status, stderr } = await lvsctl(t, ['plan', '-f', 'good.lvs.yaml'], { env: broken });
  assert.equal(status, 1);
  assert.ok(stderr.startsWith(`This is a bug in lvsctl ${VERSION}. Please report it with the lines below.\n`), stderr);
  assert.match(stderr, /TypeError: broken on purpose\n +at /);
});

// The first Node of a chain says that it is an old one.
const OLD_NODE = `if (!process.env.HANDED_OVER) {
  process.env.HANDED_OVER = 'yes';
  Object.defineProperty(process, 'version', { value: 'v20.19.2' });
  Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.19.2' } });
}`;

test("an old Node hands over to the checkout's own, exit code included", async (t) => {
  const { status, stdout } = await lvsctl(t, ['lint', 'bad.lvs.yaml'], { env: preload(t, OLD_NODE) });
  assert.equal(status, 3);
  assert.match(stdout, /^bad\.lvs\.yaml:3:.*invalid-value/m);
});

test('signals reach the program through that hand-over', async (t) => {
  const child = start(t, ['watch', '-f', 'good.lvs.yaml'], { env: preload(t, OLD_NODE) });
  child.stdout.once('data', () => setTimeout(() => child.kill('SIGTERM'), 300));
  const { status, stdout } = await endOf(child);
  assert.equal(status, 0);
  assert.match(stdout, /stopped by SIGTERM/);
});

test('an old Node without another says which one is needed, and how to get it', async (t) => {
  const directory = temporaryDirectory(t);
  mkdirSync(join(directory, 'bin'));
  cpSync(BIN, join(directory, 'bin/lvsctl.js'));
  writeFileSync(join(directory, 'package.json'), '{ "type": "module" }');
  const { status, stderr } = await lvsctl(t, ['--version'], {
    bin: join(directory, 'bin/lvsctl.js'),
    env: preload(t, OLD_NODE),
  });
  assert.equal(status, 1);
  assert.equal(
    stderr,
    'lvsctl needs Node.js 24 or later, and this is v20.19.2.\nIn a checkout, `npm ci` brings one; else install a newer nodejs.\n',
  );
});
