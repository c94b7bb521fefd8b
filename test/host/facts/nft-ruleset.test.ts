import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hasForeignRules, rulesetChains } from '../../../src/host/facts/nft-ruleset.ts';

// As nft 1.0.6 printed it, but for handles: `nft -j list ruleset`.
const TABLE = { family: 'inet', table: 'f' };
const RULESET = {
  nftables: [
    { metainfo: { version: '1.0.6', json_schema_version: 1 } },
    { table: { family: 'inet', name: 'f' } },
    { set: { ...TABLE, name: 's', type: 'inet_service', elem: [80, { range: [8000, 8080] }, { elem: { val: 443 } }] } },
    { map: { ...TABLE, name: 'm', type: 'inet_proto', map: 'verdict' } },
    { chain: { ...TABLE, name: 'in', type: 'filter', hook: 'input', prio: 0, policy: 'drop' } },
    { chain: { ...TABLE, name: 'nat', type: 'nat', hook: 'input', prio: 100, policy: 'accept' } },
    { chain: { ...TABLE, name: 'oth' } },
    { chain: { family: 'bridge', table: 'b', name: 'in', type: 'filter', hook: 'input', prio: 0, policy: 'drop' } },
    rule('in', [
      match('==', payload('ip', 'protocol'), 'vrrp'),
      match('!=', payload('ip', 'saddr'), { prefix: { addr: '192.0.2.0', len: 24 } }),
      match('==', { meta: { key: 'iifname' } }, 'va'),
      match('in', { ct: { key: 'state' } }, ['established', 'new']),
      { counter: { packets: 0, bytes: 0 } },
      { accept: null },
    ]),
    rule('in', [match('==', { meta: { key: 'l4proto' } }, { set: ['esp', 'vrrp'] }), { drop: null }]),
    rule('in', [match('==', payload('udp', 'dport'), { range: [8848, 9000] }), { jump: { target: 'oth' } }]),
    rule('in', [match('==', payload('ip', 'ttl'), 255), { vmap: { key: payload('ip', 'protocol'), data: '@m' } }]),
    rule('in', [{ limit: { rate: 1, per: 'second' } }, { log: { prefix: 'x' } }, { accept: null }]),
    rule('in', [
      {
        vmap: {
          key: { ct: { key: 'state' } },
          data: {
            set: [
              ['invalid', { drop: null }],
              ['new', { accept: null }],
            ],
          },
        },
      },
    ]),
    rule('in', [{ counter: null }]),
    rule('oth', [match('==', payload('tcp', 'dport'), '@s'), { reject: { type: 'icmpx' } }]),
  ],
};

function rule(chain: string, expr: readonly object[]) {
  return { rule: { ...TABLE, chain, expr } };
}

function match(op: string, left: object, right: unknown) {
  return { match: { op, left, right } };
}

function payload(protocol: string, field: string) {
  return { payload: { protocol, field } };
}

const is = (what: string, values: readonly string[], isNegated = false) => ({ what, isNegated, values });
const OTHER = is('other', []);

test('chains that filter what comes in are read with their policy, and others as places to jump to', () => {
  const chains = rulesetChains(RULESET).map(({ rules: _, ...chain }) => chain);
  const common = { tool: 'nft', family: 'both', familyWord: 'inet', table: 'f' };
  assert.deepEqual(chains, [
    { ...common, name: 'in', base: { priority: 0, policy: 'drop' } },
    { ...common, name: 'nat', base: null },
    { ...common, name: 'oth', base: null },
  ]);
});

test('rules are read as far as they can be judged, and what cannot be is said to be other', () => {
  const [input, , other] = rulesetChains(RULESET);
  const verdicts = (input?.rules ?? []).map(({ verdict }) => ('chain' in verdict ? verdict : verdict.kind));
  assert.deepEqual(verdicts, [
    ...['accept', 'drop', { kind: 'jump', chain: 'oth' }, 'unclear', 'accept', 'drop', 'accept', 'continue'],
  ]);
  assert.deepEqual(
    input?.rules.map(({ matches }) => matches),
    [
      [
        is('protocol', ['vrrp']),
        is('source', ['192.0.2.0/24'], true),
        is('interface', ['va']),
        is('state', ['established', 'new']),
      ],
      [is('protocol', ['esp', 'vrrp'])],
      [is('protocol', ['udp']), is('port', ['8848-9000'])],
      [OTHER, OTHER],
      [OTHER],
      [is('state', ['invalid'])],
      [is('state', ['new'])],
      [],
    ],
  );
  assert.deepEqual(other?.rules, [
    { matches: [is('protocol', ['tcp']), is('port', ['80', '8000-8080', '443'])], verdict: { kind: 'drop' } },
  ]);
});

test('rules that iptables wrote are known by what nft cannot say of them', () => {
  const foreign = { nftables: [rule('INPUT', [{ xt: { type: 'match', name: 'conntrack' } }, { accept: null }])] };
  assert.deepEqual([hasForeignRules(RULESET), hasForeignRules(foreign)], [false, true]);
});

test('an empty ruleset has no chains', () => {
  assert.deepEqual(rulesetChains({ nftables: [{ metainfo: {} }] }), []);
});
