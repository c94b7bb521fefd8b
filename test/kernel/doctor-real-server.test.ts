import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { type TestContext, test } from 'node:test';
import { until } from '../lab/until.ts';
import { patient, shell } from './patient.ts';

const SPEC = `version: 1
directors: { lb1: { address: 10.0.0.11, interface: eth0 } }
vrrp: { web: { virtual_router_id: 51, vips: [203.0.113.10/24, 203.0.113.20/24, 203.0.113.30/24, 10.0.0.1/24] } }
defaults: { check: none }
services:
  by-dr: { vip: 203.0.113.10, port: 80, forwarding: dr, servers: { rs: 10.0.0.21 } }
  by-tun: { vip: 203.0.113.20, port: 80, forwarding: tun, servers: { rs: 10.0.0.21 } }
  by-gue: { vip: 203.0.113.30, port: 80, forwarding: { tun: { type: gue, port: 6080 } }, servers: { rs: 10.0.0.21 } }
  by-nat: { vip: 203.0.113.10, port: 81, forwarding: nat, servers: { rs: { address: 10.0.0.21, port: 8081 } } }
`;

test('a real server that has nothing of what it needs has it all when it typed what it was told', async (t) => {
  const rs = patient(t);
  rs.host.write(SPEC);
  shell(`
    ip -n ${rs.netns} address add 10.0.0.21/24 dev eth0
    ip -n ${rs.netns} route add default via 10.0.0.254
    ip netns exec ${rs.netns} sysctl -qw net.ipv4.conf.all.rp_filter=1
    ip netns exec ${rs.netns} iptables-legacy -P INPUT DROP
    ip netns exec ${rs.netns} iptables-legacy -A INPUT -p tcp -j ACCEPT
  `);
  const look = () => rs.examine('--role', 'realserver');
  const bare = await look();
  assert.deepEqual(bare.document.host, { hostname: 'lb1', role: 'realserver', names: ['rs'], netns: rs.netns });
  assert.deepEqual(count(bare.ids), {
    ...{ DOC501: 3, DOC502: 1, DOC503: 1, DOC504: 2 },
    ...{ DOC507: 4, DOC506: 1, DOC509: 2 },
  });
  bare.typeFixes();
  await serve(t, rs.netns, [80, 8081]);
  const better = await look();
  assert.deepEqual(
    better.document.findings.map(({ rule }) => rule),
    ['DOC505', 'DOC508'],
    'the tunnel has a device now, and the route is one to stay',
  );
  better.typeFixes();
  assert.deepEqual((await look()).document.findings, []);
});

function count(ids: readonly string[]): Record<string, number> {
  return Object.fromEntries([...Map.groupBy(ids, (id) => id)].map(([id, same]) => [id, same.length]));
}

async function serve(t: TestContext, netns: string, ports: readonly number[]): Promise<void> {
  for (const port of ports) {
    const args = ['netns', 'exec', netns, 'busybox', 'httpd', '-f', '-p', String(port), '-h', '/var/lib'];
    const child = spawn('ip', args, { stdio: 'ignore' });
    t.after(() => child.kill('SIGKILL'));
  }
  await until(() => ports.every((port) => shell(`ip netns exec ${netns} ss -Hnlt`).includes(`:${port} `)));
}
