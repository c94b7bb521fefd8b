import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseSave } from '../../src/ipvsadm/parse-save.ts';
import { type RealServer, serverKey, serviceKey, type VirtualService } from '../../src/model/table.ts';

function onlyService(line: string): VirtualService {
  const { services, unread } = parseSave(`${line}\n`);
  assert.deepEqual(unread, []);
  return services[0] ?? assert.fail('no service');
}

function onlyServer(line: string): RealServer {
  const key = line.replace(/^-a (.*) -r .*$/, '$1');
  return onlyService(`-A ${key} -s wlc\n${line}`).servers[0] ?? assert.fail('no server');
}

const SERVICES: readonly (readonly [line: string, key: string, attributes: object])[] = [
  ['-A -t 192.0.2.1:80 -s wlc', 'tcp 192.0.2.1:80', { scheduler: 'wlc', persistence: null, onePacket: false }],
  ['-A -u 192.0.2.1:53 -s rr -o', 'udp 192.0.2.1:53', { scheduler: 'rr', onePacket: true }],
  [
    '-A -u 192.0.2.5:5063 -s rr -p 10 -o',
    'udp 192.0.2.5:5063',
    { onePacket: true, persistence: { timeoutSeconds: 10, netmask: '255.255.255.255' } },
  ],
  ['-A -u 192.0.2.5:5060 -s rr -p 100 --pe sip', 'udp 192.0.2.5:5060', { persistenceEngine: 'sip' }],
  ['-A -u 192.0.2.5:5061 -s rr --pe sip', 'udp 192.0.2.5:5061', { persistenceEngine: 'sip', persistence: null }],
  ['-A --sctp-service 192.0.2.1:99 -s wrr', 'sctp 192.0.2.1:99', { scheduler: 'wrr' }],
  [
    '-A -t 192.0.2.2:0 -s rr -p 600 -M 255.255.255.0',
    'tcp 192.0.2.2:0',
    { persistence: { timeoutSeconds: 600, netmask: '255.255.255.0' } },
  ],
  [
    '-A -t 192.0.2.2:81 -s rr -p 600 -M 255.0.255.0',
    'tcp 192.0.2.2:81',
    { persistence: { timeoutSeconds: 600, netmask: '255.0.255.0' } },
  ],
  [
    '-A -t [2001:db8::2]:80 -s rr -p 300 -M 64',
    'tcp [2001:db8::2]:80',
    { persistence: { timeoutSeconds: 300, netmask: 64 } },
  ],
  [
    '-A -t [2001:db8::2]:81 -s rr -p 300',
    'tcp [2001:db8::2]:81',
    { persistence: { timeoutSeconds: 300, netmask: 128 } },
  ],
  [
    '-A -t [2001:db8::1]:443 -s sh -b sh-fallback,sh-port',
    'tcp [2001:db8::1]:443',
    { schedulerFlags: ['sh-fallback', 'sh-port'] },
  ],
  ['-A -t [::1.2.3.4]:80 -s rr', 'tcp [::102:304]:80', {}],
  ['-A -t [::ffff:1.2.3.4]:80 -s rr', 'tcp [::ffff:102:304]:80', {}],
  ['-A -f 100 -6 -s mh', 'fwmark 100 ipv6', { scheduler: 'mh' }],
  ['-A -f -2147483648 -s rr -p 10', 'fwmark 2147483648', {}],
  ['-A -f -1 -s rr', 'fwmark 4294967295', {}],
  ['-A -f 4294967295 -s rr', 'fwmark 4294967295', {}],
  ['-A -t 192.0.2.1:80 -s mh -b flag-2,flag-1', 'tcp 192.0.2.1:80', { schedulerFlags: ['mh-fallback', 'mh-port'] }],
  ['-A -t 192.0.2.1:80 -s rr -b flag-1,flag-3', 'tcp 192.0.2.1:80', { schedulerFlags: ['flag-1', 'flag-3'] }],
];

for (const [line, key, attributes] of SERVICES) {
  test(`a service is read: ${line}`, () => {
    const service = onlyService(line);
    assert.equal(serviceKey(service.address), key);
    assert.deepEqual({ ...service, ...attributes }, service);
  });
}

const tun = (tunnel: object) => ({ forwarding: { method: 'tun', tunnel } });
const SERVERS: readonly (readonly [line: string, key: string, attributes: object])[] = [
  ['-a -t 192.0.2.1:80 -r 10.1.0.3:8080 -m -w 0', '10.1.0.3:8080', { weight: 0, forwarding: { method: 'nat' } }],
  ['-a -f 100 -6 -r [fd00::2]:0 -g -w 1', '[fd00::2]:0', { forwarding: { method: 'dr' } }],
  ['-a -t 192.0.2.1:80 -r [fd00::6]:80 -i -w 1 --tun-type ipip', '[fd00::6]:80', tun({ type: 'ipip' })],
  [
    '-a -t 192.0.2.1:80 -r 10.1.0.6:80 -i -w 1 --tun-type gue --tun-port 6080 --tun-nocsum',
    '10.1.0.6:80',
    tun({ type: 'gue', port: 6080, checksum: 'nocsum' }),
  ],
  [
    '-a -t 192.0.2.1:80 -r 10.1.0.10:80 -i -w 2147483647 --tun-type gre --tun-csum',
    '10.1.0.10:80',
    { ...tun({ type: 'gre', checksum: 'csum' }), weight: 2147483647 },
  ],
  ['-a -t 192.0.2.1:80 -r 10.1.0.3:80 -m -w 1 -x 10 -y 5', '10.1.0.3:80', { upperThreshold: 10, lowerThreshold: 5 }],
];

for (const [line, key, attributes] of SERVERS) {
  test(`a real server is read: ${line}`, () => {
    const server = onlyServer(line);
    assert.equal(serverKey(server), key);
    assert.deepEqual({ ...server, ...attributes }, server);
  });
}
