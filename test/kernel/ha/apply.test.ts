import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test, type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { run } from '../../../src/main.ts';
import type { VerbRun } from '../../commands/run-verb.ts';
import type { HaDirector } from '../../lab/ha-director.ts';
import { type HaLoad, startHaLoad } from '../../lab/ha-load-client.ts';
import { HA_VIPS } from '../../lab/ha-plan.ts';
import { until } from '../../lab/until.ts';
import { environment, liveContext } from '../director.ts';
import { buildCluster, type Cluster } from './cluster.ts';
import { haSpec, vrrp } from './spec.ts';

// One pair of directors lives through all of this, under a load that may lose nothing.

const DR = HA_VIPS.dr.ipv4;
const NAT = HA_VIPS.nat.ipv4;
const VIPS = [HA_VIPS.dr, HA_VIPS.nat, HA_VIPS.gateway].flatMap(({ ipv4, ipv6 }) => [ipv4, ipv6]);
type Service = Record<string, unknown> & { servers: Record<string, object> };
type Spec = Record<string, object> & { services: Record<string, Service> };

let cluster: Cluster;
let load: HaLoad;

// In a suite of its own: hooks of a file itself would run when the whole guest begins and ends.
describe('apply on a pair of directors', () => {
  before(async () => {
    cluster = await buildCluster({ prefix: 'apply-', directors: 2 });
  });

  after(async () => {
    await load?.stop();
    await cluster.remove();
  });

  /** Two services by NAT that keepalived writes, and two by DR that lvsctl does. */
  function spec(change: (spec: Spec) => void = () => undefined): Spec {
    const made = haSpec(['lb1', 'lb2'], {
      ...vrrp({ priority: { lb1: 150, lb2: 100 }, advert_interval: '1s' }),
      keepalived: { garp: { delay: 1 } },
      timeouts: { tcp_fin: '3s' },
    }) as Spec;
    made.services = structuredClone(made.services);
    for (const [name, service] of Object.entries(made.services)) {
      service.drain = '20s';
      if (!name.startsWith('nat')) continue;
      service.owner = 'keepalived';
      service.check = { tcp: {}, interval: '2s', timeout: '1s', fall: 2 };
    }
    change(made);
    return made;
  }

  async function lvsctl(director: HaDirector, wanted: Spec, ...args: readonly string[]): Promise<VerbRun> {
    const file = join(director.folder, 'site.lvs.yaml');
    writeFileSync(file, JSON.stringify(wanted, null, 2));
    const env = {
      ...environment(director.folder),
      LVSCTL_FILE: file,
      LVSCTL_NETNS: director.netns,
      LVSCTL_KEEPALIVED_CONF: director.files.conf,
      LVSCTL_KEEPALIVED_PID: director.files.pid,
    };
    const { context, ended } = liveContext(env, director.folder, director.name);
    await run(args, context);
    return ended;
  }

  /** On one director, and it must end well. */
  async function apply(director: HaDirector, wanted: Spec, ...args: readonly string[]): Promise<string> {
    const ended = await lvsctl(director, wanted, 'apply', '--auto-approve', ...args);
    assert.equal(ended.exitCode, 0, `${director.name}: ${ended.stdout}${ended.stderr}`);
    return ended.stdout + ended.stderr;
  }

  async function isInSync(director: HaDirector, wanted: Spec): Promise<void> {
    const { exitCode, stdout } = await lvsctl(director, wanted, 'plan', '--detailed-exitcode');
    assert.equal(exitCode, 0, `${director.name}: ${stdout}`);
  }

  /** What the load lost since the last time; the VIPs never left lb1. */
  async function assertNothingLost(t: TestContext): Promise<void> {
    await sleep(500);
    const requests = await load.take();
    const lost = requests.filter(({ server }) => server === null);
    t.diagnostic(`${requests.length} requests, ${lost.length} lost`);
    assert.ok(requests.length > 20, `${requests.length} requests`);
    assert.deepEqual(lost, []);
    for (const vip of VIPS) assert.ok(cluster.lb1.holds(vip) && !cluster.lb2.holds(vip), vip);
  }

  function table(director: HaDirector): string {
    return director.run('ipvsadm', '-Sn');
  }

  test('apply writes keepalived.conf on both directors, and says that keepalived is to be started', async () => {
    for (const director of [cluster.lb2, cluster.lb1]) {
      assert.match(await apply(director, spec()), /keepalived does not run here/);
      assert.match(readFileSync(director.files.conf, 'utf8'), /^# Written by lvsctl/);
      await director.start();
    }
    await cluster.settles({ lb1: VIPS, lb2: [] });
    const isServed = () => table(cluster.lb1).includes(`-a -t ${NAT}:80`);
    await until(isServed, { describe: () => table(cluster.lb1) });
    for (const director of [cluster.lb1, cluster.lb2]) await isInSync(director, spec());
    // A slow machine is no loss: an answer may take as long as a SYN that is sent again.
    load = await startHaLoad({
      netns: cluster.client,
      vips: [DR, NAT],
      requestsPerSecond: 10,
      timeoutMilliseconds: 3000,
    });
  });

  for (const [claim, change, option] of [
    ['a real server of lvsctl leaves', (to: Spec) => void delete to.services['dr-ipv4']?.servers['dr-2'], []],
    ['it comes back', () => undefined, []],
    [
      'a real server of keepalived gets weight 0',
      (to: Spec) => Object.assign(to.services['nat-ipv4']?.servers['nat-2'] ?? {}, { weight: 0 }),
      [],
    ],
    [
      'it leaves, drained as it is',
      (to: Spec) => void delete to.services['nat-ipv4']?.servers['nat-2'],
      ['--allow-disruptive'],
    ],
    ['it comes back to keepalived', () => undefined, []],
  ] as const)
    test(`under load, ${claim}: no request is lost`, async (t) => {
      const wanted = spec(change as (to: Spec) => void);
      await apply(cluster.lb1, wanted, ...option);
      await assertNothingLost(t);
    });

  test('a service goes from keepalived to lvsctl and back, and loses neither a request nor a connection', async (t) => {
    const all = await load.hold([NAT, DR]);
    assert.equal(all.filter(({ endedBy }) => endedBy === null).length, all.length);
    const ours = spec((to) => {
      for (const name of ['nat-ipv4', 'nat-ipv6']) Object.assign(to.services[name] ?? {}, { owner: 'lvsctl' });
    });
    for (const wanted of [ours, spec()]) {
      const output = await apply(cluster.lb1, wanted, '--allow-disruptive');
      if (wanted === ours) assert.match(output, /from keepalived to lvsctl; its kernel entry stays/);
      else assert.match(output, /Left to keepalived from the next apply on: nat-ipv4/);
      await isInSync(cluster.lb1, wanted);
      await assertNothingLost(t);
    }
    const held = await load.held();
    assert.deepEqual(
      held.filter(({ endedBy }) => endedBy !== null),
      [],
    );
  });

  test('a file that keepalived refuses never gets into its place, and nothing else is changed either', async (t) => {
    const { lb1 } = cluster;
    const seen = [readFileSync(lb1.files.conf, 'utf8'), table(lb1)];
    const broken = spec((to) => {
      delete to.services['dr-ipv4']?.servers['dr-2'];
    });
    const templates = join(lb1.folder, 'templates');
    mkdirSync(templates);
    writeFileSync(
      join(templates, 'keepalived.conf.eta'),
      'no_such_keyword 1\n<% for (const block of it.blocks) { %>\n<%~ it.print(block) -%>\n<% } %>\n',
    );
    const { exitCode, stderr } = await lvsctl(lb1, broken, 'apply', '--auto-approve', '--templates', templates);
    assert.equal(exitCode, 1);
    assert.match(stderr, /the new .* is not in its place.*Unknown keyword 'no_such_keyword'/s);
    assert.deepEqual([readFileSync(lb1.files.conf, 'utf8'), table(lb1)], seen);
    assert.ok(!existsSync(`${lb1.files.conf}.lvsctl-test`));
    await assertNothingLost(t);
  });

  test('a reload that does not bring what it should is taken back, and the VIPs stay', async (t) => {
    const { lb1 } = cluster;
    const before = readFileSync(lb1.files.conf, 'utf8');
    const wanted = spec((to) => {
      to.keepalived = { garp: { delay: 2 } };
    });
    // A reload command that does nothing for this file: keepalived never hears of it.
    writeFileSync(join(lb1.folder, 'other.pid'), readFileSync(lb1.files.pid));
    const { exitCode, stderr } = await lvsctl(lb1, wanted, 'apply', '--auto-approve', '--keepalived-reload', 'exit 3');
    assert.equal(exitCode, 1);
    assert.match(stderr, /did not take the new .* over/);
    assert.match(stderr, /ended with status 3/);
    assert.equal(readFileSync(lb1.files.conf, 'utf8'), before);
    await assertNothingLost(t);
  });

  test('a keepalived.conf that somebody else wrote is not replaced without a word', async () => {
    const { lb2 } = cluster;
    const ours = readFileSync(lb2.files.conf, 'utf8');
    const foreign = ours.split('\n').slice(1).join('\n');
    lb2.configure(foreign);
    const { exitCode, stdout } = await lvsctl(lb2, spec(), 'apply', '--auto-approve');
    assert.equal(exitCode, 4);
    assert.match(stdout, /was not written by lvsctl.*guard foreign-conf.*--adopt keepalived\.conf/s);
    assert.equal(readFileSync(lb2.files.conf, 'utf8'), foreign);
    const adopted = await lvsctl(lb2, spec(), 'apply', '--auto-approve', '--adopt', 'keepalived.conf');
    assert.equal(adopted.exitCode, 0, adopted.stderr);
    assert.equal(readFileSync(lb2.files.conf, 'utf8'), ours);
  });

  test('what others delete of the services of keepalived is told, with the way out', async () => {
    const { lb2 } = cluster;
    lb2.run('ipvsadm', '-D', '-t', `${NAT}:80`);
    const { stdout } = await lvsctl(lb2, spec(), 'plan');
    assert.match(stdout, /nat-ipv4: keepalived has it, and in the kernel it is missing: a reload does not restore it/);
    const status = await lvsctl(lb2, spec(), 'status', '--exit-code');
    assert.equal(status.exitCode, 2);
    assert.match(status.stdout, /nat-ipv4 .*missing/);
    await lb2.stop();
    await lb2.start();
    await until(() => table(lb2).includes(`-A -t ${NAT}:80`));
  });
});
