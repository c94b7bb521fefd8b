import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { askHere } from './asking.ts';

test('a fault of our own is no answer', async () => {
  const trackFilePath = () => {
    throw new TypeError('a fault');
  };
  const probe = { kind: 'file', trackFile: 'load', weight: 1, reverse: false } as const;
  await assert.rejects(askHere(probe, { surroundings: { trackFilePath } }), { name: 'TypeError', message: 'a fault' });
});

const OUT_OF_FILES = `
  import { openSync } from 'node:fs';
  import { askHere } from ${JSON.stringify(join(import.meta.dirname, 'asking.ts'))};
  const probes = [
    { kind: 'tcp' }, { kind: 'redis' }, { kind: 'udp', payload: null, reply: null }, { kind: 'ping' },
    { kind: 'script', command: '/bin/true', user: null, dynamic: false },
    { kind: 'file', trackFile: '/etc/hosts', weight: 1, reverse: false },
  ];
  const ask = (probe) => askHere(probe).then(({ detail }) => detail, ({ name, message }) => name + ': ' + message);
  // Whatever it takes to ask is loaded now.
  for (const probe of probes) await ask(probe);
  try {
    for (;;) openSync('/dev/null');
  } catch {}
  for (const probe of probes) console.log(await ask(probe));`;

test('a host that is out of file descriptors cannot ask, which says nothing of its servers', () => {
  const node = [process.execPath, '--input-type=module', '-e', OUT_OF_FILES];
  const output = execFileSync('sh', ['-c', 'ulimit -n 120; exec "$@"', 'sh', ...node], { encoding: 'utf8' });
  assert.deepEqual(output.trim().split('\n'), [
    'OperationError: This host cannot ask: too many open files',
    'OperationError: This host cannot ask: too many open files',
    'OperationError: This host cannot ask: too many open files',
    'OperationError: ping cannot be run: spawn ping EMFILE',
    'OperationError: Cannot run /bin/true: spawn /bin/true EMFILE',
    'OperationError: Cannot read /etc/hosts: too many open files',
  ]);
});
