import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findRealServer } from '../../src/needs/real-server-hosts.ts';
import { type RealServerNeeds, realServerNeeds } from '../../src/needs/real-server-needs.ts';
import { linkOptions } from '../../src/needs/tunnels.ts';
import { desiredOf } from './spec.ts';

const QUIET = ['net.ipv4.conf.all.arp_ignore = 1', 'net.ipv4.conf.all.arp_announce = 2'];

/** The needs of the host that has 10.0.0.21, or else fd00::21, one line each, without the advice. */
function needsOf(services: string, markVips: readonly string[] = []): string[] {
  const desired = desiredOf(`services:\n${services}`);
  const found = [findRealServer(desired, '10.0.0.21'), findRealServer(desired, 'fd00::21')];
  const host = found.flatMap((each) => (each.kind === 'found' ? [each.host] : []))[0];
  assert.ok(host);
  const vips = markVips.map((text) => ({ family: text.includes(':') ? 'ipv6' : 'ipv4', text }) as const);
  return linesOf(realServerNeeds(desired, host, vips));
}

function linesOf({ sysctls, receivePorts, devices, deviceSysctls, addresses, clashes }: RealServerNeeds): string[] {
  return [
    ...sysctls.map(({ name, value }) => `${name} = ${value}`),
    ...receivePorts.map(({ family, port }) => `gue ${family} ${port}`),
    ...devices.map((device) => `${device.name}: ${linkOptions(device).join(' ')}`),
    ...deviceSysctls.map(({ name, value }) => `${name} = ${value}`),
    ...addresses.map(({ address, prefixLength, device }) => `${address}/${prefixLength} on ${device}`),
    ...clashes,
  ];
}

const at = (vip: string, forwarding: string, server = '10.0.0.21') =>
  `{ vip: "${vip}", port: 80, forwarding: ${forwarding}, servers: { a: "${server}" } }`;
const tun = (options: string) => `{ tun: { ${options} } }`;

const TABLE: readonly (readonly [
  claim: string,
  services: string,
  needs: readonly string[],
  markVips?: readonly string[],
])[] = [
  ['nat needs nothing of the host', `  a: ${at('192.0.2.1', 'nat')}`, []],
  ['dr needs the VIP on lo, and silence about it', `  a: ${at('192.0.2.1', 'dr')}`, [...QUIET, '192.0.2.1/32 on lo']],
  [
    'dr by IPv6 needs no silence: neighbour discovery is strict',
    `  a: ${at('fd00:9::1', 'dr', 'fd00::21')}`,
    ['fd00:9::1/128 on lo'],
  ],
  [
    'services of one VIP need it once, and every VIP is held',
    `  a: ${at('192.0.2.2', 'dr')}\n  b: ${at('192.0.2.2', 'dr').replace('80', '443')}\n  c: ${at('192.0.2.1', 'dr')}`,
    [...QUIET, '192.0.2.1/32 on lo', '192.0.2.2/32 on lo'],
  ],
  [
    'a tunnel needs a device for its own address, with a loose filter, and the VIP on it',
    `  a: ${at('192.0.2.1', 'tun')}`,
    [...QUIET, 'lvs-ipip: ipip local 10.0.0.21', 'net.ipv4.conf.lvs-ipip.rp_filter = 2', '192.0.2.1/32 on lvs-ipip'],
  ],
  [
    'IPv6 in IPv6 has no filter to loosen',
    `  a: ${at('fd00:9::1', 'tun', 'fd00::21')}`,
    ['lvs-ip6tnl: ip6tnl mode any local fd00::21', 'fd00:9::1/128 on lvs-ip6tnl'],
  ],
  [
    'IPv6 in IPv4 comes out of a sit device',
    `  a: ${at('fd00:9::1', 'tun')}`,
    ['lvs-sit: sit local 10.0.0.21', 'fd00:9::1/128 on lvs-sit'],
  ],
  [
    'IPv4 in IPv6 comes out of the same device as IPv6 in IPv6',
    `  a: ${at('192.0.2.1', 'tun', 'fd00::21')}\n  b: ${at('fd00:9::1', 'tun', 'fd00::21')}`,
    [
      ...QUIET,
      'lvs-ip6tnl: ip6tnl mode any local fd00::21',
      'net.ipv4.conf.lvs-ip6tnl.rp_filter = 2',
      '192.0.2.1/32 on lvs-ip6tnl',
      'fd00:9::1/128 on lvs-ip6tnl',
    ],
  ],
  [
    'gue needs a port for each family, and a device as for ipip',
    `  a: ${at('192.0.2.1', tun('type: gue, port: 6080'))}\n  b: ${at('192.0.2.2', tun('type: gue, port: 6079, checksum: csum'))}\n` +
      `  c: ${at('192.0.2.3', tun('type: gue, port: 6080, checksum: remcsum'))}`,
    [
      ...QUIET,
      'gue ipv4 6079',
      'gue ipv4 6080',
      'lvs-ipip: ipip local 10.0.0.21',
      'net.ipv4.conf.lvs-ipip.rp_filter = 2',
      '192.0.2.1/32 on lvs-ipip',
      '192.0.2.2/32 on lvs-ipip',
      '192.0.2.3/32 on lvs-ipip',
    ],
  ],
  [
    'gre carries both families',
    `  a: ${at('192.0.2.1', tun('type: gre'))}\n  b: ${at('fd00:9::1', tun('type: gre'))}`,
    [
      ...QUIET,
      'lvs-gre: gre local 10.0.0.21',
      'net.ipv4.conf.lvs-gre.rp_filter = 2',
      '192.0.2.1/32 on lvs-gre',
      'fd00:9::1/128 on lvs-gre',
    ],
  ],
  [
    'a GRE checksum is asked for at the device, which drops what has none',
    `  a: ${at('fd00:9::1', tun('type: gre, checksum: csum'), 'fd00::21')}`,
    ['lvs-ip6gre: ip6gre local fd00::21 icsum', 'fd00:9::1/128 on lvs-ip6gre'],
  ],
  [
    'gre with and without a checksum to one address is more than a kernel can do',
    `  a: ${at('192.0.2.1', tun('type: gre'))}\n  b: ${at('192.0.2.2', tun('type: gre, checksum: csum'))}`,
    [
      ...QUIET,
      'lvs-gre: gre local 10.0.0.21',
      'lvs-gre-2: gre local 10.0.0.21 icsum',
      'net.ipv4.conf.lvs-gre.rp_filter = 2',
      'net.ipv4.conf.lvs-gre-2.rp_filter = 2',
      '192.0.2.1/32 on lvs-gre',
      '192.0.2.2/32 on lvs-gre-2',
      '10.0.0.21 is reached by gre with a checksum (b) and without one (a)',
    ],
  ],
  [
    'one VIP by dr and by a tunnel is held on both devices',
    `  a: ${at('192.0.2.1', 'dr')}\n  b: ${at('192.0.2.1', 'tun').replace('80', '443')}`,
    [
      ...QUIET,
      'lvs-ipip: ipip local 10.0.0.21',
      'net.ipv4.conf.lvs-ipip.rp_filter = 2',
      '192.0.2.1/32 on lo',
      '192.0.2.1/32 on lvs-ipip',
    ],
  ],
  [
    'a sorry server is a real server as well',
    '  a: { vip: 192.0.2.1, port: 80, forwarding: dr, servers: { a: 10.0.0.22 }, sorry_server: 10.0.0.21 }',
    [...QUIET, '192.0.2.1/32 on lo'],
  ],
  [
    'the addresses of a firewall mark are not known',
    '  a: { fwmark: 7, forwarding: dr, servers: { a: 10.0.0.21 } }',
    [],
  ],
  [
    'unless somebody names them, of whom those of its family count',
    '  a: { fwmark: 7, forwarding: dr, servers: { a: 10.0.0.21 } }',
    [...QUIET, '192.0.2.7/32 on lo'],
    ['192.0.2.7', 'fd00:9::7'],
  ],
];

for (const [claim, services, needs, markVips] of TABLE)
  test(claim, () => assert.deepEqual(needsOf(services, markVips), needs));

test('two addresses of a host by one kind of tunnel are two devices', () => {
  const desired = desiredOf(
    `services:\n  a: ${at('192.0.2.1', 'tun')}\n  b: ${at('192.0.2.2', 'tun', 'fd00::21')}\n  c: ${at('192.0.2.3', 'tun')}`,
  );
  const host = findRealServer(desired, 'a');
  assert.ok(host.kind === 'found');
  const { devices } = realServerNeeds(desired, host.host);
  assert.deepEqual(
    devices.map(({ name, local }) => `${name} ${local}`),
    ['lvs-ipip 10.0.0.21', 'lvs-ip6tnl fd00::21'],
  );
});
