import assert from 'node:assert/strict';
import { test } from 'node:test';
import { operationArguments } from '../../src/ipvsadm/argv.ts';
import type { Forwarding, RealServer, ServiceAddress, ServiceAttributes } from '../../src/model/table.ts';
import type { Operation } from '../../src/plan/plan.ts';

const web: ServiceAddress = { kind: 'address', family: 'ipv4', protocol: 'tcp', vip: '192.0.2.1', port: 80 };
const plain: ServiceAttributes = {
  scheduler: 'wlc',
  schedulerFlags: [],
  persistence: null,
  persistenceEngine: null,
  onePacket: false,
};

function server(forwarding: Forwarding, more: Partial<RealServer> = {}): RealServer {
  const thresholds = { upperThreshold: 0, lowerThreshold: 0 };
  return { family: 'ipv4', address: '10.0.0.1', port: 80, forwarding, weight: 1, ...thresholds, ...more };
}

const mark = (family: 'ipv4' | 'ipv6', value: number): ServiceAddress => ({ kind: 'fwmark', family, mark: value });
const v6 = (text: string) => ({ family: 'ipv6', address: text }) as const;

const TABLE: readonly (readonly [claim: string, operation: Operation, line: string])[] = [
  [
    'a plain service names its scheduler',
    { op: 'add-service', service: web, attributes: plain },
    '-A -t 192.0.2.1:80 -s wlc',
  ],
  [
    'an edit of a service carries every attribute, since -E resets what it is not told',
    {
      op: 'edit-service',
      service: { ...web, protocol: 'udp' },
      attributes: {
        scheduler: 'sh',
        schedulerFlags: ['sh-fallback', 'sh-port'],
        persistence: { timeoutSeconds: 300, netmask: '255.255.255.255' },
        persistenceEngine: 'sip',
        onePacket: true,
      },
    },
    '-E -u 192.0.2.1:80 -s sh -p 300 -M 255.255.255.255 --pe sip -o -b sh-fallback,sh-port',
  ],
  [
    'the mask stands after the address, which would reset it',
    {
      op: 'add-service',
      service: { ...web, family: 'ipv6', vip: '2001:db8::1', protocol: 'sctp' },
      attributes: { ...plain, persistence: { timeoutSeconds: 1, netmask: 64 } },
    },
    '-A --sctp-service [2001:db8::1]:80 -s wlc -p 1 -M 64',
  ],
  [
    'ipvsctl-fwmark-4294967295: a mark is written without a sign',
    { op: 'add-service', service: mark('ipv4', 4294967295), attributes: plain },
    '-A -f 4294967295 -s wlc',
  ],
  [
    '-6 follows the mark, and -M follows -6, which would reset it',
    {
      op: 'add-service',
      service: mark('ipv6', 7),
      attributes: { ...plain, persistence: { timeoutSeconds: 5, netmask: 96 } },
    },
    '-A -f 7 -6 -s wlc -p 5 -M 96',
  ],
  ['a service is deleted by its name alone', { op: 'delete-service', service: mark('ipv6', 7) }, '-D -f 7 -6'],
  [
    'a NAT server has its own port',
    { op: 'add-server', service: web, server: server({ method: 'nat' }, { port: 8080 }) },
    '-a -t 192.0.2.1:80 -r 10.0.0.1:8080 -m -w 1 -x 0 -y 0',
  ],
  [
    'ravel-forward-change-in-place: an edit of a server carries every attribute, weight 0 included',
    {
      op: 'edit-server',
      service: web,
      server: server({ method: 'dr' }, { weight: 0, upperThreshold: 9, lowerThreshold: 4 }),
    },
    '-e -t 192.0.2.1:80 -r 10.0.0.1:80 -g -w 0 -x 9 -y 4',
  ],
  [
    'an IPv6 server of an IPv4 service by IPIP',
    { op: 'add-server', service: web, server: server({ method: 'tun', tunnel: { type: 'ipip' } }, v6('fd00::6')) },
    '-a -t 192.0.2.1:80 -r [fd00::6]:80 -i --tun-type ipip -w 1 -x 0 -y 0',
  ],
  [
    'a GUE tunnel with its port and checksum',
    {
      op: 'add-server',
      service: web,
      server: server({ method: 'tun', tunnel: { type: 'gue', port: 6080, checksum: 'remcsum' } }),
    },
    '-a -t 192.0.2.1:80 -r 10.0.0.1:80 -i --tun-type gue --tun-port 6080 --tun-remcsum -w 1 -x 0 -y 0',
  ],
  [
    'a GRE tunnel with its checksum',
    { op: 'add-server', service: web, server: server({ method: 'tun', tunnel: { type: 'gre', checksum: 'nocsum' } }) },
    '-a -t 192.0.2.1:80 -r 10.0.0.1:80 -i --tun-type gre --tun-nocsum -w 1 -x 0 -y 0',
  ],
  [
    'ravel-masq-delete: a server is deleted without a forwarding letter',
    { op: 'delete-server', service: mark('ipv4', 7), server: { family: 'ipv4', address: '10.0.0.1', port: 0 } },
    '-d -f 7 -r 10.0.0.1:0',
  ],
  ['a time-out that is not given stays as it is', { op: 'set-timeouts', timeouts: { udp: 60 } }, '--set 0 0 60'],
  [
    'a sync daemon is started with all it can be told',
    {
      op: 'start-daemon',
      daemon: {
        ...{ role: 'master', interface: 'eth0', syncId: 5, maxLength: 1400 },
        ...{ group: '224.0.0.81', port: 8848, ttl: 1 },
      },
    },
    '--start-daemon master --mcast-interface eth0 --syncid 5 --sync-maxlen 1400 --mcast-group 224.0.0.81 --mcast-port 8848 --mcast-ttl 1',
  ],
  [
    'a sync daemon is stopped by role and id',
    { op: 'stop-daemon', role: 'backup', syncId: 5 },
    '--stop-daemon backup --syncid 5',
  ],
];

for (const [claim, operation, line] of TABLE) {
  test(claim, () => assert.deepEqual(operationArguments(operation), line.split(' ')));
}
