import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { detectionOf } from '../../src/health/bounds.ts';
import { FAILING_PORTS } from '../lab/failing-plan.ts';
import { type FailingServer, type Fault, startFailingServer } from '../lab/failing-servers.ts';
import { type Load, startLoad } from '../lab/load-client.ts';
import { buildSite, runIn, type Site } from '../lab/site.ts';
import { SITE_GROUPS } from '../lab/site-plan.ts';
import { until } from '../lab/until.ts';
import { loadText } from '../spec/load-text.ts';
import { HealthDaemon } from './health-daemon.ts';

const PREFIX = 'health-';
const VIP = SITE_GROUPS.nat.vips.ipv4;
const NAMES = ['nat-1', 'nat-2'] as const;
const [FIRST, SECOND] = ['10.2.0.11', '10.2.0.12'] as const;
const TIMING = 'interval: 2s, timeout: 2s, fall: 2';
/**
 * The bound itself holds in virtual time (test/health/detection.test.ts); here one CPU is for the load, the servers and the
 * director, starting a program stops `watch` for as long as a machine needs for ten, and the machine has other guests.
 */
const GUEST_FACTOR = 3;

/** How a real server dies, and in which service that shows. */
const DEATHS: readonly (readonly [fault: Fault, service: 'web' | 'tls' | 'dns', detail: RegExp])[] = [
  ['killed', 'web', /refused/],
  ['closed', 'web', /refused/],
  ['unreachable', 'web', /no connection|unreachable/],
  ['silent', 'web', /no answer/],
  ['drip', 'web', /no answer/],
  ['error', 'web', /status 500/],
  ['wrong', 'web', /body/],
  ['expired', 'tls', /expired/],
  ['servfail', 'dns', /SERVFAIL/],
];

/** Under these, requests that are out when the server leaves fail only when their client gives them up. */
const HANGING: readonly Fault[] = ['unreachable', 'silent', 'drip'];

let site: Site;
let load: Load;
let daemon: HealthDaemon;
const servers: FailingServer[] = [];
const table: string[] = [];

describe('health', () => {
  before(async () => {
    site = await buildSite({ prefix: PREFIX });
    for (const name of NAMES) servers.push(await startFailingServer({ name, prefix: PREFIX }));
    daemon = new HealthDaemon(site.director, spec());
    await daemon.start();
    await until(() => weights('web').length === 2, { describe: () => daemon.log });
    load = await startLoad({
      ...{ netns: site.client, urls: [`http://${VIP}/`], keepAliveWorkers: 0, shortWorkers: 2 },
      pauseMilliseconds: 100,
    });
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
        assert.ok(seconds <= boundSeconds(service) * GUEST_FACTOR, `found after ${seconds} s`);
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
    t.diagnostic(`the computed bound is ${boundSeconds('web')} s`);
    for (const line of table) t.diagnostic(line);
    assert.equal(table.length, DEATHS.length);
  });

  test('quiesced instead of removed, it keeps its established connections', async () => {
    daemon.write(spec({ onFailure: 'quiesce' }));
    await daemon.hear({ event: 'spec', result: 'loaded' }, Date.now() - 1000);
    const since = Date.now();
    await servers[0]?.fail('error');
    await daemon.hear({ event: 'verdict', subject: 'web/nat-1', to: 'down' }, since);
    await until(() => weights('web').includes(`${FIRST} 0`), { describe: () => daemon.log });
    await servers[0]?.recover();
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
      daemon.write(spec());
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
    daemon.write(spec({ weight: 100, slowStart: '20s' }));
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

/** By the sum that lint shows, too. */
function boundSeconds(name: keyof typeof PORTS): number {
  const service = loadText(spec()).desired.services.find((one) => one.name === name);
  const check = service?.servers[0]?.check;
  return check ? detectionOf(check, 'lvsctl').seconds : assert.fail(`${name} has no check`);
}

async function recover(label: string): Promise<void> {
  const since = Date.now();
  await servers[0]?.recover();
  await daemon.hear({ event: 'verdict', subject: label, to: 'up' }, since);
  await until(() => weights(label.slice(0, 3) as keyof typeof PORTS).length === 2, { describe: () => daemon.log });
}

function listing(): string {
  return runIn(site.director, ['ipvsadm', '-Sn']);
}

const PORTS = { web: ['-t', 80], tls: ['-t', 443], dns: ['-u', 53] } as const;

/** `10.2.0.11 1`: the real servers of a service, with their weights. */
function weights(service: keyof typeof PORTS): string[] {
  const [kind, port] = PORTS[service];
  const lines = listing()
    .split('\n')
    .filter((line) => line.startsWith(`-a ${kind} ${VIP}:${port} `));
  return lines.map((line) => line.replace(/^.* -r ([\d.]+):\d+ .* -w (\d+).*$/, '$1 $2')).sort();
}

function weightOf(address: string): number {
  return Number(
    weights('web')
      .find((line) => line.startsWith(`${address} `))
      ?.split(' ')[1] ?? 0,
  );
}

function spec({ onFailure = 'remove', weight = 1, slowStart = '' } = {}): string {
  const servers = (port: number) =>
    `{ nat-1: { address: ${FIRST}, port: ${port} }, nat-2: { address: ${SECOND}, port: ${port} } }`;
  const slow = slowStart === '' ? '' : `\n    slow_start: ${slowStart}`;
  return `version: 1
defaults: { forwarding: nat, scheduler: rr, weight: ${weight}, drain: 0 }
services:
  web:
    vip: ${VIP}
    port: 80${slow}
    servers: ${servers(FAILING_PORTS.http)}
    check: { http: { body: "^nat-" }, on_failure: ${onFailure}, ${TIMING} }
  tls:
    vip: ${VIP}
    port: 443
    servers: ${servers(FAILING_PORTS.https)}
    check: { https: { host: www.example.com, ca: ${new URL('../fixtures/tls/authority.pem', import.meta.url).pathname} }, ${TIMING} }
  dns:
    vip: ${VIP}
    port: 53
    protocol: udp
    servers: ${servers(FAILING_PORTS.dns)}
    check: { dns: { name: www.example.com, type: A }, ${TIMING} }
`;
}
