import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { ask } from '../../../src/host/probes/ask.ts';
import { temporaryDirectory } from '../temporary-directory.ts';
import { askHere, eventually, leavingNothing, questionOf, SURROUNDINGS } from './asking.ts';
import { assertDown } from './letdowns.ts';

// Not keepalived_script, which some hosts have.
const PROBE = { kind: 'script', user: userInfo().username, dynamic: false } as const;

function sh(script: string): string {
  return `/bin/sh -c '${script}'`;
}

const ENDS = [
  { command: '/bin/true', detail: 'exit code 0', ok: true },
  { command: '/bin/false', detail: 'exit code 1', ok: false },
  { command: sh('echo fine; echo more'), detail: 'exit code 0: fine', ok: true },
  { command: sh('echo broken >&2; exit 3'), detail: 'exit code 3: broken', ok: false },
  { command: sh('exit 12'), detail: 'exit code 12', ok: false },
  { command: sh('kill -SEGV $$'), detail: 'killed by SIGSEGV', ok: false },
  { command: sh('printf "\\033[31mred\\007"'), detail: 'exit code 0: ?[31mred?', ok: true },
  { command: sh('yes | head -c 10000000'), detail: 'exit code 0: y', ok: true },
  { command: sh('cat'), detail: 'exit code 0', ok: true },
  { command: sh('sleep 5 & echo started'), detail: 'exit code 0: started', ok: true },
  { command: `/usr/bin/test 'a  b' = "a  b"`, detail: 'exit code 0', ok: true },
  { command: '/bin/echo a > b | c; $HOME', detail: 'exit code 0: a > b | c; $HOME', ok: true },
];

for (const { command, detail, ok } of ENDS)
  test(`${command} is ${ok ? 'well' : 'down'}`, async () => {
    const answer = await askHere({ ...PROBE, command });
    assert.deepEqual(answer, ok ? { ok, detail, weight: null } : { ok, detail });
  });

const WEIGHTS = [
  { code: 0, ok: true, weight: null },
  { code: 1, ok: false },
  { code: 2, ok: true, weight: { kind: 'set', weight: 0 } },
  { code: 12, ok: true, weight: { kind: 'set', weight: 10 } },
  { code: 255, ok: true, weight: { kind: 'set', weight: 253 } },
] as const;

for (const { code, ...wanted } of WEIGHTS)
  test(`with dynamic, exit code ${code} means ${JSON.stringify(wanted)}`, async () => {
    const answer = await askHere({ ...PROBE, dynamic: true, command: sh(`exit ${code}`) });
    assert.deepEqual(answer, { detail: `exit code ${code}`, ...wanted });
  });

test('the environment is what is documented, and nothing else', async (t) => {
  const file = join(temporaryDirectory(t), 'env');
  const command = sh(`env >${file}`);
  const env = { PATH: process.env.PATH, HOME: userInfo().homedir, SECRET: 'no' };
  assert.equal((await askHere({ ...PROBE, command }, { port: 8080, surroundings: { env } })).ok, true);
  const own = variablesIn(file);
  for (const ofShell of ['PWD', 'SHLVL', '_', 'OLDPWD']) delete own[ofShell];
  assert.deepEqual(own, {
    PATH: process.env.PATH,
    HOME: userInfo().homedir,
    LANG: 'C',
    LC_ALL: 'C',
    LVSCTL_SERVICE: 'web',
    LVSCTL_SERVER: 'web-1',
    LVSCTL_VIP: '203.0.113.10',
    LVSCTL_VPORT: '80',
    LVSCTL_ADDRESS: '127.0.0.1',
    LVSCTL_PORT: '8080',
    LVSCTL_WEIGHT: '5',
  });
});

test('a service by fwmark has no address to tell of', async (t) => {
  const file = join(temporaryDirectory(t), 'env');
  const question = questionOf({ ...PROBE, command: sh(`env >${file}`) }, { port: 0 });
  await ask({ ...question, service: { kind: 'fwmark', family: 'ipv4', mark: 7 } }, SURROUNDINGS);
  const { LVSCTL_VIP, LVSCTL_VPORT, LVSCTL_SERVICE, LVSCTL_PORT } = variablesIn(file);
  assert.deepEqual([LVSCTL_VIP, LVSCTL_VPORT, LVSCTL_SERVICE, LVSCTL_PORT], [undefined, undefined, 'web', '0']);
});

function variablesIn(file: string): Record<string, string | undefined> {
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  return Object.fromEntries(lines.map((line) => [line.replace(/=.*/, ''), line.replace(/.*?=/, '')]));
}

const STUBBORN = [
  { what: 'that sleeps', script: 'sleep 60' },
  { what: 'that heeds no SIGTERM', script: 'trap "" TERM; while :; do sleep 60; done' },
  { what: 'that ends well when it is told to', script: 'trap "exit 0" TERM; sleep 60 & wait' },
  { what: 'whose children heed no SIGTERM', script: '(trap "" TERM; sleep 60; sleep 60) & wait' },
];

for (const { what, script } of STUBBORN)
  test(`a script ${what} is down when its time is up, and leaves no process`, async (t) => {
    const file = join(temporaryDirectory(t), 'pid');
    const command = sh(`echo $$ >${file}; ${script}`);
    assertDown(await askHere({ ...PROBE, command }, { timeoutSeconds: 0.5 }), /^no answer in 500ms$/);
    const group = Number(readFileSync(file, 'utf8'));
    await eventually('all of it is gone', () => runningIn(group) === 0);
  });

/** Processes of a group that still run; nobody may be there to wait for those that have ended. */
function runningIn(group: number): number {
  const states = readdirSync('/proc').flatMap((entry) => {
    if (!/^\d+$/.test(entry)) return [];
    const [state, , theirs] = statOf(entry)
      .replace(/^.*\) /s, '')
      .split(' ');
    return Number(theirs) === group && state !== 'Z' ? [state] : [];
  });
  return states.length;
}

function statOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return '';
  }
}

test('scripts that nobody waits for any more end at once, and leave nothing open', async (t) => {
  const folder = temporaryDirectory(t);
  await leavingNothing(async () => {
    const stop = new AbortController();
    const asked = Array.from({ length: 20 }, (_, index) =>
      askHere(
        { ...PROBE, command: sh(`touch ${folder}/${index}; sleep 60`) },
        { surroundings: { signal: stop.signal } },
      ),
    );
    await eventually('they run', () => readdirSync(folder).length === 20);
    stop.abort();
    for (const answer of await Promise.all(asked)) assertDown(answer, /^nobody waits/);
  });
});

const NOT_RUN = [
  { command: '/nowhere/check', message: /^Cannot run \/nowhere\/check: it, or its interpreter, is not there$/ },
  { command: '/etc/passwd', message: /^Cannot run \/etc\/passwd: permission denied$/ },
  { command: '/bin/true', user: 'nobody-by-that-name', message: /^There is no user nobody-by-that-name/ },
  { command: '/bin/true', user: 'root nobody-by-that-name', message: /^There is no group nobody-by-that-name/ },
];

for (const { message, ...asked } of NOT_RUN)
  test(`that ${JSON.stringify(asked)} cannot be run says nothing of the server`, async () => {
    await assert.rejects(askHere({ ...PROBE, ...asked }), { name: 'OperationError', message });
  });
