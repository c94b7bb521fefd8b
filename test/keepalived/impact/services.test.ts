import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ImpactContext } from '../../../src/keepalived/impact/context.ts';
import { CONTEXT, impactRows, impacts, server, service } from './reload.ts';

const WEB = service();
const TCP = 'protocol TCP';
const NEWER: ImpactContext = { ...CONTEXT, version: '2.3.0' };

function group(...entries: readonly string[]): string {
  return `virtual_server_group g {\n    ${entries.join('\n    ')}\n}\n`;
}

const ROWS: readonly (readonly [
  title: string,
  before: string,
  after: string,
  rows: readonly string[],
  ImpactContext?,
])[] = [
  ['a service that goes', WEB, '', ['disruptive service-removed tcp 203.0.113.10:80']],
  ['a new service', '', WEB, []],
  ['another port', WEB, service('203.0.113.10 81'), ['disruptive service-removed tcp 203.0.113.10:80']],
  ['another protocol', WEB, WEB.replace('TCP', 'UDP'), ['disruptive service-removed tcp 203.0.113.10:80']],
  ['no protocol, which is UDP', WEB.replace('TCP', 'UDP'), WEB.replace('protocol TCP\n', ''), []],
  ['another spelling of the address', service('2001:db8::1 80'), service('2001:DB8:0::1 80'), []],
  [
    'a fwmark that goes',
    service('fwmark 7', { lines: ['ip_family inet'] }),
    '',
    ['disruptive service-removed fwmark 7'],
  ],
  [
    'a fwmark of IPv6 that goes',
    service('fwmark 7', { lines: ['ip_family inet6'] }),
    '',
    ['disruptive service-removed fwmark 7 ipv6'],
  ],
  [
    'a protocol for a fwmark, which has none',
    service('fwmark 7', { lines: ['ip_family inet'] }),
    service('fwmark 7', { lines: ['protocol TCP'] }),
    [],
  ],
  [
    'another scheduler, flags, persistence',
    WEB,
    WEB.replace('lb_algo rr', 'lb_algo sh\nsh-port\npersistence_timeout 50'),
    [],
  ],
  ['a service twice', WEB, WEB + WEB, ['disruptive service-duplicate tcp 203.0.113.10:80']],
  ['a service no longer twice', WEB + WEB, WEB, []],
  ['a service still twice', WEB + WEB, WEB + WEB, []],
  [
    'a group under another name',
    group('10.0.0.1 80') + service('group g'),
    (group('10.0.0.1 80') + service('group g')).replaceAll(/\bg\b/g, 'h'),
    ['disruptive service-removed group g'],
  ],
  [
    'an entry of a group that goes',
    group('10.0.0.1 80', '10.0.0.2 80') + service('group g'),
    group('10.0.0.2 80', '10.0.0.3 80') + service('group g'),
    ['disruptive service-removed group g'],
  ],
  [
    'the second service of a group that goes',
    group('10.0.0.1 80') + service('group g') + service('group g'),
    group('10.0.0.1 80') + service('group g'),
    ['disruptive service-removed group g (2)'],
  ],
  [
    'another sorry server',
    WEB.replace(TCP, `${TCP}\nsorry_server 10.0.0.98 80`),
    WEB.replace(TCP, `${TCP}\nsorry_server 10.0.0.99 80`),
    ['note sorry-server-changed tcp 203.0.113.10:80'],
  ],
  [
    'no sorry server any more',
    WEB.replace(TCP, `${TCP}\nsorry_server 10.0.0.98 80`),
    WEB,
    ['note sorry-server-changed tcp 203.0.113.10:80'],
  ],
  [
    'another sorry server, newer',
    WEB.replace(TCP, `${TCP}\nsorry_server 10.0.0.98 80`),
    WEB.replace(TCP, `${TCP}\nsorry_server 10.0.0.99 80`),
    [],
    NEWER,
  ],
  ['a first sorry server', WEB, WEB.replace(TCP, `${TCP}\nsorry_server 10.0.0.98 80`), []],
];

for (const [title, before, after, rows, context] of ROWS)
  test(`${title}: ${rows.join(', ') || 'nothing'}`, () => {
    assert.deepEqual(impactRows(before, after, context), rows);
  });

test('a service that lvsctl takes over costs nothing, but the others begin anew', () => {
  const dns = service('203.0.113.20 53', { lines: ['protocol UDP'] });
  const rows = impactRows(WEB + dns, dns, { ...CONTEXT, handedOver: ['tcp 203.0.113.10:80'] });
  assert.deepEqual(rows, ['note health-forgotten udp 203.0.113.20:53']);
});

test('what is handed over is no excuse for what simply goes', () => {
  const dns = service('203.0.113.20 53', { lines: ['protocol UDP'] });
  const rows = impactRows(WEB + dns, '', { ...CONTEXT, handedOver: ['tcp 203.0.113.10:80'] });
  assert.deepEqual(rows, ['disruptive service-removed udp 203.0.113.20:53']);
});

function one(...lines: readonly string[]): string {
  return service(undefined, { servers: [server('10.0.0.20 80'), server('10.0.0.21 80', lines)] });
}

const WITHOUT = service(undefined, { servers: [server('10.0.0.20 80')] });

const SERVER_ROWS: readonly (readonly [title: string, before: string, after: string, rows: readonly string[]])[] = [
  ['a server that goes', one('weight 5'), WITHOUT, ['disruptive server-removed']],
  ['a drained server that goes', one('weight 0'), WITHOUT, ['note server-removed']],
  [
    'a server that its service gives weight 0',
    one().replace(TCP, `${TCP}\nweight 0`),
    WITHOUT,
    ['note server-removed'],
  ],
  ['a server at another port', one(), one().replace('10.0.0.21 80', '10.0.0.21 81'), ['disruptive server-removed']],
  ['a new server', WITHOUT, one(), []],
  ['another weight', one('weight 1'), one('weight 5'), []],
  ['a weight of 0', one('weight 1'), one('weight 0'), []],
  ['another threshold', one(), one('uthreshold 100'), ['note thresholds-kept']],
  ['no threshold any more', one('uthreshold 100', 'lthreshold 10'), one(), ['note thresholds-kept']],
  ['a threshold of 0', one(), one('uthreshold 0'), []],
  [
    'another threshold with another weight, which brings it along',
    one('weight 1'),
    one('weight 2', 'uthreshold 100'),
    [],
  ],
  ['another forwarding', one(), one('lvs_method NAT'), ['note forwarding-changed']],
  ['the same forwarding, said', one(), one('lvs_method DR'), []],
];

for (const [title, before, after, rows] of SERVER_ROWS)
  test(`${title}: ${rows.join(', ') || 'nothing'}`, () => {
    assert.deepEqual(
      impactRows(before, after),
      rows.map((row) => `${row} 10.0.0.21:80 of tcp 203.0.113.10:80`),
    );
  });

test('messages name service and server, and the way out', () => {
  const [impact] = impacts(one(), WITHOUT);
  assert.equal(
    impact?.message,
    'keepalived deletes the real server 10.0.0.21:80 of tcp 203.0.113.10:80 at once, and its established connections stall',
  );
  assert.equal(impact?.hint, 'set its weight to 0 first, and remove it once its connections are gone');
});
