import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GROUP_ROWS, groupSpec, withMembers } from './group-rows.ts';
import { renderedConf } from './rendered.ts';
import { bareLines, leafKeys, specText } from './row.ts';

/** What is written of a sync group, from its first line to its last. */
async function groupLines(group: object): Promise<string[]> {
  const text = await renderedConf(specText(groupSpec({ g: group })));
  return bareLines(text.slice(text.indexOf('vrrp_sync_group'), text.indexOf('vrrp_instance')).trimEnd());
}

const PLAIN = ['vrrp_sync_group g {', 'group {', 'g-a', 'g-b', '}', '}'];

test('a group of which nothing more is said has its members', async () => {
  assert.deepEqual(await groupLines({}), PLAIN);
});

for (const { key, spec, writes } of GROUP_ROWS)
  test(`sync_groups.${key} as ${JSON.stringify(spec)} writes ${writes.join(' ')}`, async () => {
    const wanted = writes.map((line) => withMembers(line, 'g'));
    const lines = await groupLines(spec);
    assert.deepEqual(
      wanted.filter((line) => !lines.includes(line)),
      [],
      lines.join('\n'),
    );
    if (key !== 'instances') assert.ok(!wanted.every((line) => PLAIN.includes(line)), 'it would be written anyhow');
  });

test('every key of a sync group has a row', () => {
  const keys = new Set(GROUP_ROWS.map(({ key }) => key));
  const known = leafKeys(['sync_groups', '*']).filter((key) => key !== 'notify.deleted');
  assert.deepEqual([...keys].sort(), known.sort());
});

test('a command for deleted is left out of a group, where keepalived does not know it', async () => {
  assert.deepEqual(await groupLines({ notify: { deleted: '/usr/bin/true' } }), PLAIN);
});

const directors = {
  lb1: { address: '192.0.2.11', interface: 'eth0' },
  lb2: { address: '192.0.2.12', interface: 'eth0' },
  lb3: { address: '192.0.2.13', interface: 'eth0' },
};
const vrrp = {
  a: { virtual_router_id: 1, vips: ['10.0.0.1'], priority: { lb1: 150, lb2: 100, lb3: 50 } },
  b: { virtual_router_id: 2, vips: ['10.0.0.2'], priority: { lb1: 150, lb2: 100 } },
  c: { virtual_router_id: 3, vips: ['10.0.0.3'], priority: { lb1: 150 } },
};

const MEMBERS: readonly (readonly [director: string, members: readonly string[] | null])[] = [
  ['lb1', ['a', 'b', 'c']],
  ['lb2', ['a', 'b']],
  ['lb3', null],
];

for (const [director, members] of MEMBERS)
  test(`a group of a, b and c is ${members?.join(', ') ?? 'nothing'} on ${director}`, async () => {
    const spec = { directors, vrrp, sync_groups: { g: { instances: ['a', 'b', 'c'] } } };
    const lines = bareLines(await renderedConf(specText(spec), director));
    const from = lines.indexOf('group {');
    assert.deepEqual(from === -1 ? null : lines.slice(from + 1, lines.indexOf('}', from)), members);
  });
