import assert from 'node:assert/strict';
import { test } from 'node:test';
import { INSTANCE_ROWS, instanceOf, instanceSpec, NEWER_INSTANCE_ROWS } from './instance-rows.ts';
import { renderedConf } from './rendered.ts';
import { bareLines, leafKeys, specText } from './row.ts';

const ROWS = [...INSTANCE_ROWS, ...NEWER_INSTANCE_ROWS];

/** What is written of one instance for a director, from its first line to its last. */
async function instanceLines(spec: object, director?: string): Promise<string[]> {
  const text = await renderedConf(specText(instanceSpec({ web: instanceOf(51, spec) })), director);
  return bareLines(text.slice(text.indexOf('vrrp_instance web')).trimEnd());
}

const PLAIN = [
  'vrrp_instance web {',
  'state BACKUP',
  'interface eth0',
  'virtual_router_id 51',
  'priority 100',
  'version 2',
  'virtual_ipaddress {',
  '10.0.51.1/24',
  '}',
  '}',
];

test('an instance of which nothing more is said has what must be explicit', async () => {
  assert.deepEqual(await instanceLines({}), PLAIN);
});

for (const { key, spec, writes } of ROWS)
  test(`vrrp.${key} as ${JSON.stringify(spec)} writes ${writes.join(' ')}`, async () => {
    const lines = await instanceLines(spec);
    assert.ok(includesInOrder(lines, writes), lines.join('\n'));
    assert.ok(!includesInOrder(PLAIN, writes), 'the instance without it would have the same lines');
  });

test('every key of an instance has a row', () => {
  assert.deepEqual([...new Set(ROWS.map(({ key }) => key))].sort(), leafKeys(['vrrp', '*']).sort());
});

function includesInOrder(lines: readonly string[], wanted: readonly string[]): boolean {
  let from = 0;
  return wanted.every((line) => {
    const at = lines.indexOf(line, from);
    from = at + 1;
    return at !== -1;
  });
}

const ABSENT: readonly (readonly [title: string, spec: object, absent: RegExp])[] = [
  ['a true preempt is nothing', { preempt: true }, /preempt/],
  ['the owner of an address takes no nopreempt', { priority: { lb1: 255 }, preempt: false }, /preempt/],
  ['the owner of an address takes no preempt_delay', { priority: { lb1: 255 }, preempt_delay: '5s' }, /preempt/],
  [
    'the owner of an address follows nothing by weight',
    {
      priority: { lb1: 255 },
      track: {
        interfaces: { eth1: { weight: -1 } },
        scripts: { weighted: {} },
        processes: { weighted: {} },
        files: { plain: {} },
        bfd: { weighted: {} },
      },
    },
    /track/,
  ],
  ['unicast without a peer has no TTL', { priority: { lb1: 100 }, unicast: { ttl: 9 } }, /unicast_(ttl|peer)/],
  ['multicast by wish', { priority: { lb1: 100 }, unicast: { fault_without_peer: false } }, /unicast_fault/],
  ['unicast has no multicast group', { unicast: true, multicast_group: '224.0.0.99' }, /mcast/],
  ['strict mode of version 2 takes no accept', { strict: true }, /accept/],
  ['a virtual interface keeps its secondaries anyhow', { vmac: true, promote_secondaries: true }, /promote/],
  ['the own interface is followed anyhow', { track: { interfaces: { eth0: {} } } }, /track/],
  ['who accepts anyhow need not say so', { accept: true }, /accept/],
];

for (const [title, spec, absent] of ABSENT)
  test(title, async () => {
    assert.doesNotMatch((await instanceLines(spec)).join('\n'), absent);
  });

test('the owner of an address still follows what is a fault', async () => {
  const track = {
    interfaces: { eth1: {}, eth2: { weight: 5 } },
    scripts: { plain: {}, weighted: { weight: 0 } },
    files: { plain: { weight: 0 } },
  };
  const lines = await instanceLines({ priority: { lb1: 255, lb2: 100 }, track });
  assert.deepEqual(
    lines.slice(lines.indexOf('track_interface {')),
    ['track_interface {', 'eth1', '}', 'track_script {', 'plain', 'weighted weight 0', '}'].concat([
      'track_file {',
      'plain weight 0',
      '}',
      '}',
    ]),
  );
});

test('unicast peers are symmetric', async () => {
  const spec = { unicast: { peers: ['192.0.2.99'] }, source: { lb2: '192.0.2.22' } };
  const peers = async (director: string) => {
    const lines = await instanceLines(spec, director);
    return lines.slice(lines.indexOf('unicast_peer {') - 1, lines.indexOf('unicast_fault_no_peer'));
  };
  assert.deepEqual(await peers('lb1'), [
    'unicast_src_ip 192.0.2.11',
    'unicast_peer {',
    '192.0.2.22',
    '192.0.2.99',
    '}',
  ]);
  assert.deepEqual(await peers('lb2'), [
    'unicast_src_ip 192.0.2.22',
    'unicast_peer {',
    '192.0.2.11',
    '192.0.2.99',
    '}',
  ]);
});

test('strict mode for all says accept in an instance of version 3', async () => {
  const spec = { ...instanceSpec({ web: instanceOf(51, { version: 3 }) }), keepalived: { vrrp_strict: true } };
  assert.ok(bareLines(await renderedConf(specText(spec))).includes('accept'));
});
