import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readChains } from '../../../src/host/facts/iptables-rules.ts';

// As iptables 1.8.9 printed it: `iptables-legacy -S`.
const LISTING = `-P INPUT DROP
-P FORWARD ACCEPT
-P OUTPUT ACCEPT
-N LB
-A INPUT -s 10.0.0.0/8 -i va -p vrrp -j DROP
-A INPUT -p udp -m udp --dport 8848:9000 -m conntrack --ctstate NEW,RELATED -j REJECT --reject-with icmp-port-unreachable
-A INPUT -j LB
-A INPUT ! -i va+ -p udp -m multiport --dports 1,2 -j ACCEPT
-A INPUT -p tcp -m state --state NEW -m comment --comment "ssh -j DROP" -j ACCEPT
-A INPUT -m limit --limit 3/min -j LOG --log-prefix "x "
-A INPUT -m set --match-set friends src -g LB
-A LB ! -d 224.0.0.18/32 -j RETURN
`;

const is = (what: string, values: readonly string[], isNegated = false) => ({ what, isNegated, values });

test('the chains of iptables are read with the policy of INPUT', () => {
  const chains = readChains(LISTING, { tool: 'iptables-legacy', family: 'ipv4' });
  assert.deepEqual(
    chains.map(({ name, base }) => [name, base]),
    [
      ['INPUT', { priority: 0, policy: 'drop' }],
      ['FORWARD', null],
      ['OUTPUT', null],
      ['LB', null],
    ],
  );
  const { rules: _, ...input } = chains[0] ?? {};
  assert.deepEqual(input, {
    ...{ tool: 'iptables-legacy', family: 'ipv4', familyWord: 'ip', table: 'filter' },
    ...{ name: 'INPUT', base: { priority: 0, policy: 'drop' } },
  });
});

test('rules of iptables are read as far as they can be judged', () => {
  const [input, , , lb] = readChains(LISTING, { tool: 'iptables-nft', family: 'ipv4' });
  assert.deepEqual(input?.rules, [
    {
      matches: [is('source', ['10.0.0.0/8']), is('interface', ['va']), is('protocol', ['vrrp'])],
      verdict: { kind: 'drop' },
    },
    {
      matches: [is('protocol', ['udp']), is('port', ['8848-9000']), is('state', ['NEW', 'RELATED'])],
      verdict: { kind: 'drop' },
    },
    { matches: [], verdict: { kind: 'jump', chain: 'LB' } },
    {
      matches: [is('interface', ['va*'], true), is('protocol', ['udp']), is('port', ['1', '2'])],
      verdict: { kind: 'accept' },
    },
    { matches: [is('protocol', ['tcp']), is('state', ['NEW'])], verdict: { kind: 'accept' } },
    { matches: [is('other', ['3/min'])], verdict: { kind: 'continue' } },
    { matches: [is('other', ['friends', 'src'])], verdict: { kind: 'goto', chain: 'LB' } },
  ]);
  assert.deepEqual(lb?.rules, [{ matches: [is('destination', ['224.0.0.18/32'], true)], verdict: { kind: 'return' } }]);
});
