import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findRealServer, type RealServerHost, realServerHosts } from '../../src/needs/real-server-hosts.ts';
import { desiredOf } from './spec.ts';

const desired = desiredOf(`
pools:
  web: { web-1: 10.0.0.21, web-2: 10.0.0.22 }
services:
  http: { vip: 192.0.2.1, port: 80, forwarding: dr, pool: web, sorry_server: 10.0.0.99 }
  http6: { vip: 'fd00:9::1', port: 80, forwarding: dr, servers: { web-1: 'fd00::21' }, sorry_server: 'fd00::99' }
  shop: { vip: 192.0.2.2, port: 80, forwarding: dr, servers: { s1: 10.0.0.21, s2: 10.0.0.31 } }
  mail: { vip: 192.0.2.3, port: 25, forwarding: nat, servers: { s1: 10.0.0.41 } }
`);

function lineOf({ names, addresses, uses }: RealServerHost): string {
  return `${names.join(' ')}: ${addresses.join(' ')}: ${uses.map(({ service }) => service.name).join(' ')}`;
}

test('a host is all real servers of one address, or of one name that has an address of each family', () => {
  assert.deepEqual(realServerHosts(desired).map(lineOf), [
    's1 web-1: 10.0.0.21 fd00::21: http shop http6',
    'web-2: 10.0.0.22: http',
    's2: 10.0.0.31: shop',
    's1: 10.0.0.41: mail',
    'http/sorry_server: 10.0.0.99: http',
    'http6/sorry_server: fd00::99: http6',
  ]);
});

const FOUND: readonly (readonly [word: string, answer: string])[] = [
  ['web-1', '10.0.0.21 fd00::21'],
  ['fd00:0::21', '10.0.0.21 fd00::21'],
  ['10.0.0.31', '10.0.0.31'],
  ['shop/s2', '10.0.0.31'],
  ['mail/s1', '10.0.0.41'],
  ['http/sorry_server', '10.0.0.99'],
  ['s1', 'ambiguous: shop/s1 mail/s1'],
  ['sorry_server', 'ambiguous: http/sorry_server http6/sorry_server'],
  ['http', 'unknown: s1 web-1 web-2 s2 http/sorry_server http6/sorry_server'],
  ['10.0.0.2', 'unknown: s1 web-1 web-2 s2 http/sorry_server http6/sorry_server'],
];

for (const [word, answer] of FOUND)
  test(`"${word}" means ${answer}`, () => {
    const found = findRealServer(desired, word);
    const said = found.kind === 'found' ? found.host.addresses.join(' ') : `${found.kind}: ${found.known.join(' ')}`;
    assert.equal(said, answer);
  });

test('a spec without services has no hosts', () => assert.deepEqual(realServerHosts(desiredOf('')), []));
