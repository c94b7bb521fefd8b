import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, test, type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { type HaLoad, startHaLoad } from '../../lab/ha-load-client.ts';
import { HA_VIPS } from '../../lab/ha-plan.ts';
import { environment } from '../director.ts';
import { startProgram } from '../program.ts';
import { looks, stop } from '../watch-process.ts';
import { buildCluster, type Cluster, lvsctl } from './cluster.ts';
import { haSpec, services } from './spec.ts';

// One pair of directors lives through all of this, under load.

const PREEMPTING = Object.values(HA_VIPS.dr);
const STAYING = Object.values(HA_VIPS.drOther);
const ALL = [...PREEMPTING, ...STAYING];

let cluster: Cluster;
let load: HaLoad;

// In a suite of its own: hooks of a file itself would run when the whole guest begins and ends.
describe('maintenance of one of two directors', () => {
  before(async () => {
    cluster = await buildCluster({ prefix: 'maintain-', directors: 2 });
    const timing = { version: 3, advert_interval: '250ms', priority: { lb1: 150, lb2: 100 } };
    await cluster.play(
      haSpec(['lb1', 'lb2'], {
        vrrp: {
          preempting: { virtual_router_id: 51, vips: PREEMPTING, ...timing },
          staying: { virtual_router_id: 52, vips: STAYING, preempt: false, ...timing },
        },
        services: { ...services('dr'), ...services('dr', { vip: 'drOther' }) },
      }),
    );
    await cluster.settles({ lb1: ALL, lb2: [] });
    // A slow machine is no loss: an answer may take as long as a SYN that is sent again.
    load = await startHaLoad({ netns: cluster.client, vips: ALL, requestsPerSecond: 20, timeoutMilliseconds: 3000 });
  });

  after(async () => {
    await load?.stop();
    await cluster.remove();
  });

  /** A verb on lb1, which must end well. */
  function onFirst(...args: readonly string[]): Promise<string> {
    return lvsctl(cluster.lb1, ...args, '-f', specFile());
  }

  function specFile(): string {
    return join(cluster.lb1.folder, 'site.lvs.yaml');
  }

  /** What the load lost meanwhile. */
  async function lostBy(t: TestContext, act: () => Promise<unknown>): Promise<number> {
    await sleep(2000);
    await load.take();
    await act();
    await sleep(3500);
    const requests = await load.take();
    const lost = requests.filter(({ server }) => server === null);
    const byVip = ALL.map((vip) => `${vip} ${lost.filter((request) => request.vip === vip).length}`);
    t.diagnostic(`${requests.length} requests; lost: ${byVip.join(', ')}`);
    assert.ok(requests.length > 20, `${requests.length} requests`);
    return lost.length / requests.length;
  }

  test('a backup that is silent is not trusted to take over what this director must let go of first', async () => {
    await assert.rejects(onFirst('maintain'), /staying: lb2 answers ping, but sent no adverts/);
    await cluster.settles({ lb1: ALL, lb2: [] });
  });

  test('maintain moves all VIPs to the other director, and few requests are lost', async (t) => {
    const lost = await lostBy(t, async () => {
      const said = await onFirst('maintain', '--allow-unseen-peer', '--reason', 'kernel upgrade');
      assert.match(said, /preempting: .* left this director; lb2 \(10\.1\.0\.2\) sends its adverts, priority 100/);
      assert.match(said, /staying: .* left this director; lb2 \(10\.1\.0\.2\) sends its adverts, priority 100/);
    });
    await cluster.settles({ lb1: [], lb2: ALL });
    assert.ok(lost < 0.1, `${lost} of all requests`);
  });

  test('neither an apply, nor watch, nor a keepalived that is started anew brings them back', async (t) => {
    assert.match(await onFirst('plan', '--detailed-exitcode'), /in maintenance since .* \(kernel upgrade\)/);
    await onFirst('apply', '--auto-approve');
    const { folder, netns, files } = cluster.lb1;
    const env = { ...environment(folder), LVSCTL_KEEPALIVED_CONF: files.conf, LVSCTL_KEEPALIVED_PID: files.pid };
    const host = { netns, directory: folder, env: { ...env, LVSCTL_DIRECTOR: 'lb1', LVSCTL_FILE: specFile() } };
    const watch = startProgram(t, host, ['watch', '--mode', 'enforce', '--interval', '1s', '--log-level', 'debug']);
    await looks(watch, 3);
    await stop(watch);
    await cluster.lb1.stop();
    await cluster.lb1.start();
    await sleep(2000);
    await cluster.settles({ lb1: [], lb2: ALL });
  });

  test('its end brings back what preempts, and leaves the rest', async (t) => {
    const lost = await lostBy(t, () => onFirst('maintain', '--end'));
    await cluster.settles({ lb1: PREEMPTING, lb2: STAYING });
    assert.ok(lost < 0.1, `${lost} of all requests`);
  });

  test('a peer that is master elsewhere is known to be there', async () => {
    await onFirst('maintain');
    await cluster.settles({ lb1: [], lb2: ALL });
    await onFirst('maintain', '--end');
    await cluster.settles({ lb1: PREEMPTING, lb2: STAYING });
  });
});
