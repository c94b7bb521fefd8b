import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { test, type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Armed } from '../../src/model/trial.ts';
import { until } from '../lab/until.ts';
import { server, service, tcp } from '../plan/build.ts';
import { specText } from '../spec-text.ts';
import { holders, killHolders } from './holders.ts';
import { bundledProgram, startProgram } from './program.ts';
import { count, hear, looks, startWatch, stop } from './watch-process.ts';
import { type WrittenTable, writtenTable } from './written-table.ts';

const WEB = service(tcp('192.0.2.1'), [server('10.0.0.1'), server('10.0.0.2')]);
const API = service(tcp('192.0.2.2'), [server('10.0.1.1', 2)], { scheduler: 'wrr' });
const GOOD = specText([WEB]);
const TRIED = specText([{ ...WEB, scheduler: 'rr', servers: [...WEB.servers, server('10.0.0.3', 5)] }, API]);
const NEXT = specText([WEB, { ...API, scheduler: 'wlc' }]);
const SECONDS = 12;

/** A host whose good spec holds, with a spec to be tried on its disk. */
async function site(t: TestContext, env: Readonly<Record<string, string>> = {}) {
  const table = writtenTable(t, env);
  await table.apply(GOOD);
  const good = table.listing();
  table.write(TRIED);
  t.after(() => killHolders(table));
  return { table, good };
}

function armed({ directory }: WrittenTable): Armed {
  return JSON.parse(readFileSync(`${directory}/state/armed.json`, 'utf8')) as Armed;
}

const TRIAL = ['apply', '--auto-approve', '--confirm-timeout', `${SECONDS}s`];

/** An apply on trial, as a process; it ends well, and its holder stays. */
async function tryOut(t: TestContext, table: WrittenTable): Promise<readonly string[]> {
  const program = startProgram(t, table, TRIAL);
  assert.deepEqual(await program.ended, { code: 0, signal: null }, program.output.stderr);
  assert.match(program.output.stderr, /Not final yet: run `lvsctl confirm` before \d\d:\d\d:\d\dZ, or snapshot \S+ is/);
  assert.equal(holders(table).length, 1);
  return table.listing();
}

function isBack(table: WrittenTable, good: readonly string[]): Promise<void> {
  const isSo = () => JSON.stringify(table.listing()) === JSON.stringify(good);
  const log = () => readFileSync(`${table.directory}/state/unconfirmed.log`, 'utf8');
  return until(isSo, { describe: () => `${table.listing().join('\n')}\n${log()}` });
}

test('an apply on trial is taken back when its terminal is gone and its time is over, and not before', async (t) => {
  const { table, good } = await site(t);
  // As a shell of a session that ends: all of its process group gets the hangup, and the kill.
  const line = `"$0" "$1" ${TRIAL.join(' ')}; sleep 600`;
  const shell = spawn('sh', ['-c', line, process.execPath, bundledProgram()], {
    ...{ cwd: table.directory, env: table.env, detached: true, stdio: ['ignore', 'ignore', 'pipe'] },
  });
  let said = '';
  shell.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  await until(() => said.includes('Not final yet'), { describe: () => said });
  const [begun, tried] = [Date.now(), table.listing()];
  for (const signal of ['SIGHUP', 'SIGKILL'] as const) process.kill(-(shell.pid ?? 0), signal);
  await sleep((SECONDS - 4) * 1000);
  assert.deepEqual([table.listing(), holders(table).length], [tried, 1], 'it waits for its time');
  await isBack(table, good);
  const took = (Date.now() - begun) / 1000;
  assert.ok(took > SECONDS - 2, `taken back after ${took} s`);
  await until(() => holders(table).length === 0);
  assert.ok(table.state().rejectedSpec !== null);
  const refused = await table.lvsctl('apply', '--auto-approve');
  assert.equal(refused.exitCode, 4);
  assert.match(refused.stdout, /guard rejected-spec/);
});

test('an apply on trial that somebody confirms stays, and nobody waits any more', async (t) => {
  const { table } = await site(t);
  const tried = await tryOut(t, table);
  const confirmed = await table.lvsctl('confirm');
  assert.equal(confirmed.exitCode, 0, confirmed.stderr);
  await until(() => holders(table).length === 0);
  await sleep(SECONDS * 1000);
  assert.deepEqual(table.listing(), tried);
  const { stdout } = await table.lvsctl('history');
  assert.match(stdout, /confirm .*\n.* apply /);
});

test('an apply that is killed before its end is taken back too', async (t) => {
  const { table, good } = await site(t, { IPVSADM_SLOW: '2' });
  const program = startProgram(t, table, TRIAL);
  await until(() => table.isWriting() && existsSync(`${table.directory}/state/armed.json`), {
    describe: () => program.output.stderr,
  });
  await program.kill();
  await until(() => holders(table).length === 0, { describe: () => table.listing().join('\n') });
  assert.deepEqual(table.listing(), good);
});

test('where the holder was killed, the next lvsctl that changes anything takes back first', async (t) => {
  const { table, good } = await site(t);
  const tried = await tryOut(t, table);
  await killHolders(table);
  await sleep(SECONDS * 1000);
  assert.deepEqual(table.listing(), tried);
  assert.match((await table.lvsctl('status')).stderr, /^Overdue: /m);
  const next = await table.lvsctl('apply', '--auto-approve');
  assert.match(next.stderr, /Nobody confirmed the apply of .* in time: going back to snapshot/);
  assert.equal(next.exitCode, 4, 'and the spec that was taken back is refused');
  await table.apply(GOOD);
  assert.deepEqual(table.listing(), good);
});

test('a watch takes back what nobody confirmed, keeps the former spec true, and takes the next one', async (t) => {
  const { table, good } = await site(t);
  await tryOut(t, table);
  await killHolders(table);
  const program = startWatch(t, table, '--mode', 'enforce');
  await hear(program, { event: 'reconcile', result: 'noop' });
  await isBackByWatch(table, good);
  await hear(program, { event: 'refused', guard: 'rejected-spec' });
  table.ipvsadm('-d', '-t', '192.0.2.1:80', '-r', '10.0.0.2:80');
  await isBackByWatch(table, good);
  assert.equal(count(program, { event: 'refused', guard: 'rejected-spec' }), 1, 'said once');
  await stop(program);

  const again = startWatch(t, table, '--mode', 'enforce');
  await hear(again, { event: 'refused', guard: 'rejected-spec' });
  await looks(again, 2);
  assert.deepEqual(table.listing(), good, 'the next watch knows it too');
  table.write(NEXT);
  await until(() => table.listing().some((line) => line === '-A -t 192.0.2.2:80 -s wlc'));
  await stop(again);
});

function isBackByWatch(table: WrittenTable, good: readonly string[]): Promise<void> {
  const isSo = () => JSON.stringify(table.listing()) === JSON.stringify(good);
  return until(isSo, { describe: () => table.listing().join('\n') });
}

test('kill -9 of a watch that is about to take back: the next one does it', async (t) => {
  const { table, good } = await site(t);
  await tryOut(t, table);
  await killHolders(table);
  const program = startWatch(t, table, '--mode', 'enforce');
  await hear(program, { event: 'unconfirmed' });
  await program.kill();
  const next = startWatch(t, table, '--mode', 'enforce');
  await isBackByWatch(table, good);
  assert.equal((await table.lvsctl('confirm')).exitCode, 4);
  await stop(next);
});

test('after a reboot the former state comes back at once, whatever time is left', async (t) => {
  const { table, good } = await site(t);
  await tryOut(t, table);
  await killHolders(table);
  const trial = armed(table);
  writeFileSync(
    `${table.directory}/state/armed.json`,
    JSON.stringify({ version: 1, ...trial, seconds: 3600, since: { ...trial.since, boot: 'another' } }),
  );
  table.ipvsadm('-D', '-t', '192.0.2.2:80');
  const program = startWatch(t, table, '--mode', 'enforce');
  await isBackByWatch(table, good);
  const late = await table.lvsctl('confirm');
  assert.equal(late.exitCode, 4);
  assert.match(late.stderr, /since nobody confirmed the apply of .* before the host was rebooted/);
  await stop(program);
});
