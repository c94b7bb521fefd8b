import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { VerbRun } from '../commands/run-verb.ts';
import { until } from '../lab/until.ts';
import { server, service, tcp } from '../plan/build.ts';
import { specText } from '../spec-text.ts';
import { FOREIGN_RULES } from './foreign-services.ts';
import { LOCAL, openConnection } from './open-connection.ts';
import { hear, looks, startWatch, stop } from './watch-process.ts';
import { type WrittenTable, writtenTable } from './written-table.ts';

const WEB = service(tcp('192.0.2.1'), [server('10.0.0.1'), server('10.0.0.2'), server('10.0.0.3')]);
const SPEC = specText([WEB]);
const RS2 = '-t 192.0.2.1:80 -r 10.0.0.2:80';
const QUIESCE = `-e ${RS2} -m -w 0 -x 0 -y 0`;
const RESTORE = `-e ${RS2} -m -w 1 -x 0 -y 0`;

const isQuiescent = (table: WrittenTable) => table.listing().includes(`-a ${RS2} -m -w 0`);
const isBack = (table: WrittenTable) => table.listing().includes(`-a ${RS2} -m -w 1`);

function done({ exitCode, stdout, stderr }: VerbRun): void {
  assert.equal(exitCode, 0, stdout + stderr);
}

test('a drain by hand, while watch enforces', async (t) => {
  const table = writtenTable(t);
  await table.apply(SPEC);
  const program = startWatch(t, table, '--mode', 'enforce');
  await hear(program, { event: 'reconcile', result: 'noop' });
  table.written();

  await t.test('ipvsman-override-tick: is one edit, and no tick takes it back', async () => {
    done(await table.lvsctl('drain', 'service-1/rs-2', '--reason', 'CHG-1182'));
    await looks(program, 3);
    assert.deepEqual(table.written(), [QUIESCE]);
    assert.ok(isQuiescent(table));
  });

  await t.test('is put right where somebody raises the weight past lvsctl', async () => {
    table.ipvsadm('-e', '-t', '192.0.2.1:80', '-r', '10.0.0.2:80', '-m', '-w', '1');
    await until(() => isQuiescent(table), { describe: () => program.output.stdout });
    table.written();
  });

  await t.test('rancher-8627: outlives SIGHUP and a new spec', async () => {
    program.child.kill('SIGHUP');
    await hear(program, { event: 'reconcile', trigger: 'sighup' });
    table.write(specText([{ ...WEB, scheduler: 'rr' }]));
    await until(() => table.listing().includes('-A -t 192.0.2.1:80 -s rr'), { describe: () => program.output.stdout });
    assert.ok(isQuiescent(table));
    assert.ok(!table.written().some((rule) => rule.includes('10.0.0.2')));
  });

  await t.test('outlives kill -9 and the table itself', async () => {
    await program.kill();
    table.ipvsadm('-C');
    table.restore(FOREIGN_RULES);
    table.written();
    const again = startWatch(t, table, '--mode', 'enforce');
    await until(() => isQuiescent(table), { describe: () => again.output.stdout });
    assert.ok(table.listing().includes('-a -t 192.0.2.1:80 -r 10.0.0.1:80 -m -w 1'));
    assert.ok(table.written().every((rule) => !rule.includes('10.0.0.2') || rule.startsWith(`-a ${RS2} -m -w 0`)));
    await looks(again, 1);
    done(await table.lvsctl('undrain', 'service-1/rs-2'));
    assert.deepEqual(table.written(), [RESTORE]);
    await looks(again, 2);
    assert.ok(isBack(table));
    assert.deepEqual(table.written(), []);
    await stop(again);
  });
});

test('a decision for some time ends by itself while watch enforces', async (t) => {
  const table = writtenTable(t);
  await table.apply(SPEC);
  const program = startWatch(t, table, '--mode', 'enforce', '--interval', '1h');
  await hear(program, { event: 'reconcile', result: 'noop' });
  table.written();
  done(await table.lvsctl('weight', 'service-1/rs-2', '0', '--ttl', '5s'));
  await until(() => isBack(table), { describe: () => program.output.stdout });
  await hear(program, { event: 'override', result: 'expired' });
  assert.deepEqual(table.written(), [QUIESCE, RESTORE]);
  await stop(program);
});

test('without a daemon a drain by hand is one edit, its connection lives, and no apply takes it back', async (t) => {
  const table = writtenTable(t);
  const open = await openConnection(t, table);
  const both = [open.port, open.other].map((port) => server('127.0.0.1', 3, { port }));
  await table.apply(specText([service(LOCAL, both)]));
  table.written();
  const about = `-e -t 192.0.2.77:80 -r 127.0.0.1:${open.port} -m -w`;
  const waited = await table.lvsctl('drain', 'service-1/rs-1', '--wait', '--timeout', '3s');
  assert.equal(waited.exitCode, 5, waited.stdout + waited.stderr);
  assert.match(waited.stderr, /1 active connection left after 3s; the weight stays 0/);
  await table.apply(specText([service(LOCAL, both)]));
  assert.deepEqual(table.written(), [`${about} 0 -x 0 -y 0`]);
  await open.ask();
  done(await table.lvsctl('undrain', 'service-1/rs-1'));
  assert.deepEqual(table.written(), [`${about} 3 -x 0 -y 0`]);
  await open.ask();
});

test('without a daemon what is disabled waits for its connection, leaves, and comes back as the spec has it', async (t) => {
  const table = writtenTable(t);
  const open = await openConnection(t, table);
  const both = [open.port, open.other].map((port) => server('127.0.0.1', 3, { port }));
  await table.apply(specText([service(LOCAL, both)]));
  table.written();
  const about = `-t 192.0.2.77:80 -r 127.0.0.1:${open.port}`;
  const disabling = table.lvsctl('disable', 'service-1/rs-1');
  await until(() => table.listing().includes(`-a ${about} -m -w 0`));
  await open.ask();
  open.close();
  done(await disabling);
  assert.deepEqual(table.written(), [`-e ${about} -m -w 0 -x 0 -y 0`, `-d ${about}`]);
  done(await table.lvsctl('enable', 'service-1/rs-1'));
  assert.deepEqual(table.written(), [`-a ${about} -m -w 3 -x 0 -y 0`]);
});
