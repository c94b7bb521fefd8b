import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { test, type TestContext } from 'node:test';
import type { VerbRun } from '../commands/run-verb.ts';
import { EXIT } from '../../src/errors.ts';
import { VERSION } from '../../src/version.ts';
import { until } from '../lab/until.ts';
import { openConnection } from './open-connection.ts';
import { programOfVersion, type Program, startProgram } from './program.ts';
import { hear, stop } from './watch-process.ts';
import { type WrittenTable, writtenTable } from './written-table.ts';

const OTHER_VERSION = '0.0.9';
const WATCH = ['watch', '--mode', 'enforce', '--interval', '1s', '--log-level', 'debug'];
/** What the checks say whenever a watch has begun. */
const VERDICTS = ['slow/late up', 'slow/well up', 'degraded/well up', 'degraded/closed down', 'cut/closed down'];

test('another version takes over, and nothing moves: not what drains, was decided, has failed, or starts slowly', async (t) => {
  const table = writtenTable(t);
  const { port: leaving, other: well, close, ask } = await openConnection(t, table);
  const [late, closed, shut] = [await freePort(), await freePort(), await freePort()];
  const ports = { well, late, closed, shut };
  const other = programOfVersion(t, OTHER_VERSION);
  const rs = (port: number, weight: number) => `-r 127.0.0.1:${port} -m -w ${weight}`;

  table.write(spec(ports, `leaving: { address: 127.0.0.1, port: ${leaving} }, `));
  const first = startProgram(t, table, WATCH, other);
  for (const verdict of ['slow/late down', 'cut/closed down', 'cut/shut down']) await judged(first, verdict);
  done(await table.lvsctl('drain', 'hands/h1', '--reason', 'CHG-1182'));
  done(await table.lvsctl('weight', 'hands/h2', '50%', '--ttl', '1h'));
  table.write(spec(ports, ''));
  await listen(t, late);
  await until(() => [rs(leaving, 0), rs(late, 50)].every((part) => has(table, part)), {
    describe: () => `${table.listing().join('\n')}\n${first.output.stdout}`,
  });
  await look(table);
  const wanted = table.listing();
  const weights = wanted.filter((line) => line.startsWith('-a')).map((line) => Number(/ -w (\d+)/.exec(line)?.[1]));
  // What drains, and what was drained by hand; what was halved, and what starts slowly, twice; and the rest.
  assert.deepEqual(
    weights.sort((a, b) => a - b),
    [0, 0, 50, 50, 50, 100, 100, 100, 100],
  );
  const decided = await overrides(table);
  assert.equal(await daemonVersion(table), OTHER_VERSION);
  table.written();

  const holds = async (program: Program) => {
    for (const verdict of [...VERDICTS, 'cut/shut down']) await judged(program, verdict);
    await look(table);
    assert.deepEqual(table.listing(), wanted);
    assert.deepEqual(table.written(), []);
    assert.equal(await overrides(table), decided);
    await ask();
  };

  await t.test('this one from the other', async () => {
    await stop(first);
    assert.deepEqual(table.listing(), wanted);
    const program = startProgram(t, table, WATCH);
    await holds(program);
    assert.equal(await daemonVersion(table), VERSION);
    await stop(program);
  });

  await t.test('and the other from this one, which goes on with what was begun', async () => {
    const program = startProgram(t, table, WATCH, other);
    await holds(program);
    close();
    await until(() => !has(table, rs(leaving, 0)), { describe: () => program.output.stdout });
    done(await table.lvsctl('undrain', 'hands/h1'));
    assert.deepEqual(table.written(), [
      `-d -t 192.0.2.77:80 -r 127.0.0.1:${leaving}`,
      '-e -t 192.0.2.11:80 -r 10.0.0.1:80 -m -w 100 -x 0 -y 0',
    ]);
    await stop(program);
  });
});

interface Ports {
  readonly well: number;
  /** Comes up later, and slowly. */
  readonly late: number;
  /** Nobody answers at these. */
  readonly closed: number;
  readonly shut: number;
}

/** All that a table may be in the middle of. */
function spec({ well, late, closed, shut }: Ports, leaving: string): string {
  const at = (port: number) => `{ address: 127.0.0.1, port: ${port} }`;
  return `version: 1
defaults:
  { forwarding: nat, scheduler: wrr, weight: 100, drain: 1h, check: { tcp: {}, interval: 1s, timeout: 500ms, fall: 1 } }
services:
  draining: { vip: 192.0.2.77, port: 80, check: none, servers: { ${leaving}staying: ${at(well)} } }
  hands: { vip: 192.0.2.11, port: 80, check: none, servers: { h1: 10.0.0.1, h2: 10.0.0.2, h3: 10.0.0.3 } }
  degraded: { vip: 192.0.2.12, port: 80, servers: { well: ${at(well)}, closed: ${at(closed)} } }
  cut: { vip: 192.0.2.13, port: 80, min_capacity: 50%, servers: { closed: ${at(closed)}, shut: ${at(shut)} } }
  slow:
    { vip: 192.0.2.14, port: 80, slow_start: { time: 1h, steps: 2 }, servers: { late: ${at(late)}, well: ${at(well)} } }
`;
}

async function freePort(): Promise<number> {
  const server = await listenAt(0);
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function listen(t: TestContext, port: number): Promise<void> {
  const server = await listenAt(port);
  t.after(() => server.close());
}

async function listenAt(port: number): Promise<Server> {
  const server = createServer((socket) => socket.on('error', () => undefined).end());
  await once(server.listen(port, '127.0.0.1'), 'listening');
  return server;
}

/** `web/web-1 down` */
function judged(program: Program, verdict: string): Promise<void> {
  const [subject = '', to = ''] = verdict.split(' ');
  return hear(program, { event: 'verdict', subject, to });
}

/** A turn has come and gone; it says that something still drains. */
async function look(table: WrittenTable): Promise<void> {
  const { exitCode, stdout, stderr } = await table.lvsctl('reload', '--wait');
  assert.ok(exitCode === EXIT.done || exitCode === EXIT.timedOut, stdout + stderr);
}

function has(table: WrittenTable, part: string): boolean {
  return table.listing().some((line) => line.includes(part));
}

async function overrides(table: WrittenTable): Promise<string> {
  const listed = await table.lvsctl('overrides', '-o', 'json');
  done(listed);
  const { overrides: list } = JSON.parse(listed.stdout) as { overrides: unknown[] };
  assert.equal(list.length, 2);
  return JSON.stringify(list);
}

async function daemonVersion(table: WrittenTable): Promise<string> {
  const { stdout } = await table.lvsctl('status', '-o', 'json');
  return (JSON.parse(stdout) as { daemon: { version: string } }).daemon.version;
}

function done({ exitCode, stdout, stderr }: VerbRun): void {
  assert.equal(exitCode, 0, stdout + stderr);
}
