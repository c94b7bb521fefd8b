import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Check, Probe } from '../../src/model/check.ts';
import { loadText } from './load-text.ts';

function checkOf(check: string): Check | null {
  const { desired, problems } = loadText(
    `version: 1\nservices:\n  a: { fwmark: 7, forwarding: nat, servers: { b: 10.0.0.1 }, check: ${check} }\n`,
  );
  assert.deepEqual(
    problems.map(({ message }) => message),
    [],
  );
  return desired.services[0]?.servers[0]?.check ?? null;
}

test('a check that says nothing more than its kind has every default filled', () => {
  assert.deepEqual(checkOf('{ tcp: {} }'), {
    mode: 'all',
    checks: [{ name: null, probe: { kind: 'tcp' }, address: null, port: null, source: null }],
    intervalSeconds: 5,
    fastIntervalSeconds: 5,
    timeoutSeconds: 2,
    rise: 1,
    fall: 3,
    warmupSeconds: 5,
    onFailure: 'remove',
    flapDamping: null,
  });
});

const PROBES: readonly (readonly [check: string, probe: Partial<Probe>])[] = [
  ['{ http: {} }', { kind: 'http', path: '/', method: 'GET', status: [{ first: 200, last: 299 }], protocol: '1.1' }],
  ['{ http: { status: 204 } }', { status: [{ first: 204, last: 204 }] }],
  [
    '{ http: { status: [200, 301] } }',
    {
      status: [
        { first: 200, last: 200 },
        { first: 301, last: 301 },
      ],
    },
  ],
  [
    '{ http: { status: "200-204, 401" } }',
    {
      status: [
        { first: 200, last: 204 },
        { first: 401, last: 401 },
      ],
    },
  ],
  ['{ https: { host: a.example } }', { kind: 'https', host: 'a.example', sni: 'a.example', verify: null }],
  ['{ https: { host: a.example:8443 } }', { host: 'a.example:8443', sni: 'a.example' }],
  ['{ https: { host: "[2001:db8::1]:8443" } }', { host: '[2001:db8::1]:8443', sni: '2001:db8::1' }],
  ['{ https: { host: a.example, sni: b.example, verify: false } }', { sni: 'b.example', verify: false }],
  ['{ dns: {} }', { kind: 'dns', name: '.', type: 'SOA', transport: 'udp', rcode: 'NOERROR' }],
  ['{ udp: { payload: "00FF", reply: "xx01" } }', { kind: 'udp', payload: '00ff', reply: 'xx01' }],
  ['{ smtp: {} }', { kind: 'smtp', helo: null }],
  ['{ ldap: { bind_dn: cn=x } }', { kind: 'ldap', bindDn: 'cn=x', tls: null }],
  ['{ ldap: { tls: true } }', { kind: 'ldap', tls: { sni: null, ca: null, verify: null } }],
  ['{ ldap: { tls: { sni: a.example, ca: /ca.pem } } }', { tls: { sni: 'a.example', ca: '/ca.pem', verify: null } }],
  ['{ mysql: {} }', { kind: 'mysql' }],
  ['{ redis: {} }', { kind: 'redis' }],
  ['{ grpc: {} }', { kind: 'grpc', service: null, tls: null }],
  ['{ grpc: { tls: false } }', { kind: 'grpc', tls: null }],
  ['{ grpc: { tls: { verify: false } } }', { kind: 'grpc', tls: { sni: null, ca: null, verify: false } }],
  ['{ ping: {} }', { kind: 'ping' }],
  ['{ script: { command: /bin/x, dynamic: true } }', { kind: 'script', command: '/bin/x', user: null, dynamic: true }],
  ['{ file: { track_file: load } }', { kind: 'file', trackFile: 'load', weight: 1, reverse: false }],
  ['{ bfd: { instance: up } }', { kind: 'bfd', instance: 'up' }],
];

for (const [check, probe] of PROBES)
  test(`${check} asks so`, () => assert.partialDeepStrictEqual(checkOf(check)?.checks[0]?.probe, probe));

test('flap damping is taken as it is written', () => {
  assert.deepEqual(checkOf('{ tcp: {}, flap_damping: { changes: 3, within: 10m, hold: 90s } }')?.flapDamping, {
    changes: 3,
    withinSeconds: 600,
    holdSeconds: 90,
  });
});

test('several checks keep their names and have the order of these, and the port of the group where they name none', () => {
  const check = checkOf('{ any: { b: { tcp: {}, port: 81 }, a: { ping: {} } }, port: 80, fast_interval: 1s }');
  assert.deepEqual(
    [check?.mode, check?.fastIntervalSeconds, check?.checks.map(({ name, probe, port }) => [name, probe.kind, port])],
    [
      'any',
      1,
      [
        ['a', 'ping', 80],
        ['b', 'tcp', 81],
      ],
    ],
  );
});

for (const check of ['none', '{ tcp: {}, all: {} }'])
  test(`${check}: ${check === 'none' ? 'no check' : 'an empty group asks nothing'}`, () =>
    assert.equal(checkOf(check), null));

const WRONG: readonly (readonly [check: string, message: RegExp])[] = [
  ['{ http: { status: 99 } }', /status must be a status from 100 to 599/],
  ['{ http: { status: "200-100" } }', /status must be a status/],
  ['{ http: { status: [] } }', /status must be a status/],
  ['{ http: { digest: abc } }', /digest must be 32 or 64 hex digits/],
  ['{ udp: { payload: abc } }', /payload must be an even number of hex digits/],
  ['{ udp: { payload: xx } }', /payload must be/],
  ['{ tcp: {}, flap_damping: { changes: 1, within: 1m, hold: 1m } }', /changes must be a whole number from 2 to 100/],
  ['{ tcp: {}, flap_damping: { changes: 2, within: 1m } }', /has no hold/],
  ['{ script: { command: "/bin/x \'a" } }', /command must be a command with its arguments, but the quote ' is not/],
];

for (const [check, message] of WRONG)
  test(`${check} is refused`, () => {
    const { problems } = loadText(`version: 1\nservices: { a: { fwmark: 7, check: ${check} } }\n`);
    assert.match(problems.map((problem) => problem.message).join('\n'), message);
  });
