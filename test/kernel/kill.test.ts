import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { openStateStore } from '../../src/host/state-store.ts';
import { parseSavedListing } from '../../src/ipvsadm/live-table.ts';
import { type ServiceAddress, serverKey, serviceKey, type VirtualService } from '../../src/model/table.ts';
import { bareTable } from '../bare-table.ts';
import { until } from '../lab/until.ts';
import { server, service, tcp } from '../plan/build.ts';
import { specText } from '../spec-text.ts';
import { type Director, director } from './director.ts';
import { FOREIGN_RULES, foreignLines } from './foreign-services.ts';
import { assertNeverEmptied, loggingEnvironment } from './ipvsadm-log.ts';
import { HAS_TIME } from './long-walks.ts';
import { LOCAL, openConnection } from './open-connection.ts';
import { type Program, startProgram } from './program.ts';

/** Of each verb, in parts that stay far below the time limit of one test; 50 together where there is time. */
const PARTS = HAS_TIME
  ? [
      { seed: 20_240_611, kills: 13 },
      { seed: 20_240_612, kills: 12 },
    ]
  : [{ seed: 20_240_611, kills: 5 }];
const OVERRIDES = ['--max-remove', '100%', '--max-remove-services', '100%'];

const WEB = tcp('192.0.2.1');
const DNS: ServiceAddress = { kind: 'address', family: 'ipv6', protocol: 'udp', vip: '2001:db8::1', port: 53 };
const GUEST = tcp('192.0.2.2', 8080);

/** One kill: what the spec says by then, when it comes, and who goes on from there. */
interface Kill {
  /** What watch has made true before, now and then. */
  readonly first: readonly VirtualService[];
  readonly table: readonly VirtualService[];
  /** Share of the time from the first sign of life to the end; -1..0: before that sign. */
  readonly moment: number;
  /** How the next run treats what is draining. */
  readonly next: readonly string[];
}

function pool(address: ServiceAddress, names: readonly string[], port = 80): fc.Arbitrary<VirtualService> {
  const servers = fc
    .subarray([...names], { minLength: 1 })
    .chain((chosen) =>
      fc.tuple(...chosen.map((name) => fc.integer({ min: 1, max: 3 }).map((weight) => server(name, weight, { port })))),
    );
  return fc
    .record({ servers, scheduler: fc.constantFrom('wlc', 'rr', 'wrr') })
    .map(({ servers: all, scheduler }) => service(address, all, { scheduler }));
}

const tables = fc
  .tuple(
    pool(WEB, ['10.0.0.1', '10.0.0.2', '10.0.0.3', '10.0.0.4']),
    fc.option(pool(GUEST, ['10.0.0.5', '10.0.0.6'], 8080)),
    pool(DNS, ['fd00::1', 'fd00::2', 'fd00::3'], 53),
  )
  .map((services) => services.filter((one) => one !== null));

const kills: fc.Arbitrary<Kill> = fc.record({
  first: tables,
  table: tables,
  moment: fc.double({ min: -0.15, max: 1, noNaN: true }),
  // Waiting for drains takes seconds, so it comes seldom.
  next: fc.oneof(
    { weight: 3, arbitrary: fc.constant(['--drain', '0']) },
    { weight: 3, arbitrary: fc.constant(['--no-wait']) },
    { weight: 1, arbitrary: fc.constant([]) },
  ),
});

/** A director beside somebody else's services, with a log of all that is written to its table. */
interface Site {
  readonly host: Director;
  readonly log: string;
  /** What `ipvsadm -Sn` says of the foreign services. */
  readonly foreign: string;
}

function site(t: TestContext, env: Readonly<Record<string, string>> = {}): Site {
  const log = join(mkdtempSync(join(tmpdir(), 'kill-')), 'log');
  const host = director(t, { isOwn: true, env: { ...loggingEnvironment(log), ...env } });
  host.restore(FOREIGN_RULES);
  return { host, log, foreign: foreignLines(host.ipvsadm('-Sn')) };
}

/** What must be so after any kill: the state can be read, and it knows each server that was quiesced. */
async function inspect({ host, foreign }: Site): Promise<{ ours: VirtualService[]; starts: Map<string, number> }> {
  const { state, setAside } = await openStateStore({ directory: `${host.directory}/state` }).read();
  assert.equal(setAside, null, 'the state can be read');
  const listing = host.ipvsadm('-Sn');
  assert.equal(foreignLines(listing), foreign, 'foreign services are untouched');
  const others = new Set(parseSavedListing(foreign).services.map(({ address }) => serviceKey(address)));
  const ours = parseSavedListing(listing).services.filter(({ address }) => !others.has(serviceKey(address)));
  const starts = new Map<string, number>();
  for (const { address, servers } of ours)
    for (const real of servers.filter(({ weight }) => weight === 0)) {
      const drain = state.drains.find((one) => one.service === serviceKey(address) && one.server === serverKey(real));
      assert.ok(drain !== undefined && drain.weight > 0, `the weight that ${serverKey(real)} had is in the journal`);
      starts.set(`${drain.service} ${drain.server}`, drain.startedAt);
    }
  return { ours, starts };
}

/** The next run converges, gets the lock, and lets drains that go on keep their start. */
async function recover(where: Site, { table, next }: Kill): Promise<void> {
  const { starts } = await inspect(where);
  const ended = await where.host.lvsctl('apply', '--auto-approve', ...OVERRIDES, ...next);
  assert.ok(ended.exitCode === 0 || (ended.exitCode === 5 && next.includes('--no-wait')), ended.stderr);
  const { ours, starts: later } = await inspect(where);
  for (const [key, start] of starts) assert.equal(later.get(key) ?? start, start, `${key} started to drain before`);
  if (ended.exitCode === 0) assert.deepEqual(later, new Map(), 'nothing drains on');
  assert.deepEqual(ours.flatMap(withoutDrained), bareTable(table));
}

function withoutDrained(service: VirtualService): VirtualService[] {
  const servers = service.servers.filter(({ weight }) => weight > 0);
  return servers.length === 0 ? [] : [{ ...service, servers }];
}

/** Says which kill it was when anything is wrong. */
async function told(about: object, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (cause) {
    throw new Error(`${JSON.stringify(about)}: ${(cause as Error).message}`, { cause });
  }
}

function assertNeverEmpty({ log }: Site): void {
  assertNeverEmptied(log, [serviceKey(WEB), serviceKey(DNS)]);
}

for (const { seed, kills: numRuns } of PARTS) {
  test(`kill -9 of apply at ${numRuns} random instants: the next run converges, and no pool was ever empty (${seed})`, async (t) => {
    const where = site(t);
    // Of a run that nobody kills, in milliseconds: until its first word, and from there to its end.
    const time = { toWord: 2000, toEnd: 2000 };
    let cut = 0;
    for (const [at, kill] of fc.sample(kills, { seed, numRuns }).entries())
      await told({ seed, at, ...kill }, async () => {
        where.host.write(specText(kill.table));
        const program = startProgram(t, where.host, ['apply', '--auto-approve', '--no-wait', ...OVERRIDES]);
        await killApply(program, { kill: at === 0 ? { ...kill, moment: 99 } : kill, time });
        if ((await program.ended).signal === 'SIGKILL' && kill.moment >= 0) cut += 1;
        await recover(where, kill);
      });
    assertNeverEmpty(where);
    assert.ok(cut >= numRuns / 4, `${cut} kills came while it worked`);
  });

  test(`kill -9 of watch at ${numRuns} random instants: the next run converges, and no pool was ever empty (${seed})`, async (t) => {
    const where = site(t);
    let cut = 0;
    for (const [at, kill] of fc.sample(kills, { seed: seed + 2, numRuns }).entries())
      await told({ seed, at, ...kill }, async () => {
        // Now and then it is killed while it takes up a spec that was edited under its eyes.
        const isEdit = at % 4 === 0;
        where.host.write(specText(isEdit ? kill.first : kill.table));
        const program = startProgram(t, where.host, ['watch', '--mode', 'enforce', '--interval', '1s', ...OVERRIDES]);
        const describe = () => program.output.stdout + program.output.stderr;
        await until(() => /"event":"start"/.test(program.output.stdout), { describe });
        if (isEdit) {
          await until(() => /"trigger":"start"/.test(program.output.stdout), { describe });
          where.host.write(specText(kill.table));
        }
        await sleep(Math.abs(kill.moment) * 2500);
        await program.kill();
        if (!isEdit && !/"trigger":"start"/.test(program.output.stdout)) cut += 1;
        // Every third time the next watch itself has to go on from there.
        if (at % 3 !== 2) await recover(where, kill);
      });
    assertNeverEmpty(where);
    assert.ok(cut >= numRuns / 4, `${cut} kills came before it was done`);
  });
}

/** At the moment it is to be, from its start or its first word on; learns how long it takes from runs that end before. */
async function killApply(
  program: Program,
  { kill, time }: { kill: Kill; time: { toWord: number; toEnd: number } },
): Promise<void> {
  const begun = Date.now();
  const isOver = program.ended.then(() => 'over' as const);
  if (kill.moment < 0) await Promise.race([sleep(-kill.moment * 6 * time.toWord), isOver]);
  else {
    await Promise.race([until(() => program.output.stdout !== ''), isOver]);
    const spoke = Date.now();
    time.toWord = spoke - begun;
    const verdict = await Promise.race([sleep(kill.moment * time.toEnd), isOver]);
    if (verdict === 'over') time.toEnd = Date.now() - spoke;
  }
  await program.kill();
}

test('kill -9 while a server drains: the next run keeps the start of the drain, and its end', async (t) => {
  const where = site(t);
  const { host } = where;
  const open = await openConnection(t, host);
  host.write(specText([service(LOCAL, [server('127.0.0.1', 1, { port: open.other })])]));
  const program = startProgram(t, host, ['apply', '--auto-approve', '--drain', '12s', ...OVERRIDES]);
  await until(() => existsSync(`${host.directory}/state/state.json`) && host.state().drains.length > 0);
  await until(() => host.ipvsadm('-Sn').includes(`127.0.0.1:${open.port} -m -w 0`));
  const [drain] = host.state().drains;
  assert.ok(drain);
  await program.kill();
  const during = await inspect(where);
  assert.deepEqual([...during.starts.values()], [drain.startedAt]);
  const ended = await host.lvsctl('apply', '--auto-approve', ...OVERRIDES, '--lock-timeout', '5s');
  const took = (Date.now() - drain.startedAt) / 1000;
  assert.equal(ended.exitCode, 0, ended.stderr);
  assert.ok(took >= 12 && took < 30, `the drain of 12 s was over ${took} s after it began`);
  assert.ok(open.isOpen(), 'its connection was open until then');
  assert.doesNotMatch(host.ipvsadm('-Sn'), new RegExp(`127.0.0.1:${open.port} `));
});

test('an ipvsadm whose lvsctl was killed keeps the lock for as long as it may write, and the next run does the rest', async (t) => {
  const where = site(t, { IPVSADM_SLOW: '2' });
  const { host, log } = where;
  host.write(specText([service(WEB, [server('10.0.0.1')]), service(DNS, [server('fd00::1', 1, { port: 53 })])]));
  const program = startProgram(t, host, ['apply', '--auto-approve', ...OVERRIDES]);
  await until(() => existsSync(log) && readFileSync(log, 'utf8').includes('# begin'));
  await program.kill();
  const refused = await host.lvsctl('apply', '--auto-approve', '--lock-timeout', '0');
  assert.equal(refused.exitCode, 4);
  assert.match(refused.stderr, /one it started still holds/);
  const ended = await host.lvsctl('apply', '--auto-approve', '--lock-timeout', '20s');
  assert.equal(ended.exitCode, 0, ended.stderr);
  assertNeverEmpty(where);
});
