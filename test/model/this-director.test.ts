import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Director } from '../../src/model/director.ts';
import { type HostIdentity, thisDirector } from '../../src/model/this-director.ts';

const PAIR = [director('lb1', '192.0.2.11'), director('lb2', '192.0.2.12')];
const SITES = [director('lb1.fra.example', '192.0.2.11'), director('lb1.ams.example', '192.0.2.12')];

function director(name: string, address: string): Director {
  const origin = { file: 'spec.lvs.yaml', line: 3, column: 3 };
  return { name, origin, address: { family: 'ipv4', text: address }, interface: null, routerId: name, extra: [] };
}

const ANSWERS: readonly (readonly [
  claim: string,
  directors: readonly Director[],
  host: Partial<HostIdentity>,
  answer: string,
])[] = [
  ['a name that is given', PAIR, { name: 'lb2', hostname: 'lb1', addresses: ['192.0.2.11'] }, 'lb2'],
  [
    'a name that no director has',
    PAIR,
    { name: 'lb3', hostname: 'lb1' },
    'unknown: No director is called "lb3"; there is lb1, lb2',
  ],
  [
    'a name where the spec has no directors',
    [],
    { name: 'lb3' },
    'unknown: No director is called "lb3"; the spec has none',
  ],
  ['the host name', PAIR, { hostname: 'lb2' }, 'lb2'],
  ['the host name before an address', PAIR, { hostname: 'lb2', addresses: ['192.0.2.11'] }, 'lb2'],
  ['a host name with a domain', PAIR, { hostname: 'lb1.example.com' }, 'lb1'],
  ['the domain of a director', [...PAIR, director('lb3.example', '192.0.2.13')], { hostname: 'lb3' }, 'lb3.example'],
  ['the whole name before its first label', SITES, { hostname: 'lb1.ams.example' }, 'lb1.ams.example'],
  [
    'an address among those that a short name fits',
    SITES,
    { hostname: 'lb1', addresses: ['192.0.2.12'] },
    'lb1.ams.example',
  ],
  [
    'a short name that fits two',
    SITES,
    { hostname: 'lb1', addresses: ['127.0.0.1'] },
    'ambiguous: This host, lb1, could be any of the directors lb1.fra.example, lb1.ams.example',
  ],
  ['an address', PAIR, { addresses: ['127.0.0.1', '::1', '192.0.2.12'] }, 'lb2'],
  [
    'the addresses of two directors',
    PAIR,
    { addresses: ['192.0.2.11', '192.0.2.12'] },
    'ambiguous: This host, web7 with 192.0.2.11, 192.0.2.12, could be any of the directors lb1, lb2',
  ],
  [
    'nothing that fits',
    PAIR,
    { addresses: ['127.0.0.1', '10.0.0.21'] },
    'unknown: This host, web7 with 10.0.0.21, is none of the directors lb1, lb2',
  ],
  ['no directors', [], { hostname: 'lb1' }, 'no-directors: The spec has no directors'],
];

for (const [claim, directors, host, answer] of ANSWERS) {
  test(`this host's director by ${claim}: ${answer}`, () => {
    const found = thisDirector(directors, { hostname: 'web7', addresses: [], ...host });
    assert.equal(found.kind === 'found' ? found.director.name : `${found.kind}: ${found.message}`, answer);
  });
}
