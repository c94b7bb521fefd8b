import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkAccounts } from '../../src/health/check-account.ts';
import type { DesiredServer, DesiredService } from '../../src/model/desired.ts';
import { checkDocument } from '../../src/view/check-document.ts';
import { checkText } from '../../src/view/check-text.ts';
import { questionText } from '../../src/view/question-text.ts';
import { loadText } from '../spec/load-text.ts';

function serviceWith(check: string, more = ''): DesiredService {
  const [service] = loadText(`version: 1
track: { files: { load: { path: /run/load } } }
services:
  web: { vip: 203.0.113.10, port: 80, forwarding: nat, check: ${check}, servers: { a: 10.0.0.1, b: 10.0.0.2 }${more} }
`).desired.services;
  return service ?? assert.fail(check);
}

const QUESTIONS: readonly (readonly [check: string, question: string])[] = [
  ['{ tcp: {} }', 'tcp at 10.0.0.1:80'],
  ['{ tcp: {}, port: 8080, address: 10.0.9.9 }', 'tcp at 10.0.9.9:8080'],
  ['{ tcp: {}, source: 192.0.2.11 }', 'tcp at 10.0.0.1:80 from 192.0.2.11'],
  ['{ tcp: {}, address: "2001:db8::1" }', 'tcp at [2001:db8::1]:80'],
  ['{ http: { path: /ok, method: HEAD } }', 'http HEAD /ok at 10.0.0.1:80'],
  ['{ https: { host: www.example.com } }', 'https GET / of www.example.com at 10.0.0.1:80'],
  ['{ dns: { name: example.com, type: A, transport: tcp } }', 'dns A example.com over tcp at 10.0.0.1:80'],
  ['{ grpc: {} }', 'grpc at 10.0.0.1:80'],
  ['{ grpc: { service: shop.Cart } }', 'grpc shop.Cart at 10.0.0.1:80'],
  ['{ redis: {} }', 'redis at 10.0.0.1:80'],
  ['{ ping: {} }', 'ping at 10.0.0.1'],
  ['{ script: { command: "/usr/bin/check -x" } }', 'script /usr/bin/check -x'],
  ['{ file: { track_file: load } }', 'file load'],
  ['{ bfd: { instance: peer } }', 'bfd peer'],
];

for (const [check, question] of QUESTIONS)
  test(`the check ${check} asks ${question}`, () => {
    const [server] = serviceWith(check).servers;
    const [single] = server?.check?.checks ?? [];
    assert.ok(server && single);
    assert.equal(questionText(single, server), question);
  });

test('real servers that are checked alike are explained together, and others apart', () => {
  const { servers } = serviceWith('{ tcp: {} }');
  const [a, b] = servers as [DesiredServer, DesiredServer];
  const service = serviceWith('{ tcp: {} }');
  const accounts = checkAccounts(service, [a, { ...b, check: null }, { ...a, name: 'c' }]);
  assert.deepEqual(
    accounts.map((account) => [account.servers.map(({ name }) => name), account.judged === null]),
    [
      [['a', 'c'], false],
      [['b'], true],
    ],
  );
});

test('where keepalived checks, nothing is promised that it does not know', () => {
  const check =
    '{ tcp: {}, interval: 2s, rise: 3, flap_damping: { changes: 3, within: 10m, hold: 2m }, on_failure: quiesce }';
  const service = serviceWith(check, ', owner: keepalived, slow_start: 20s');
  const [account] = checkAccounts(service, service.servers);
  assert.ok(account);
  const text = checkText(account, (_style, words) => words);
  assert.doesNotMatch(text, /flap_damping|slow_start|chance/);
  assert.match(text, /rise +1 +success/);
  assert.match(text, /it gets weight 0/);
  const { check: times } = checkDocument(account);
  assert.deepEqual(
    { rise: times?.rise, jitter: times?.jitter, damping: times?.flap_damping, slow: times?.slow_start },
    { rise: 1, jitter: 0, damping: null, slow: null },
  );
});
