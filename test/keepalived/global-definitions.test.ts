import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GLOBAL_ROWS, globalSpec, serviceOf } from './global-rows.ts';
import { SYNC_ROWS, TIMEOUT_ROWS } from './ipvs-rows.ts';
import { renderedConf } from './rendered.ts';
import { bareLines, leafKeys, type Row, specText } from './row.ts';

async function confLines(sections: object, director?: string): Promise<string[]> {
  return bareLines(await renderedConf(specText(globalSpec(sections)), director));
}

const FRAMES: readonly (readonly [
  section: string,
  rows: readonly Row[],
  frame: object,
  unwritten: readonly string[],
])[] = [
  ['keepalived', GLOBAL_ROWS, {}, ['version']],
  ['connection_sync', SYNC_ROWS, {}, []],
  ['timeouts', TIMEOUT_ROWS, serviceOf('keepalived'), []],
];

for (const [section, rows, frame, unwritten] of FRAMES) {
  for (const { key, spec, writes } of rows)
    test(`${section}.${key} as ${JSON.stringify(spec)} writes ${writes.join(' ')}`, async () => {
      const lines = await confLines({ ...frame, [section]: spec });
      const absent = writes.filter((line) => !lines.includes(line));
      assert.deepEqual(absent, [], lines.join('\n'));
      if (key === 'enable_script_security') return;
      const without = await confLines(frame);
      assert.ok(!writes.every((line) => without.includes(line)), 'it would be written anyhow');
    });

  test(`every key of ${section} has a row`, () => {
    const keys = new Set([...rows.map(({ key }) => key), ...unwritten]);
    assert.deepEqual([...keys].sort(), leafKeys([section]).sort());
  });
}

test('script security is on unless the spec says otherwise', async () => {
  assert.ok((await confLines({})).includes('enable_script_security'));
  assert.ok(!(await confLines({ keepalived: { enable_script_security: false } })).includes('enable_script_security'));
});

const FALSE = { vrrp_strict: false, vrrp_skip_check_adv_addr: false, no_swap: false, dynamic_interfaces: false };

const ABSENT: readonly (readonly [title: string, sections: object, absent: RegExp])[] = [
  [
    'a false flag is not written, since 2.2.7 takes its presence for yes',
    { keepalived: { ...FALSE, snmp: false } },
    /strict|skip|swap|dynamic|snmp/,
  ],
  ['no delay is written for a start without delay', { keepalived: { vrrp_startup_delay: 0 } }, /startup_delay/],
  ['an empty list of mail addresses is no block', { keepalived: { mail: { to: [] } } }, /notification_email/],
  [
    'time-outs are left to lvsctl where it has the services',
    { ...serviceOf('lvsctl'), timeouts: { tcp: '15m' } },
    /timeouts/,
  ],
  ['a sync daemon that lvsctl runs is not written', { connection_sync: { interface: 'eth1' } }, /lvs_sync_daemon/],
];

for (const [title, sections, absent] of ABSENT)
  test(title, async () => {
    assert.doesNotMatch((await confLines(sections)).join('\n'), absent);
  });

test('a director that is not in the instance runs no sync daemon for it', async () => {
  const sections = { connection_sync: { interface: 'eth1', role: 'vrrp', instance: 'web' } };
  const daemons = async (director: string) =>
    (await confLines(sections, director)).filter((line) => line.startsWith('lvs_sync_daemon')).length;
  assert.deepEqual([await daemons('lb1'), await daemons('lb2'), await daemons('lb3')], [1, 1, 0]);
});

const ROUTERS: readonly (readonly [director: object, line: string])[] = [
  [{}, 'router_id lb1'],
  [{ router_id: 'edge # 1' }, 'router_id "edge # 1"'],
];

for (const [director, line] of ROUTERS)
  test(`a director ${JSON.stringify(director)} writes ${line}`, async () => {
    const lb1 = { address: '192.0.2.11', ...director };
    assert.ok(bareLines(await renderedConf(specText({ directors: { lb1 } }))).includes(line));
  });
