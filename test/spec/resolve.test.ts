import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DesiredServer, DesiredService } from '../../src/model/desired.ts';
import { loadText } from './load-text.ts';

function serviceOf(text: string): DesiredService {
  const service = loadText(`version: 1\n${text}`).desired.services[0];
  assert.ok(service);
  return service;
}

function serverOf(text: string): DesiredServer {
  const server = serviceOf(text).servers[0];
  assert.ok(server);
  return server;
}

const MINIMAL = 'services:\n  a: { vip: 192.0.2.1, port: 80, forwarding: nat, servers: { b: 10.0.0.1 } }\n';

test('what a spec does not say has the default of its tool', () => {
  const { scheduler, schedulerFlags, persistence, persistenceEngine, onePacket, owner, drainSeconds, address } =
    serviceOf(MINIMAL);
  assert.deepEqual(address, { kind: 'address', family: 'ipv4', protocol: 'tcp', vip: '192.0.2.1', port: 80 });
  assert.deepEqual(
    { scheduler, schedulerFlags, persistence, persistenceEngine, onePacket, owner, drainSeconds },
    {
      scheduler: 'wlc',
      schedulerFlags: [],
      persistence: null,
      persistenceEngine: null,
      onePacket: false,
      owner: 'lvsctl',
      drainSeconds: 300,
    },
  );
  const { weight, upperThreshold, lowerThreshold, port } = serverOf(MINIMAL);
  assert.deepEqual(
    { weight, upperThreshold, lowerThreshold, port },
    { weight: 1, upperThreshold: 0, lowerThreshold: 0, port: 80 },
  );
});

test('a service knows the pool that its servers come from, and a list of its own is none', () => {
  const pools =
    'pools: { web: { b: 10.0.0.1 } }\nservices: { a: { vip: 192.0.2.1, port: 80, forwarding: nat, pool: web } }\n';
  const { pool, servers } = serviceOf(pools);
  assert.deepEqual([pool, servers.length], ['web', 1]);
  assert.equal(serviceOf(MINIMAL).pool, null);
});

const SERVERS: readonly (readonly [title: string, service: string, seen: Partial<DesiredServer>])[] = [
  [
    'a NAT server keeps its own port',
    '{ vip: 192.0.2.1, port: 80, forwarding: nat, servers: { b: { address: 10.0.0.1, port: 8080 } } }',
    { port: 8080 },
  ],
  [
    'a DR server has the port of the service',
    '{ vip: 192.0.2.1, port: 80, forwarding: dr, servers: { b: { address: 10.0.0.1, port: 8080 } } }',
    { port: 80 },
  ],
  [
    'a TUN server has the port of the service',
    '{ vip: 192.0.2.1, port: 80, forwarding: tun, servers: { b: { address: 10.0.0.1, port: 8080 } } }',
    { port: 80 },
  ],
  [
    'a server of a mark keeps its port',
    '{ fwmark: 7, forwarding: dr, servers: { b: { address: 10.0.0.1, port: 8080 } } }',
    { port: 8080 },
  ],
  [
    'a server of a mark without a port has port 0',
    '{ fwmark: 7, forwarding: nat, servers: { b: 10.0.0.1 } }',
    { port: 0 },
  ],
  ['weight 0 is a weight', '{ fwmark: 7, weight: 5, servers: { b: { address: 10.0.0.1, weight: 0 } } }', { weight: 0 }],
  ['a server takes the weight of its service', '{ fwmark: 7, weight: 5, servers: { b: 10.0.0.1 } }', { weight: 5 }],
  [
    'the largest weight',
    '{ fwmark: 7, servers: { b: { address: 10.0.0.1, weight: 2147483647 } } }',
    { weight: 2147483647 },
  ],
  [
    'an IPv6 server is canonical',
    '{ fwmark: 7, servers: { b: 2001:DB8:0::01 } }',
    { address: '2001:db8::1', family: 'ipv6' },
  ],
  [
    'a plain tunnel is ipip',
    '{ fwmark: 7, forwarding: tun, servers: { b: 10.0.0.1 } }',
    { forwarding: { method: 'tun', tunnel: { type: 'ipip' } } },
  ],
  [
    'a gue tunnel',
    '{ fwmark: 7, forwarding: { tun: { type: gue, port: 6080, checksum: remcsum } }, servers: { b: 10.0.0.1 } }',
    { forwarding: { method: 'tun', tunnel: { type: 'gue', port: 6080, checksum: 'remcsum' } } },
  ],
  [
    'a gre tunnel',
    '{ fwmark: 7, forwarding: { tun: { type: gre } }, servers: { b: 10.0.0.1 } }',
    { forwarding: { method: 'tun', tunnel: { type: 'gre', checksum: 'nocsum' } } },
  ],
  [
    'thresholds',
    '{ fwmark: 7, upper_threshold: 9, servers: { b: { address: 10.0.0.1, lower_threshold: 3 } } }',
    { upperThreshold: 9, lowerThreshold: 3 },
  ],
];

for (const [title, service, seen] of SERVERS)
  test(`server: ${title}`, () => {
    assert.partialDeepStrictEqual(serverOf(`services:\n  a: ${service}\n`), seen);
  });

const SERVICES: readonly (readonly [title: string, service: string, seen: Partial<DesiredService>])[] = [
  ['a mark of 2^32 - 1', '{ fwmark: 4294967295 }', { address: { kind: 'fwmark', family: 'ipv4', mark: 4294967295 } }],
  ['a mark in hex', '{ fwmark: 0x10, family: ipv6 }', { address: { kind: 'fwmark', family: 'ipv6', mark: 16 } }],
  [
    'persistence without a number is 6 minutes',
    '{ fwmark: 7, persistence: {} }',
    { persistence: { timeoutSeconds: 360, netmask: '255.255.255.255' } },
  ],
  [
    'persistence of IPv6',
    '{ fwmark: 7, family: ipv6, persistence: { netmask: 64, timeout: 1h } }',
    { persistence: { timeoutSeconds: 3600, netmask: 64 } },
  ],
  [
    'persistence of every IPv6 client',
    '{ fwmark: 7, family: ipv6, persistence: {} }',
    { persistence: { timeoutSeconds: 360, netmask: 128 } },
  ],
  [
    'flags are sorted, once each',
    '{ fwmark: 7, scheduler: sh, scheduler_flags: [sh-port, sh-fallback, sh-port] }',
    { schedulerFlags: ['sh-fallback', 'sh-port'] },
  ],
  [
    'flags by number get the name ipvsadm prints',
    '{ fwmark: 7, scheduler: mh, scheduler_flags: [flag-2, mh-port, flag-1] }',
    { schedulerFlags: ['mh-fallback', 'mh-port'] },
  ],
  [
    'flags by number stay with other schedulers',
    '{ fwmark: 7, scheduler: rr, scheduler_flags: [flag-1] }',
    { schedulerFlags: ['flag-1'] },
  ],
  [
    'the sip engine',
    '{ vip: 192.0.2.1, port: 5060, protocol: udp, persistence: { engine: sip } }',
    { persistenceEngine: 'sip' },
  ],
  ['no drain', '{ fwmark: 7, drain: 0 }', { drainSeconds: 0 }],
  ['an owner', '{ fwmark: 7, owner: keepalived }', { owner: 'keepalived' }],
];

for (const [title, service, seen] of SERVICES)
  test(`service: ${title}`, () => {
    assert.partialDeepStrictEqual(serviceOf(`services:\n  a: ${service}\n`), seen);
  });

test('a value that is written elsewhere points there', () => {
  const service = serviceOf(
    `defaults:\n  forwarding: dr\n  scheduler: rr\nservices:\n  a:\n    fwmark: 7\n    weight: 3\n    servers:\n      b: { address: 10.0.0.1, lower_threshold: 0 }\n`,
  );
  assert.deepEqual(service.origin, { file: 'test.lvs.yaml', line: 6, column: 3 });
  assert.deepEqual(service.fieldOrigins, { scheduler: { file: 'test.lvs.yaml', line: 4, column: 3 } });
  const [server] = service.servers;
  assert.deepEqual(server?.origin, { file: 'test.lvs.yaml', line: 10, column: 7 });
  assert.deepEqual(server?.fieldOrigins, {
    forwarding: { file: 'test.lvs.yaml', line: 3, column: 3 },
    weight: { file: 'test.lvs.yaml', line: 8, column: 5 },
    lowerThreshold: { file: 'test.lvs.yaml', line: 10, column: 31 },
  });
});

test('services are sorted by address and port, servers by address', () => {
  const { services } = loadText(
    'version: 1\nservices:\n  c: { fwmark: 1 }\n  b: { vip: 192.0.2.10, port: 80, servers: { y: 10.0.0.10, x: 10.0.0.9 } }\n  a: { vip: 192.0.2.9, port: 443 }\n',
  ).desired;
  assert.deepEqual(
    services.map(({ name }) => name),
    ['a', 'b', 'c'],
  );
  assert.deepEqual(
    services[1]?.servers.map(({ name }) => name),
    ['x', 'y'],
  );
});

test('timeouts, guards and identity of the spec are carried over', () => {
  const { desired } = loadText(
    'version: 1\ncluster: edge\ngeneration: 7\ntimeouts: { tcp: 15m, udp: 30s }\nguards: { max_remove: 50% }\n',
  );
  assert.deepEqual(desired.timeouts, { tcp: 900, udp: 30 });
  assert.deepEqual(desired.guards, { maxRemove: 0.5, maxRemoveServices: 0.3 });
  assert.deepEqual([desired.cluster, desired.generation, desired.heldVips], ['edge', 7, null]);
});

test('VIPs held by VRRP are listed once, in canonical form', () => {
  const { desired } = loadText(
    'version: 1\nvrrp:\n  a: { virtual_router_id: 1, vips: [203.0.113.20/24, { address: 203.0.113.10/24 }], excluded_vips: ["2001:DB8::0:1/64"] }\n  b: { virtual_router_id: 2, vips: [203.0.113.10] }\n',
  );
  assert.deepEqual(desired.heldVips, ['2001:db8::1', '203.0.113.10', '203.0.113.20']);
});

const SYNC: readonly (readonly [role: string, daemons: readonly string[] | null])[] = [
  ['', ['master', 'backup']],
  [', role: both', ['master', 'backup']],
  [', role: master', ['master']],
  [', role: backup', ['backup']],
  [', role: vrrp, instance: web', null],
];

for (const [role, daemons] of SYNC)
  test(`connection_sync { interface: eth0${role} } starts ${daemons?.join(' and ') ?? 'nothing itself'}`, () => {
    const { desired } = loadText(`version: 1\nconnection_sync: { interface: eth0${role} }\n`);
    assert.deepEqual(desired.syncDaemons?.map((daemon) => daemon.role) ?? null, daemons);
    if (desired.syncDaemons !== null)
      assert.partialDeepStrictEqual(desired.syncDaemons[0], {
        syncId: 0,
        maxLength: 0,
        group: '224.0.0.81',
        port: 8848,
        ttl: 1,
      });
  });
