import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkTargets } from '../../src/health/target.ts';
import { loadText } from '../spec/load-text.ts';

test('checked are the real servers of our own services that have a check, as they are in the kernel', () => {
  const { services } = loadText(`version: 1
defaults: { forwarding: nat, check: { tcp: {} } }
services:
  web: { vip: 203.0.113.1, port: 80, servers: { a: { address: 10.0.0.1, port: 8080, weight: 3 }, b: { address: 10.0.0.2, check: none } } }
  theirs: { vip: 203.0.113.2, port: 80, owner: keepalived, servers: { c: 10.0.0.3 } }
  mark: { fwmark: 7, forwarding: dr, servers: { d: "fd00::4" } }
`).desired;
  const targets = checkTargets(services);
  assert.deepEqual(targets[0]?.server, {
    service: { kind: 'address', family: 'ipv4', protocol: 'tcp', vip: '203.0.113.1', port: 80 },
    server: { family: 'ipv4', address: '10.0.0.1', port: 8080 },
    serviceName: 'web',
    serverName: 'a',
    weight: 3,
  });
  assert.deepEqual(
    targets.map(({ server, check }) => [server.serviceName, server.serverName, check.checks[0]?.probe.kind]),
    [
      ['web', 'a', 'tcp'],
      ['mark', 'd', 'tcp'],
    ],
  );
});

test('each begins with what the kernel says of it; of a service that is empty there, nobody knows', () => {
  const { services } = loadText(`version: 1
defaults: { forwarding: nat, check: { tcp: {} } }
services:
  web: { vip: 203.0.113.1, port: 80, servers: { a: 10.0.0.1, b: 10.0.0.2, c: 10.0.0.3 } }
  new: { vip: 203.0.113.2, port: 80, servers: { d: 10.0.0.4 } }
`).desired;
  const web = services.find(({ name }) => name === 'web');
  const [a, b] = web?.servers ?? [];
  assert.ok(web && a && b);
  const live = { services: [{ ...web, servers: [a, { ...b, weight: 0 }] }] };
  const seen = checkTargets(services, live).map((target) => `${target.server.serverName} ${target.seen}`);
  assert.deepEqual(seen, ['a up', 'b down', 'c down', 'd null']);
});
