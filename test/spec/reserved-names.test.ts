import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lint } from '../../src/lint/lint.ts';
import { loadText } from './load-text.ts';

/** Words that a look-up in an object finds although nobody put them there. */
const WORDS = ['constructor', 'toString', 'valueOf', 'hasOwnProperty', '__proto__', '__defineGetter__'];

const WEB = 'vip: 192.0.2.1, port: 80, forwarding: nat, check: none';

const PLACES: readonly (readonly [where: string, text: (word: string) => string, message: (word: string) => string])[] =
  [
    ['a name', (word) => `services: { ${word}: { ${WEB} } }`, (word) => `"${word}" cannot be a name`],
    ['a key', (word) => `services: { web: { ${WEB}, ${word}: [] } }`, (word) => `"${word}" cannot be a name`],
    [
      'a flag',
      (word) => `services: { web: { ${WEB}, alpha: { ${word}: [] }, servers: { a: 10.0.0.1 } } }`,
      (word) => `"${word}" cannot be a name`,
    ],
    [
      'the name of a pool',
      (word) => `services: { web: { ${WEB}, pool: ${word} } }`,
      (word) => `pool must be the name of a pool, not "${word}"`,
    ],
    [
      'a word that has synonyms',
      (word) => `defaults: { forwarding: ${word} }`,
      (word) => `forwarding must be nat, dr or tun, not "${word}"`,
    ],
    [
      'a line of keepalived.conf',
      (word) => `keepalived: { extra: [${word} on] }`,
      (word) => `"${word}" is no keyword of global_defs`,
    ],
    [
      'a scope',
      (word) => `vrrp: { web: { virtual_router_id: 1, vips: [{ address: 192.0.2.1/24, scope: ${word} }] } }`,
      (word) => `"${word}" is no scope`,
    ],
  ];

for (const [where, text, message] of PLACES)
  test(`words that every object has are words like others as ${where}`, () => {
    for (const word of WORDS) {
      const messages = lint(loadText(`version: 1\n${text(word)}\n`)).map((finding) => finding.message);
      assert.ok(messages.includes(message(word)), `${word}: ${messages.join('\n')}`);
    }
  });
