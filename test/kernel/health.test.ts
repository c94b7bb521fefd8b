import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { type FailingServer, startFailingServer } from '../lab/failing-servers.ts';
import { type Load, startLoad } from '../lab/load-client.ts';
import { buildSite, runIn, type Site } from '../lab/site.ts';
import { until } from '../lab/until.ts';
import { HealthDaemon } from './health-daemon.ts';
import {
  DEATHS,
  HANGING,
  HEALTH_SERVERS,
  HEALTH_VIP,
  type HealthService,
  healthBounds,
  healthSpec,
  weightsIn,
} from './health-site.ts';

const PREFIX = 'health-';
const LOAD = { urls: [`http://${HEALTH_VIP}/`], pauseMilliseconds: 100 };
/** Connections that are kept: enough that each real server has some, whoever else asks meanwhile. */
const KEPT = 8;
/** What a real server that is `wrong` answers. */
const WRONG_BODY = 'somebody else';
const { 'nat-1': FIRST, 'nat-2': SECOND } = HEALTH_SERVERS;
/**
 * The bound itself holds in virtual time (test/health/detection.test.ts); here one CPU is for the load, the servers and the
 * director, starting a program stops `watch` for as long as a machine needs for ten, and the machine has other guests.
 */
const GUEST_FACTOR = 3;

let site: Site;
let load: Load;
let daemon: HealthDaemon;
const servers: FailingServer[] = [];
const table: string[] = [];

describe('health', () => {
  before(async () => {
    site = await buildSite({ prefix: PREFIX });
    for (const name of Object.keys(HEALTH_SERVERS)) servers.push(await startFailingServer({ name, prefix: PREFIX }));
    daemon = new HealthDaemon(site.director, healthSpec());
    await daemon.start();
    await until(() => weights('web').length === 2, { describe: () => daemon.log });
    load = await startLoad({ ...LOAD, netns: site.client, keepAliveWorkers: 0, shortWorkers: 2 });
  });

  after(async () => {
    await load?.stop();
    await daemon?.end();
    for (const server of servers) await server.stop();
    await site.remove();
  });

  for (const [fault, service, detail] of DEATHS)
    test(`a real server that is ${fault} is found within the bound, leaves, and comes back`, async () => {
      const label = `${service}/nat-1`;
      const failuresBefore = (await load.snapshot()).failures;
      const since = Date.now();
      await servers[0]?.fail(fault);
      try {
        const down = await daemon.hear({ event: 'verdict', subject: label, to: 'down' }, since);
        const seconds = (Date.parse(down.time) - since) / 1000;
        assert.match(down.detail ?? '', detail);
        assert.ok(seconds <= healthBounds(service, 'lvsctl').found * GUEST_FACTOR, `found after ${seconds} s`);
        await until(() => !weights(service).includes(`${FIRST} 1`), { describe: () => daemon.log });
        assert.deepEqual(weights(service), [`${SECOND} 1`]);
        if (HANGING.includes(fault)) await sleep(10_500);
        const { failures } = await load.snapshot();
        table.push(
          `${fault.padEnd(12)} ${service}  found after ${seconds.toFixed(1)} s, ${failures - failuresBefore} requests lost`,
        );
        await sleep(1000);
        assert.equal((await load.snapshot()).failures, failures, 'no request is lost once it has left');
      } finally {
        await recover(label);
      }
    });

  test('the figures', (t) => {
    t.diagnostic(`the computed bound is ${healthBounds('web', 'lvsctl').found} s`);
    for (const line of table) t.diagnostic(line);
    assert.equal(table.length, DEATHS.length);
  });

  test('quiesced instead of removed, it goes on serving its established connections', async () => {
    daemon.write(healthSpec({ onFailure: 'quiesce' }));
    await daemon.hear({ event: 'spec', result: 'loaded' }, Date.now() - 1000);
    const kept = await startLoad({ ...LOAD, netns: site.client, keepAliveWorkers: KEPT, shortWorkers: 0 });
    const answersOf = async (name: string) => (await kept.snapshot()).answers[name] ?? 0;
    try {
      await until(async () => (await answersOf('nat-1')) > 0, { describe: () => daemon.log });
      await servers[0]?.fail('wrong');
      await until(() => weights('web').includes(`${FIRST} 0`), { describe: () => daemon.log });
      const before = await answersOf(WRONG_BODY);
      await until(async () => (await answersOf(WRONG_BODY)) > before + 10, { describe: () => daemon.log });
      const { connections, failures } = await kept.snapshot();
      assert.deepEqual({ connections, failures }, { connections: KEPT, failures: 0 });
    } finally {
      await kept.stop();
      await servers[0]?.recover();
    }
    await until(() => weights('web').includes(`${FIRST} 1`), { describe: () => daemon.log });
  });

  test('when the network of the checks is cut, the service goes on, and an alarm says so', async () => {
    const { failures } = await load.snapshot();
    const since = Date.now();
    const own = ['-s', '10.2.0.1', '-d', '10.2.0.0/24', '-j', 'DROP'];
    runIn(site.director, ['iptables-legacy', '-A', 'OUTPUT', ...own]);
    try {
      const alarm = await daemon.hear({ event: 'capacity', service: 'web' }, since);
      assert.match(alarm.msg, /stay in rotation|stays in rotation/);
      const serving = () => weights('web').filter((line) => !line.endsWith(' 0'));
      await until(() => serving().length === 1, { describe: () => daemon.log });
      await sleep(3000);
      assert.equal(serving().length, 1);
      assert.equal((await load.snapshot()).failures, failures);
    } finally {
      runIn(site.director, ['iptables-legacy', '-D', 'OUTPUT', ...own]);
    }
    await daemon.hear({ event: 'capacity', service: 'web', result: 'enough' }, since);
    await until(() => weights('web').join() === `${FIRST} 1,${SECOND} 1`, { describe: () => daemon.log });
  });

  for (const how of ['SIGTERM', 'SIGKILL'] as const)
    test(`a restart by ${how} while a server has failed moves nothing`, async () => {
      daemon.write(healthSpec());
      await servers[0]?.fail('error');
      await until(() => weights('web').join() === `${SECOND} 1`, { describe: () => daemon.log });
      const before = listing();
      await daemon.stop(how);
      assert.equal(listing(), before);
      const since = Date.now();
      await daemon.start();
      const down = await daemon.hear({ event: 'verdict', subject: 'web/nat-1' }, since);
      assert.equal(down.to, 'down');
      assert.equal(listing(), before);
      await servers[0]?.recover();
      await until(() => weights('web').length === 2, { describe: () => daemon.log });
    });

  test('one that comes back slowly gets its weight step by step, and a restart does not set it back', async () => {
    daemon.write(healthSpec({ weight: 100, slowStart: '20s' }));
    await until(() => weights('web').join() === `${FIRST} 100,${SECOND} 100`, { describe: () => daemon.log });
    await servers[0]?.fail('closed');
    await until(() => weights('web').join() === `${SECOND} 100`, { describe: () => daemon.log });
    await servers[0]?.recover();
    await until(() => weightOf(FIRST) >= 20 && weightOf(FIRST) < 100, { describe: () => daemon.log });
    await daemon.stop('SIGKILL');
    const reached = weightOf(FIRST);
    await daemon.start();
    const seen = new Set<number>();
    await until(
      () => {
        seen.add(weightOf(FIRST));
        return weightOf(FIRST) === 100;
      },
      { describe: () => `${[...seen]}\n${daemon.log}` },
    );
    assert.ok(Math.min(...seen) >= reached, `${[...seen]} after ${reached}`);
    assert.ok(seen.size > 2, `${[...seen]}`);
  });
});

async function recover(label: string): Promise<void> {
  const since = Date.now();
  await servers[0]?.recover();
  await daemon.hear({ event: 'verdict', subject: label, to: 'up' }, since);
  await until(() => weights(label.slice(0, 3) as HealthService).length === 2, { describe: () => daemon.log });
}

function listing(): string {
  return runIn(site.director, ['ipvsadm', '-Sn']);
}

function weights(service: HealthService): string[] {
  return weightsIn(listing(), service);
}

function weightOf(address: string): number {
  return Number(
    weights('web')
      .find((line) => line.startsWith(`${address} `))
      ?.split(' ')[1] ?? 0,
  );
}
