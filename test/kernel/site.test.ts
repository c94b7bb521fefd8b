import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Family } from '../../src/model/address.ts';
import { formatEndpoint } from '../../src/model/address.ts';
import { startLoad } from '../lab/load-client.ts';
import { buildSite, runIn, type Site } from '../lab/site.ts';
import { type ForwardingMethod, SITE_GROUPS, SITE_SERVERS } from '../lab/site-plan.ts';

const FLAG = { nat: '-m', dr: '-g', tun: '-i' } as const satisfies Record<ForwardingMethod, string>;
const FAMILIES: readonly Family[] = ['ipv4', 'ipv6'];
const METHODS = Object.keys(FLAG) as ForwardingMethod[];
let site: Site;

// In a suite of its own: hooks of a file itself would run when the whole guest begins and ends.
describe('the site', () => {
  before(async () => {
    site = await buildSite({ prefix: 'site-' });
    const rules = METHODS.flatMap((method) => FAMILIES.flatMap((family) => rulesOf(method, family)));
    runIn(site.director, ['ipvsadm', '-R'], `${rules.join('\n')}\n`);
  });

  after(() => site.remove());

  function rulesOf(method: ForwardingMethod, family: Family): string[] {
    const { vips, servers } = SITE_GROUPS[method];
    const service = formatEndpoint(vips[family], 80);
    return [
      `-A -t ${service} -s rr`,
      ...servers.map(
        (server) => `-a -t ${service} -r ${formatEndpoint(server.addresses[family], server.port)} ${FLAG[method]}`,
      ),
    ];
  }

  for (const method of METHODS) {
    for (const family of FAMILIES) {
      test(`requests by ${method} over ${family} reach all three real servers in turn`, () => {
        const { vips, servers } = SITE_GROUPS[method];
        const url = `http://${formatEndpoint(vips[family], 80)}/`;
        const answers = runIn(site.client, [
          'curl',
          '-sS',
          '-m',
          '5',
          '-H',
          'Connection: close',
          ...Array(6).fill(url),
        ]);
        const names = servers.map((server) => server.name);
        assert.deepEqual(answers.trim().split('\n').sort(), [...names, ...names].sort());
      });
    }
  }

  test('a load of kept and short connections loses no request and is spread over all nine real servers', async () => {
    const urls = METHODS.flatMap((method) =>
      FAMILIES.map((family) => `http://${formatEndpoint(SITE_GROUPS[method].vips[family], 80)}/`),
    );
    const load = await startLoad({ netns: site.client, urls, keepAliveWorkers: 6, shortWorkers: 3 });
    await sleep(2000);
    const early = await load.snapshot();
    const totals = await load.stop();
    assert.deepEqual(totals.reasons, {});
    assert.equal(totals.failures, 0);
    assert.ok(early.requests > 50 && early.requests <= totals.requests, JSON.stringify({ early, totals }));
    assert.deepEqual(Object.keys(totals.answers).sort(), SITE_SERVERS.map((server) => server.name).sort());
    assert.ok(totals.connections < totals.requests, 'kept connections carry several requests');
  });

  test('a load counts the requests that fail, with the reason', async () => {
    const url = `http://${formatEndpoint(SITE_GROUPS.nat.vips.ipv4, 81)}/`;
    const load = await startLoad({ netns: site.client, urls: [url], keepAliveWorkers: 1, shortWorkers: 1 });
    await sleep(300);
    const totals = await load.stop();
    assert.equal(totals.failures, totals.requests);
    assert.ok(totals.failures > 0);
    assert.match(Object.keys(totals.reasons).join(), /^connect ECONNREFUSED 10\.1\.0\.101:81 at http/);
  });

  test('a connection in use survives a weight of 0, and new ones go elsewhere', async () => {
    const { vips, servers } = SITE_GROUPS.dr;
    const service = formatEndpoint(vips.ipv4, 80);
    const load = await startLoad({
      netns: site.client,
      urls: [`http://${service}/hold?ms=300`],
      keepAliveWorkers: 3,
      shortWorkers: 0,
    });
    await sleep(500);
    const first = formatEndpoint(servers[0]?.addresses.ipv4 ?? '', 80);
    runIn(site.director, ['ipvsadm', '-e', '-t', service, '-r', first, '-g', '-w', '0']);
    const before = await load.snapshot();
    await sleep(1000);
    const fresh = runIn(site.client, [
      'curl',
      '-sS',
      '-m',
      '5',
      '-H',
      'Connection: close',
      ...Array(4).fill(`http://${service}/`),
    ]);
    const totals = await load.stop();
    runIn(site.director, ['ipvsadm', '-e', '-t', service, '-r', first, '-g', '-w', '1']);
    assert.equal(totals.failures, 0);
    assert.equal(totals.connections, 3);
    assert.ok((totals.answers['dr-1'] ?? 0) > (before.answers['dr-1'] ?? 0), 'the kept connection goes on');
    assert.doesNotMatch(fresh, /dr-1/);
  });

  for (const { mode, outcome } of [
    { mode: 1, outcome: /^(?!.*dr-)/ },
    { mode: 3, outcome: /^dr-[23]\n$/ },
  ]) {
    test(`under DR a client's port that was used with a removed server ${mode === 3 ? 'works' : 'is dropped'} with conn_reuse_mode ${mode}`, () => {
      const { vips, servers } = SITE_GROUPS.dr;
      const service = formatEndpoint(vips.ipv4, 80);
      const first = formatEndpoint(servers[0]?.addresses.ipv4 ?? '', 80);
      const ask = `curl -s -m 3 -H 'Connection: close' --local-port ${40_000 + mode} http://${service}/`;
      // Whoever closes first, the client's port is free again at once.
      runIn(site.client, ['sh', '-c', 'echo 0 >/proc/sys/net/ipv4/tcp_max_tw_buckets']);
      runIn(site.director, ['ipvsadm', '-R'], othersAt(0));
      runIn(site.director, ['sh', '-c', `echo ${mode} >/proc/sys/net/ipv4/vs/conn_reuse_mode`]);
      assert.equal(runIn(site.client, ['sh', '-c', ask]), 'dr-1\n');
      runIn(site.director, ['ipvsadm', '-R'], `${othersAt(1)}-d -t ${service} -r ${first}\n`);
      const again = runIn(site.client, ['sh', '-c', `${ask} || true`]);
      runIn(site.director, ['ipvsadm', '-R'], `-a -t ${service} -r ${first} -g\n`);
      assert.match(again, outcome);
    });
  }

  /** Gives all DR servers but the first a weight. */
  function othersAt(weight: 0 | 1): string {
    const { vips, servers } = SITE_GROUPS.dr;
    const edit = (server: string) => `-e -t ${formatEndpoint(vips.ipv4, 80)} -r ${server} -g -w ${weight}\n`;
    return servers
      .slice(1)
      .map((server) => edit(formatEndpoint(server.addresses.ipv4, 80)))
      .join('');
  }
});
