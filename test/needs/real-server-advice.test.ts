import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findRealServer } from '../../src/needs/real-server-hosts.ts';
import { realServerNeeds } from '../../src/needs/real-server-needs.ts';
import { desiredOf } from './spec.ts';

function adviceOf(lines: string): readonly string[] {
  const desired = desiredOf(lines);
  const found = findRealServer(desired, 'a');
  assert.ok(found.kind === 'found');
  return realServerNeeds(desired, found.host).advice;
}

const service = (forwarding: string, more = '') =>
  `services: { web: { vip: 192.0.2.1, port: 80, forwarding: ${forwarding}, servers: { a: { address: 10.0.0.21${more} } } } }\n`;
const LB = 'directors: { lb1: { address: 10.0.0.2, interface: eth0 } }\n';
const held = (...vips: readonly string[]) => `${LB}vrrp: { v: { virtual_router_id: 5, vips: [${vips.join(', ')}] } }\n`;

const TABLE: readonly (readonly [claim: string, lines: string, advice: RegExp])[] = [
  ['programs listen at the VIP by dr', service('dr'), /listen at tcp 192\.0\.2\.1:80, or/],
  ['and at the port of the real server by nat', service('nat', ', port: 8080'), /listen at tcp 10\.0\.0\.21:8080, or/],
  [
    'or at every port',
    service('dr').replace('port: 80', 'port: 0, persistence: {}'),
    /listen at tcp 192\.0\.2\.1 on every port/,
  ],
  ['dr wants one network', service('dr'), /must be in one network with the director/],
  [
    'the gateway of nat is the VIP that a director holds in its network',
    held('192.0.2.1/24', '10.0.0.1/24') + service('nat'),
    /clients is 10\.0\.0\.1\./,
  ],
  [
    'not one that is alone in its network',
    held('10.0.0.1') + service('nat'),
    /clients is the address that the director has/,
  ],
  ['nor one of another network', held('10.1.0.1/16') + service('nat'), /clients is the address that the director has/],
  [
    'the VIP of the service itself, where there is no other',
    held('10.0.0.9/24') + service('nat').replace('192.0.2.1', '10.0.0.9'),
    /clients is 10\.0\.0\.9\./,
  ],
  [
    'but another one before it',
    held('10.0.0.9/24', '10.0.0.7/24') + service('nat').replace('192.0.2.1', '10.0.0.9'),
    /clients is 10\.0\.0\.7\./,
  ],
  ['a firewall lets in ipip', LB + service('tun'), /must let in IP protocol 4 from lb1 \(10\.0\.0\.2\)\./],
  ['IPv6 in IPv4', service('tun').replace('192.0.2.1', '"fd00:9::1"'), /let in IP protocol 41 from the directors/],
  ['gre', service('{ tun: { type: gre } }'), /let in IP protocol 47 /],
  ['and gue', service('{ tun: { type: gue, port: 6080 } }'), /let in UDP port 6080 /],
  [
    'the addresses of a mark must be named',
    'services: { web: { fwmark: 7, forwarding: dr, servers: { a: 10.0.0.21 } } }',
    /web is a firewall mark, .* --vip/,
  ],
  [
    'a director that serves is told so',
    LB + service('dr').replace('10.0.0.21', '10.0.0.2'),
    /This host is the director lb1 too/,
  ],
];

for (const [claim, lines, advice] of TABLE) test(claim, () => assert.match(adviceOf(lines).join('\n'), advice));

const BUDGETS: readonly (readonly [forwarding: string, vip: string, server: string, bytes: number, mss: number])[] = [
  ['tun', '192.0.2.1', '10.0.0.21', 20, 1440],
  ['tun', 'fd00:9::1', 'fd00::21', 40, 1400],
  ['tun', 'fd00:9::1', '10.0.0.21', 20, 1420],
  ['tun', '192.0.2.1', 'fd00::21', 40, 1420],
  ['{ tun: { type: gre } }', '192.0.2.1', '10.0.0.21', 24, 1436],
  ['{ tun: { type: gre, checksum: csum } }', '192.0.2.1', '10.0.0.21', 28, 1432],
  ['{ tun: { type: gue, port: 6080 } }', '192.0.2.1', '10.0.0.21', 32, 1428],
  ['{ tun: { type: gue, port: 6080, checksum: remcsum } }', 'fd00:9::1', 'fd00::21', 60, 1380],
];

for (const [forwarding, vip, server, bytes, mss] of BUDGETS)
  test(`${forwarding} of ${vip} to ${server} adds ${bytes} bytes`, () => {
    const lines = `services: { web: { vip: "${vip}", port: 80, forwarding: ${forwarding}, servers: { a: "${server}" } } }`;
    assert.match(adviceOf(lines).join('\n'), new RegExp(`adds ${bytes} bytes: .* segments of ${mss} bytes`));
  });

test('datagrams have a length, and no segments', () => {
  const advice = adviceOf(service('tun').replace('port: 80', 'protocol: udp, port: 80')).join('\n');
  assert.match(advice, /clients can send packets of 1480 bytes/);
  assert.doesNotMatch(advice, /advmss/);
});

test('nothing is said twice, however many services a host has', () => {
  const two = service('tun').replace(
    'services: { ',
    `services: { other: { vip: 192.0.2.9, port: 80, forwarding: tun, servers: { a: 10.0.0.21 } }, `,
  );
  const advice = adviceOf(two);
  assert.equal(new Set(advice).size, advice.length);
});
