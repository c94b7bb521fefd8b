import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '../lab/until.ts';
import { server, service, tcp } from '../plan/build.ts';
import { specText } from '../spec-text.ts';
import { foreignLines } from './foreign-services.ts';
import { LOCAL, openConnection } from './open-connection.ts';
import type { Program } from './program.ts';
import { count, hear, looks, type Said, startWatch, stop } from './watch-process.ts';
import { type WrittenTable, writtenTable } from './written-table.ts';

const WEB = service(tcp('192.0.2.1'), [server('10.0.0.1'), server('10.0.0.2'), server('10.0.0.3')]);
const API = service(tcp('192.0.2.2'), [server('10.0.1.1', 2), server('10.0.1.2', 2)], { scheduler: 'wrr' });
const SPEC = specText([WEB, API]);

async function becomes(table: WrittenTable, listing: readonly string[], program: Program): Promise<void> {
  const isSo = () => JSON.stringify(table.listing()) === JSON.stringify(listing);
  await until(isSo, { describe: () => `${table.listing().join('\n')}\n${program.output.stdout}` });
}

const BY_HAND = {
  'a server that was deleted': ['-d', '-t', '192.0.2.1:80', '-r', '10.0.0.2:80'],
  'a weight that was changed': ['-e', '-t', '192.0.2.1:80', '-r', '10.0.0.1:80', '-m', '-w', '9'],
  'a scheduler that was changed': ['-E', '-t', '192.0.2.2:80', '-s', 'rr'],
  'keepalived-1877-drift: a service that was deleted': ['-D', '-t', '192.0.2.2:80'],
  'a server that was added': ['-a', '-t', '192.0.2.1:80', '-r', '10.0.0.77:80', '-m', '-w', '1'],
};

test('watch --mode observe reports what differs, each thing once, and changes nothing', async (t) => {
  const table = writtenTable(t);
  await table.apply(SPEC);
  table.written();
  const program = startWatch(t, table);
  await hear(program, { event: 'reconcile', result: 'noop' });
  table.ipvsadm(...BY_HAND['a server that was deleted']);
  const changed = table.listing();
  await hear(program, { event: 'drift', subject: 'service-1/rs-2' });
  await sleep(2500);
  assert.equal(count(program, { event: 'drift' }), 1);
  table.write(specText([WEB]));
  await hear(program, { event: 'drift', subject: 'service-2' });
  assert.deepEqual(table.listing(), changed);
  assert.deepEqual(table.written(), []);
  await stop(program);
  assert.deepEqual(table.listing(), changed);
});

test('watch --mode enforce', async (t) => {
  const table = writtenTable(t);
  table.write(specText([WEB]));
  const program = startWatch(t, table, '--mode', 'enforce');
  await hear(program, { event: 'reconcile', trigger: 'start', result: 'changed' });

  await t.test('applies a spec that was edited', async () => {
    assert.ok(table.listing().every((line) => line.includes('192.0.2.1:80')));
    table.write(SPEC);
    const last = '-a -t 192.0.2.2:80 -r 10.0.1.2:80 -m -w 2';
    await until(() => table.listing().includes(last), { describe: () => program.output.stdout });
    assert.ok(table.listing().includes('-A -t 192.0.2.2:80 -s wrr'));
  });

  const good = table.listing();
  await t.test('kuberouter-nochange-zero-writes: writes nothing while nothing changes', async () => {
    table.written();
    await looks(program, 3);
    assert.deepEqual(table.written(), []);
  });

  for (const [what, args] of Object.entries(BY_HAND))
    await t.test(`repairs ${what} by hand`, async () => {
      const before = table.state();
      table.ipvsadm(...args);
      await becomes(table, good, program);
      assert.deepEqual(table.state().owned, before.owned);
    });

  await t.test('leaves what somebody changes in foreign services as it is', async () => {
    table.ipvsadm('-e', '-t', '203.0.113.9:8443', '-r', '10.9.0.1:8443', '-m', '-w', '5');
    table.ipvsadm('-D', '-f', '77');
    const theirs = foreignLines(table.ipvsadm('-Sn'));
    table.written();
    await looks(program, 2);
    assert.equal(foreignLines(table.ipvsadm('-Sn')), theirs);
    assert.deepEqual(table.written(), []);
  });

  await t.test('removes a server without connections soon after it left, and not at once', async () => {
    table.written();
    table.write(specText([{ ...WEB, servers: WEB.servers.slice(1) }, API]));
    const about = '-t 192.0.2.1:80 -r 10.0.0.1:80';
    await until(() => !table.listing().some((line) => line.includes(about)));
    const rules = table.written();
    assert.deepEqual(rules, [`-e ${about} -m -w 0 -x 0 -y 0`, `-d ${about}`]);
    table.write(SPEC);
    await becomes(table, good, program);
  });

  await t.test('SIGHUP makes it look now', async () => {
    program.child.kill('SIGHUP');
    await hear(program, { event: 'reconcile', trigger: 'sighup' });
  });

  await t.test('gorb-stop-leaves-table: SIGTERM ends it with 0, and the table stays', async () => {
    table.written();
    await stop(program);
    assert.deepEqual(table.listing(), good);
    assert.deepEqual(table.written(), []);
    assert.equal(count(program, { event: 'stop' }), 1);
    assert.equal(count(program, { level: 'error', event: 'reconcile' }), 0);
  });
});

test('watch --mode enforce keeps the last good spec true, and says so once, in place of one', async (t) => {
  const table = writtenTable(t);
  await table.apply(SPEC);
  const good = table.listing();
  const program = startWatch(t, table, '--mode', 'enforce');
  await hear(program, { event: 'reconcile', result: 'noop' });
  const BAD: Record<string, { spoil: () => void; like: Partial<Said> }> = {
    'that is invalid': {
      spoil: () => table.write(SPEC.replaceAll('"weight"', '"wieght"')),
      like: { event: 'spec', result: 'invalid' },
    },
    'of 0 bytes': { spoil: () => table.write(''), like: { event: 'spec', result: 'invalid' } },
    'truncated-file-refused: that was cut off': {
      spoil: () => table.write(SPEC.slice(0, SPEC.length / 2)),
      like: { event: 'spec', result: 'invalid' },
    },
    'that was removed': { spoil: () => rmSync(table.spec), like: { event: 'spec', result: 'missing' } },
    'that a guard refuses': {
      spoil: () => table.write(specText([{ ...WEB, servers: [server('10.0.0.1')] }, API])),
      like: { event: 'refused', guard: 'max-remove' },
    },
  };
  for (const [what, { spoil, like }] of Object.entries(BAD))
    await t.test(`${what}`, async () => {
      const before = count(program, like);
      spoil();
      await hear(program, like, before + 1);
      table.ipvsadm(...BY_HAND['a scheduler that was changed']);
      await becomes(table, good, program);
      await looks(program, 2);
      assert.equal(count(program, like), before + 1);
      assert.deepEqual(table.listing(), good);
      const loads = count(program, { event: 'spec', result: 'loaded' });
      table.write(SPEC);
      await hear(program, { event: 'spec', result: 'loaded' }, loads + 1);
    });
  await stop(program);
});

test('kubeproxy-drain-cancel: while watch drains a server, its return costs one -e, and its connection lives', async (t) => {
  const table = writtenTable(t);
  const open = await openConnection(t, table);
  const [old, next] = [open.port, open.other].map((port) => server('127.0.0.1', 3, { port }));
  assert.ok(old && next);
  const program = startWatch(t, table, '--mode', 'enforce');
  await hear(program, { event: 'spec', result: 'loaded' });
  table.write(specText([service(LOCAL, [next])]));
  const about = `-t 192.0.2.77:80 -r 127.0.0.1:${open.port} -m -w`;
  await until(() => table.listing().includes(`-a ${about} 0`), { describe: () => program.output.stdout });
  await sleep(3000);
  assert.ok(table.listing().includes(`-a ${about} 0`), 'its connection is open, so it stays');
  table.written();
  table.write(specText([service(LOCAL, [old, next])]));
  await until(() => table.listing().includes(`-a ${about} 3`), { describe: () => program.output.stdout });
  await sleep(1500);
  assert.deepEqual(table.written(), [`-e ${about} 3 -x 0 -y 0`]);
  assert.deepEqual(table.state().drains, []);
  await open.ask();
  await stop(program);
});

test('a second SIGTERM ends watch at once, with 143, even within a batch', async (t) => {
  const table = writtenTable(t, { IPVSADM_SLOW: '6' });
  table.write(SPEC);
  const program = startWatch(t, table, '--mode', 'enforce');
  await until(() => table.isWriting(), { describe: () => program.output.stdout });
  program.child.kill('SIGTERM');
  await sleep(500);
  assert.equal(program.child.exitCode, null, 'the first one lets the batch end');
  program.child.kill('SIGTERM');
  assert.deepEqual(await program.ended, { code: 143, signal: null });
  const begun = table.listing();
  assert.ok(begun.length < 7, 'the batch was broken off');
  (table.env as Record<string, string>).IPVSADM_SLOW = '';
  await table.apply(SPEC, '--lock-timeout', '5s');
  assert.equal(table.listing().length, 7);
});

test('watch goes on working when nobody reads its log any more', async (t) => {
  const table = writtenTable(t);
  table.write(specText([WEB]));
  const program = startWatch(t, table, '--mode', 'enforce');
  await hear(program, { event: 'reconcile', result: 'changed' });
  program.child.stdout?.destroy();
  program.child.stderr?.destroy();
  table.write(SPEC);
  await until(() => table.listing().some((line) => line.includes('192.0.2.2:80')));
  await stop(program);
});

test('ipvsman-two-instances: two watchers and an apply on one table never write at the same time', async (t) => {
  const table = writtenTable(t, { IPVSADM_SLOW: '0.4' });
  table.write(SPEC);
  const enforce = ['--mode', 'enforce', '--lock-timeout', '30s'];
  // A second one is refused, unless it has a socket of its own.
  const other = { ...table, env: { ...table.env, LVSCTL_SOCKET: join(table.directory, 'other.sock') } };
  const programs = [table, other].map((host) => startWatch(t, host, ...enforce));
  const applied = table.lvsctl('apply', '--auto-approve', '--lock-timeout', '30s');
  for (const program of programs) await hear(program, { event: 'reconcile' });
  assert.equal((await applied).exitCode, 0);
  const good = table.listing();
  for (const args of Object.values(BY_HAND).slice(0, 4)) {
    table.ipvsadm(...args);
    const describe = () => table.listing().join('\n');
    await until(() => JSON.stringify(table.listing()) === JSON.stringify(good), { describe });
    // Not in the middle of a turn, where it would rightly be told as a race.
    await Promise.all(programs.map((program) => looks(program, 1)));
  }
  await Promise.all(programs.map(stop));
  // Fails by itself when two batches overlap.
  assert.ok(table.written().length > 0);
  for (const program of programs) assert.equal(count(program, { result: 'failed' }), 0, program.output.stdout);
});
