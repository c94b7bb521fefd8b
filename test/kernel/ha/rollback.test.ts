import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { run } from '../../../src/main.ts';
import type { VerbRun } from '../../commands/run-verb.ts';
import type { HaDirector } from '../../lab/ha-director.ts';
import { HA_VIPS } from '../../lab/ha-plan.ts';
import { until } from '../../lab/until.ts';
import { environment, liveContext } from '../director.ts';
import { buildCluster, type Cluster } from './cluster.ts';
import { haSpec, vrrp } from './spec.ts';

// One pair of directors lives through all of this. What is left behind by an apply on trial is played by the verb itself.

const VIPS = [HA_VIPS.dr, HA_VIPS.nat, HA_VIPS.gateway].flatMap(({ ipv4, ipv6 }) => [ipv4, ipv6]);
const TRIAL = ['--confirm-timeout', '10s', '--allow-disruptive', '--max-remove', '100%'];

type Service = Record<string, unknown>;

let cluster: Cluster;

describe('rollback on a pair of directors', () => {
  before(async () => {
    cluster = await buildCluster({ prefix: 'back-', directors: 2 });
  });

  after(() => cluster.remove());

  /** lb1 first, unless its priority says otherwise; the NAT services are keepalived's, unless lvsctl takes them. */
  function spec({ priority = 150, owner = 'keepalived' }: { priority?: number; owner?: string } = {}): object {
    const made = haSpec(['lb1', 'lb2'], {
      ...vrrp({ priority: { lb1: priority, lb2: 100 }, advert_interval: '1s' }),
      keepalived: { garp: { delay: 1 } },
    }) as { services: Record<string, Service> };
    made.services = structuredClone(made.services);
    for (const [name, service] of Object.entries(made.services))
      if (name.startsWith('nat')) Object.assign(service, { owner, check: { tcp: {} } });
    return made;
  }

  async function lvsctl(director: HaDirector, wanted: object, ...args: readonly string[]): Promise<VerbRun> {
    const file = join(director.folder, 'site.lvs.yaml');
    writeFileSync(file, JSON.stringify(wanted));
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

  async function apply(director: HaDirector, wanted: object, ...args: readonly string[]): Promise<void> {
    const ended = await lvsctl(director, wanted, 'apply', '--auto-approve', ...args);
    assert.equal(ended.exitCode, 0, `${director.name}: ${ended.stdout}${ended.stderr}`);
  }

  async function takeBack(director: HaDirector, wanted: object): Promise<string> {
    const ended = await lvsctl(director, wanted, 'rollback', '--when-unconfirmed');
    assert.equal(ended.exitCode, 5, ended.stderr);
    return ended.stderr;
  }

  const conf = ({ files }: HaDirector) => readFileSync(files.conf, 'utf8');
  const table = (director: HaDirector) => director.run('ipvsadm', '-Sn');

  test('a first apply on trial goes without a trace: file, VIPs and services', async () => {
    const { lb1, lb2 } = cluster;
    const empty = table(lb1);
    await apply(lb1, spec(), ...TRIAL);
    await lb1.start();
    await cluster.settles({ lb1: VIPS });
    const said = await takeBack(lb1, spec());
    assert.match(said, /keepalived\.conf removed, keepalived reloaded\. Verified: it has no instances any more/);
    assert.ok(!existsSync(lb1.files.conf));
    await until(() => VIPS.every((vip) => !lb1.holds(vip)), { describe: () => lb1.log });
    assert.equal(table(lb1), empty);
    await lb1.stop();
    for (const director of [lb2, lb1]) {
      await apply(director, spec(), '--allow-rejected');
      await director.start();
    }
    await cluster.settles({ lb1: VIPS, lb2: [] });
  });

  test('a master that an apply on trial made a backup is master again, by the former file', async () => {
    const { lb1 } = cluster;
    const [before, file] = [table(lb1), conf(lb1)];
    await apply(lb1, spec({ priority: 50 }), ...TRIAL);
    await cluster.settles({ lb1: [], lb2: VIPS });
    const said = await takeBack(lb1, spec({ priority: 50 }));
    assert.match(said, /keepalived reloaded\. Verified: it has the file/);
    await cluster.settles({ lb1: VIPS, lb2: [] });
    assert.deepEqual([conf(lb1), table(lb1)], [file, before]);
    const again = await lvsctl(lb1, spec({ priority: 50 }), 'apply', '--auto-approve', '--allow-disruptive');
    assert.match(again.stdout, /guard rejected-spec/);
  });

  test('services that went from keepalived to lvsctl go back, and their kernel entries stay all the time', async () => {
    const { lb1 } = cluster;
    const [before, file] = [table(lb1), conf(lb1)];
    await apply(lb1, spec({ owner: 'lvsctl' }), ...TRIAL);
    assert.doesNotMatch(conf(lb1), /virtual_server/);
    await takeBack(lb1, spec({ owner: 'lvsctl' }));
    assert.deepEqual([conf(lb1), table(lb1)], [file, before]);
    const { exitCode, stdout } = await lvsctl(lb1, spec(), 'plan', '--detailed-exitcode');
    assert.equal(exitCode, 0, stdout);
  });

  test('a file that somebody else wrote comes back word by word, by hand as well', async () => {
    const { lb2 } = cluster;
    const theirs = `! ours since 2009\n${conf(lb2).split('\n').slice(1).join('\n')}`;
    lb2.configure(theirs);
    lb2.reload();
    await apply(lb2, spec(), '--adopt', 'keepalived.conf');
    assert.notEqual(conf(lb2), theirs);
    const back = await lvsctl(lb2, spec(), 'rollback', '--auto-approve', '--allow-disruptive');
    assert.equal(back.exitCode, 0, back.stdout + back.stderr);
    assert.equal(conf(lb2), theirs);
    await cluster.settles({ lb1: VIPS, lb2: [] });
  });
});
