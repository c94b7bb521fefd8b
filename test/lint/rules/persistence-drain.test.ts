import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lint } from '../../../src/lint/lint.ts';
import { loadText } from '../../spec/load-text.ts';

const SYSCTL = 'net.ipv4.vs.expire_quiescent_template';
const STAY = 'Clients known to web keep coming to a draining server while their persistence lasts';

const DECLARED: readonly (readonly [what: string, lb1: number | null, lb2: number | null, messages: string[]])[] = [
  ['nothing is known of the directors', null, null, [STAY]],
  ['one director moves them, and nothing is known of the other', 1, null, [STAY]],
  ['both directors move them', 1, 1, []],
  ['one director is known to keep them', 1, 0, [`${STAY}: ${SYSCTL} is 0 on lb2`]],
  ['both directors are known to keep them', 0, 0, [`${STAY}: ${SYSCTL} is 0 on lb1 and lb2`]],
];

for (const [what, lb1, lb2, messages] of DECLARED)
  test(`clients of a draining server: ${what}`, () => {
    const host = (value: number | null) => (value === null ? '' : `, host: { sysctls: { ${SYSCTL}: ${value} } }`);
    const found = lint(
      loadText(`version: 1
directors:
  lb1: { address: 192.0.2.11${host(lb1)} }
  lb2: { address: 192.0.2.12${host(lb2)} }
services:
  web: { vip: 192.0.2.10, port: 80, forwarding: nat, check: none, persistence: { timeout: 5m }, servers: { a: 10.0.0.1 } }
`),
    ).filter(({ rule }) => rule === 'LVS205');
    assert.deepEqual(
      found.map(({ message }) => message),
      messages,
    );
    const zeros = [lb1, lb2].filter((value) => value === 0).length;
    assert.equal(found[0]?.related?.length ?? 0, zeros);
  });
