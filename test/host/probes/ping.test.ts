import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryDirectory } from '../temporary-directory.ts';
import { askHere, leavingNothing } from './asking.ts';
import { askElsewhere } from './elsewhere.ts';
import { assertDown } from './letdowns.ts';

const PROBE = { kind: 'ping' } as const;
const LO = 'ip link set lo up';

const ASKED = [
  { what: 'IPv4', setup: LO, address: '127.0.0.1', detail: /^time=[\d.]+ ms$/ },
  { what: 'IPv6', setup: LO, address: '::1', detail: /^time=[\d.]+ ms$/ },
  { what: 'from a source', setup: LO, address: '127.0.0.1', source: '127.0.0.9', detail: /^time=[\d.]+ ms$/ },
  { what: 'without a route', setup: 'true', address: '192.0.2.9', detail: /^network is unreachable$/ },
  {
    what: 'where a route says so',
    setup: `${LO}; ip route add unreachable 192.0.2.9`,
    address: '192.0.2.9',
    detail: /^no route to host$/,
  },
  {
    what: 'without a reply',
    setup: `${LO}; echo 1 >/proc/sys/net/ipv4/icmp_echo_ignore_all`,
    address: '127.0.0.1',
    timeoutSeconds: 0.5,
    detail: /^no answer in 500ms$/,
  },
] as const;

for (const program of ['iputils', 'busybox'])
  for (const { what, setup, detail, ...asking } of ASKED)
    test(`the ping of ${program} ${what} says how the address is`, (t) => {
      const folder = temporaryDirectory(t);
      if (program === 'busybox') symlinkSync(busybox(), join(folder, 'ping'));
      const answer = askElsewhere(`PATH=${folder}:$PATH; ${setup}`, PROBE, asking);
      assert.match(answer.detail, detail);
      assert.equal(answer.ok, answer.detail.startsWith('time='));
    });

function busybox(): string {
  return execFileSync('sh', ['-c', 'command -v busybox'], { encoding: 'utf8' }).trim();
}

test('a source that this host does not have says nothing of the address', async () => {
  await assert.rejects(askHere(PROBE, { source: '198.51.100.7' }), {
    name: 'OperationError',
    message: 'This host cannot ping: ping: bind: Cannot assign requested address',
  });
});

test('a host without ping says nothing of the address', async (t) => {
  const asking = { surroundings: { env: { PATH: temporaryDirectory(t) } } };
  await assert.rejects(askHere(PROBE, asking), { name: 'OperationError', message: 'ping is not installed' });
});

test('questions that are answered, or that nobody waits for any more, leave no process', async () => {
  const stop = new AbortController();
  await leavingNothing(async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => askHere(PROBE)));
    assert.ok(answers.every(({ ok }) => ok));
    const stopped = Array.from({ length: 20 }, () => askHere(PROBE, { surroundings: { signal: stop.signal } }));
    stop.abort();
    for (const answer of await Promise.all(stopped)) assertDown(answer, /^nobody waits/);
  });
});
