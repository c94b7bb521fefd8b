import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findingsOf } from './load-text.ts';

const wordsFor = (name: string) =>
  findingsOf(`version: 1
services:
  dns: { vip: 192.0.2.1, port: 53, forwarding: dr, servers: { a: 10.0.0.1 }, check: { dns: { name: ${name} } } }
`);

for (const name of [
  '.',
  'example.com',
  'example.com.',
  '_sip._udp.example.com',
  '0/25.2.0.192.in-addr.arpa',
  'a'.repeat(63),
])
  test(`${name} is a name that DNS can be asked for`, () => assert.deepEqual(wordsFor(JSON.stringify(name)), []));

const LONG = `${'a'.repeat(60)}.`.repeat(5);

for (const name of ['..', '.example.com', 'a..b', 'a b', 'a"b', 'a'.repeat(64), LONG, 5])
  test(`${JSON.stringify(name).slice(0, 30)} is none`, () => {
    assert.deepEqual(wordsFor(JSON.stringify(name)), ['3:100 invalid-value']);
  });
