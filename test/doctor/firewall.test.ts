import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  dropping,
  type FilterChain,
  type FilterRule,
  type Match,
  type Packet,
  type Verdict,
} from '../../src/doctor/firewall.ts';

const ADVERT: Packet = {
  family: 'ipv4',
  protocol: ['112', 'vrrp'],
  port: null,
  interface: 'eth0',
  source: null,
  destination: '224.0.0.18',
};
const SYNC: Packet = { ...ADVERT, protocol: ['17', 'udp'], port: 8848, destination: '224.0.0.81' };
const DROP: Verdict = { kind: 'drop' };
const ACCEPT: Verdict = { kind: 'accept' };

function rule(verdict: Verdict, ...matches: Match[]): FilterRule {
  return { matches, verdict };
}

function where(what: Match['what'], ...values: string[]): Match {
  return { what, isNegated: false, values };
}

function not(match: Match): Match {
  return { ...match, isNegated: true };
}

function chain(rules: readonly FilterRule[], rest: Partial<FilterChain> = {}): FilterChain {
  const base = { priority: 0, policy: 'accept' } as const;
  return { tool: 'nft', family: 'both', familyWord: 'inet', table: 't', name: 'input', base, rules, ...rest };
}

const CLOSED = { base: { priority: 0, policy: 'drop' } } as const;
const OTHER = where('other');

const CASES: readonly (readonly [
  claim: string,
  packet: Packet,
  chains: readonly FilterChain[],
  by: 'rule' | 'policy' | null,
])[] = [
  ['no chain', ADVERT, [], null],
  ['a rule for everything', ADVERT, [chain([rule(DROP)])], 'rule'],
  ['a rule for its protocol by name', ADVERT, [chain([rule(DROP, where('protocol', 'esp', 'vrrp'))])], 'rule'],
  ['a rule for its protocol by number', ADVERT, [chain([rule(DROP, where('protocol', '112'))])], 'rule'],
  ['a rule for another protocol', ADVERT, [chain([rule(DROP, where('protocol', 'icmp'))])], null],
  ['a rule for all protocols but its own', ADVERT, [chain([rule(DROP, not(where('protocol', 'vrrp')))])], null],
  ['a rule for its port', SYNC, [chain([rule(DROP, where('port', '8848'))])], 'rule'],
  ['a rule for a range with its port', SYNC, [chain([rule(DROP, where('port', '8000-9000'))])], 'rule'],
  ['a rule for ports, and it has none', ADVERT, [chain([rule(DROP, where('port', '0-65535'))])], null],
  ['a rule for its interface', ADVERT, [chain([rule(DROP, where('interface', 'eth*'))])], 'rule'],
  ['a rule for another interface', ADVERT, [chain([rule(DROP, where('interface', 'eth1'))])], null],
  ['a rule for its destination', ADVERT, [chain([rule(DROP, where('destination', '224.0.0.0/4'))])], 'rule'],
  ['a rule for another destination', ADVERT, [chain([rule(DROP, where('destination', '192.0.2.11'))])], null],
  [
    'a rule for some sources, and its own is not known',
    ADVERT,
    [chain([rule(DROP, where('source', '10.0.0.0/8'))])],
    null,
  ],
  ['a rule for all sources but some', ADVERT, [chain([rule(DROP, not(where('source', '10.0.0.0/8')))])], null],
  [
    'a rule for known connections, before one for new ones',
    ADVERT,
    [chain([rule(ACCEPT, where('state', 'established', 'related')), rule(DROP, where('state', 'NEW'))])],
    'rule',
  ],
  ['a rule that may fit', ADVERT, [chain([rule(DROP, OTHER)])], null],
  [
    'a rule that lets it in before the one that drops it',
    ADVERT,
    [chain([rule(ACCEPT, where('protocol', 'vrrp')), rule(DROP)])],
    null,
  ],
  ['a rule that may let it in before the one that drops it', ADVERT, [chain([rule(ACCEPT, OTHER), rule(DROP)])], null],
  [
    'a rule without a verdict before the one that drops it',
    ADVERT,
    [chain([rule({ kind: 'continue' }, OTHER), rule(DROP)])],
    'rule',
  ],
  ['a policy', ADVERT, [chain([rule(ACCEPT, where('protocol', 'tcp'))], CLOSED)], 'policy'],
  ['a policy after a rule that lets it in', ADVERT, [chain([rule(ACCEPT, where('protocol', 'vrrp'))], CLOSED)], null],
  [
    'a policy after a rule that may let it in',
    ADVERT,
    [chain([rule(ACCEPT, where('source', '192.0.2.12'))], CLOSED)],
    null,
  ],
  ['a chain of the other family', ADVERT, [chain([rule(DROP)], { family: 'ipv6' })], null],
  ['a second chain of the hook', ADVERT, [chain([rule(ACCEPT)]), chain([rule(DROP)], { name: 'later' })], 'rule'],
  ['a chain that nothing leads to', ADVERT, [chain([rule(DROP)], { base: null })], null],
  [
    'a chain that a rule jumps to',
    ADVERT,
    [chain([rule({ kind: 'jump', chain: 'lb' })]), chain([rule(DROP)], { name: 'lb', base: null })],
    'rule',
  ],
  [
    'a chain that is left before its end',
    ADVERT,
    [
      chain([rule({ kind: 'jump', chain: 'lb' })], CLOSED),
      chain([rule({ kind: 'return' }), rule(ACCEPT)], { name: 'lb', base: null }),
    ],
    'policy',
  ],
  [
    'a chain that may be left, with the policy behind it',
    ADVERT,
    [
      chain([rule({ kind: 'jump', chain: 'lb' })], CLOSED),
      chain([rule({ kind: 'return' }, OTHER), rule(ACCEPT)], { name: 'lb', base: null }),
    ],
    null,
  ],
  [
    'a chain of that name in another table',
    ADVERT,
    [chain([rule({ kind: 'jump', chain: 'lb' })]), chain([rule(DROP)], { name: 'lb', base: null, table: 'u' })],
    null,
  ],
  [
    'what follows a goto',
    ADVERT,
    [chain([rule({ kind: 'goto', chain: 'lb' }), rule(DROP)]), chain([], { name: 'lb', base: null })],
    null,
  ],
  ['chains that go round', ADVERT, [chain([rule({ kind: 'jump', chain: 'input' })])], null],
];

for (const [claim, packet, chains, by] of CASES) {
  test(`${claim}: ${by === null ? 'nothing visibly drops it' : `dropped by the ${by}`}`, () => {
    assert.equal(dropping(packet, chains)?.by ?? null, by);
  });
}
