import assert from 'node:assert/strict';
import { readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { EXIT } from '../../src/errors.ts';
import { succeeded, type WatchedHost, watchedHost } from './watched-host.ts';

const SPEC = `version: 1
services:
  web:
    vip: 203.0.113.10
    port: 80
    scheduler: rr
    forwarding: nat
    check: none
    servers: { web-1: 10.0.0.1, web-2: 10.0.0.2, web-3: 10.0.0.3 }
`;
const WITHOUT_3 = SPEC.replace(', web-3: 10.0.0.3', '');

type Json = Record<string, unknown>;

/** As a newer lvsctl would: it knows more of one override. */
function renew({ directory }: WatchedHost): string {
  const path = join(directory, 'state/overrides.json');
  const document = JSON.parse(readFileSync(path, 'utf8')) as { overrides: Json[] };
  const overrides = document.overrides.map((override) => ({ ...override, mirror: 'web-3' }));
  const text = JSON.stringify({ ...document, overrides });
  writeFileSync(path, text);
  return text;
}

function files({ directory }: WatchedHost): Json {
  const state = join(directory, 'state');
  const names = readdirSync(state).filter((name) => /json/.test(name));
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(state, name), 'utf8')]));
}

const VERBS = [
  ...['apply --auto-approve', 'plan', 'status', 'rollback --auto-approve'],
  ...[
    'drain web/web-1',
    'undrain web/web-2',
    'weight web/web-1 3',
    'disable web/web-1',
    'enable web/web-2',
    'overrides',
  ],
];

test('what a newer lvsctl decided is not gone past by any verb: each ends with 1 and says the way out', async (t) => {
  const host = await watchedHost(t, SPEC);
  succeeded(await host.lvsctl('apply --auto-approve'));
  succeeded(await host.lvsctl('drain web/web-2'));
  renew(host);
  host.write(WITHOUT_3);
  const [table, before] = [host.table.save(), files(host)];
  for (const verb of VERBS) {
    const { exitCode, stderr } = await host.lvsctl(verb);
    assert.equal(exitCode, EXIT.failed, `${verb}: ${stderr}`);
    assert.match(
      stderr,
      /A newer lvsctl wrote the overrides in .*"overrides\.0\.mirror"[\s\S]*Run that lvsctl again/,
      verb,
    );
  }
  assert.equal(host.table.save(), table);
  assert.deepEqual(files(host), before);
});

test('watch refuses to start over it, in either mode, and forgets nothing', async (t) => {
  const host = await watchedHost(t, SPEC);
  succeeded(await host.lvsctl('apply --auto-approve'));
  succeeded(await host.lvsctl('drain web/web-2'));
  renew(host);
  const [table, before] = [host.table.save(), files(host)];
  for (const mode of ['observe', 'enforce']) {
    const daemon = host.watch('--mode', mode);
    assert.equal(await daemon.ended, EXIT.failed);
    assert.match(daemon.output.stderr, /A newer lvsctl wrote the overrides in /);
  }
  assert.equal(host.table.save(), table);
  assert.deepEqual(files(host), before);
});

test('a watch that runs changes nothing while a newer lvsctl has the state, and goes on when it is its own again', async (t) => {
  const host = await watchedHost(t, SPEC);
  succeeded(await host.lvsctl('apply --auto-approve'));
  succeeded(await host.lvsctl('drain web/web-2'));
  const daemon = host.watch('--mode', 'enforce');
  await daemon.hear({ event: 'reconcile', result: 'noop' });
  const path = join(host.directory, 'state/overrides.json');
  const ours = readFileSync(path, 'utf8');
  const newer = renew(host);
  host.write(SPEC.replace('scheduler: rr', 'scheduler: wrr'));
  await daemon.hear({ event: 'reconcile', result: 'error' }, 2);
  assert.equal(host.weights(), '1 0 1');
  assert.match(host.table.save(), / -s rr/);
  assert.equal(readFileSync(path, 'utf8'), newer);
  writeFileSync(`${path}.new`, ours);
  renameSync(`${path}.new`, path);
  await daemon.hear({ event: 'reconcile', result: 'changed' });
  assert.equal(host.weights(), '1 0 1');
  assert.match(host.table.save(), / -s wrr/);
});
