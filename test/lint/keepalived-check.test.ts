import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lint } from '../../src/lint/lint.ts';
import { loadText } from '../spec/load-text.ts';

/** What lint says of one check of a service that keepalived owns: message and hint. */
function said(check: string, version = '2.2.7'): string[] {
  const findings = lint(
    loadText(`version: 1
keepalived: { version: "${version}" }
track: { bfd: { peer: { neighbor: 192.0.2.2 } } }
services:
  web: { vip: 192.0.2.10, port: 80, owner: keepalived, forwarding: nat, servers: { a: 10.0.0.1 }, check: { ${check} } }
`),
  );
  return findings.filter(({ rule }) => rule === 'LVS140').map(({ message, hint }) => `${message} / ${hint}`);
}

const WAY = 'use owner: lvsctl, a script check or another kind';

const ROWS: readonly (readonly [check: string, says: string, hint: string])[] = [
  ['ldap: {}', 'has no ldap check', WAY],
  ['http: { method: HEAD }', 'asks with GET, not HEAD', WAY],
  ['http: { headers: { A: b } }', 'sends no header but Host', WAY],
  ['https: { protocol: "2" }', 'speaks HTTP 1.0 and 1.1, not 2', 'use "1.1"'],
  [`http: { digest: ${'0'.repeat(64)} }`, 'compares MD5, 32 digits, not SHA-256', 'give the MD5 of the body'],
  [
    'http: { body: ok$ }',
    'cannot match this: $ is never found: keepalived knows neither begin nor end of the body',
    'a plain part of the body is enough',
  ],
  ['https: { sni: a.b }', 'sends the host as the server name, and no other', 'write host: a.b, or remove this'],
  ['https: { ca: /etc/ca.pem }', 'verifies no certificate', WAY],
  ['dns: { transport: tcp }', 'asks over UDP, not TCP', WAY],
  ['dns: { rcode: NXDOMAIN }', 'takes NOERROR, not NXDOMAIN', WAY],
  ['dns: { answer: 192.0.2.1 }', 'does not look at the answer', WAY],
  [
    'udp: { payload: "ff" }',
    'refuses bytes that end in ff before version 2.3.3',
    'with a newer one, say so: keepalived.version',
  ],
  ['any: { a: { tcp: {} }, b: { ping: {} } }', 'wants every check to succeed, not any', WAY],
  ['script: { command: /bin/true }, timeout: 1500ms', 'gives a script whole seconds', 'write 2s'],
  [
    'all: { a: { bfd: { instance: peer } }, b: { bfd: { instance: peer } } }',
    'takes BFD session peer once for a real server',
    'remove it',
  ],
];

for (const [check, says, hint] of ROWS)
  test(`${check} is answered by what keepalived does, and a way out`, () => {
    assert.deepEqual(said(check), [`keepalived, which owns web, ${says} / ${hint}`]);
  });

test('keepalived 2.3.3 takes bytes that end in ff', () => {
  assert.deepEqual(said('udp: { payload: "ff" }', '2.3.3'), []);
});
