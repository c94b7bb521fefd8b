import assert from 'node:assert/strict';
import { test } from 'node:test';
import { renderedConf } from './rendered.ts';
import { bareLines, leafKeys, specText } from './row.ts';
import { NEWER_BFD_ROWS, TRACKER_KINDS, trackerSpec } from './tracker-rows.ts';

/** What is written of a tracker, between its first line and its last. */
async function trackerLines(kind: string, tracker: object): Promise<string[]> {
  const lines = bareLines(await renderedConf(specText(trackerSpec(kind, { it: tracker }))));
  const from = lines.findIndex((line) => / it \{$/.test(line));
  return lines.slice(from + 1, lines.indexOf('}', from));
}

for (const { kind, least, rows } of TRACKER_KINDS) {
  const all = kind === 'bfd' ? [...rows, ...NEWER_BFD_ROWS] : rows;

  for (const { key, spec, writes } of all)
    test(`track.${kind}.${key} as ${JSON.stringify(spec)} writes ${writes.join(' ')}`, async () => {
      const plain = await trackerLines(kind, least(1));
      const lines = await trackerLines(kind, { ...least(1), ...spec });
      assert.deepEqual(
        lines.filter((line) => !plain.includes(line)),
        writes,
      );
    });

  test(`every key of track.${kind} has a row`, () => {
    assert.deepEqual([...new Set(all.map(({ key }) => key))].sort(), leafKeys(['track', kind, '*']).sort());
  });
}

test('trackers come before what follows them', async () => {
  const spec = {
    ...trackerSpec('scripts', { it: { command: '/usr/bin/true' } }),
    sync_groups: { g: { instances: ['web', 'api'] } },
  };
  const vrrp = { ...Object(spec).vrrp, api: { virtual_router_id: 52, vips: ['10.0.0.2/24'] } };
  const headers = bareLines(await renderedConf(specText({ ...spec, vrrp }))).filter((line) =>
    /^(global|vrrp).* \{$/.test(line),
  );
  assert.deepEqual(headers, [
    'global_defs {',
    'vrrp_script it {',
    'vrrp_sync_group g {',
    'vrrp_instance api {',
    'vrrp_instance web {',
  ]);
});

const TRACKERS = {
  scripts: { one: { command: '/usr/bin/true' }, two: { command: '/usr/bin/true', weight: -5 } },
  files: { one: { path: '/run/one' } },
  bfd: { one: { neighbor: '192.0.2.99' } },
};

const service = (owner: string, check: object) => ({
  services: { web: { vip: '10.0.0.1', port: 80, forwarding: 'nat', owner, check, servers: { a: '10.1.0.1' } } },
});

const USES: readonly (readonly [title: string, sections: object, written: readonly string[]])[] = [
  ['nobody follows', {}, []],
  ['an instance of this director follows', { vrrp: instance({ lb1: 100 }, { one: {} }) }, ['vrrp_script one']],
  ['an instance of another director follows', { vrrp: instance({ lb2: 100 }, { one: {} }) }, []],
  [
    'the owner of the address could follow for a fault alone',
    { vrrp: instance({ lb1: 255 }, { one: {}, two: {} }) },
    ['vrrp_script one'],
  ],
  [
    'a sync group follows',
    {
      vrrp: { ...instance({ lb1: 100 }), other: { virtual_router_id: 52, vips: ['10.0.0.2'] } },
      sync_groups: { g: { instances: ['web', 'other'], track: { scripts: { two: {} } } } },
    },
    ['vrrp_script two'],
  ],
  [
    'a group that is not tied together here would follow',
    {
      vrrp: { ...instance({ lb1: 100 }), other: { ...instance({ lb2: 100 }).web, virtual_router_id: 52 } },
      sync_groups: { g: { instances: ['web', 'other'], track: { scripts: { two: {} } } } },
    },
    [],
  ],
  ['a check goes by', service('keepalived', { file: { track_file: 'one' } }), ['track_file one']],
  [
    'one of several checks goes by',
    service('keepalived', { all: { a: { tcp: {} }, b: { bfd: { instance: 'one' } } } }),
    ['bfd_instance one'],
  ],
  ['a check of lvsctl goes by', service('lvsctl', { file: { track_file: 'one' } }), []],
];

function instance(priority: object, scripts: object = {}): { web: object } {
  return { web: { virtual_router_id: 51, vips: ['10.0.0.1'], priority, track: { scripts } } };
}

for (const [title, sections, written] of USES)
  test(`trackers that ${title} are written: ${written.join(', ') || 'none'}`, async () => {
    const directors = {
      lb1: { address: '192.0.2.11', interface: 'eth0' },
      lb2: { address: '192.0.2.12', interface: 'eth0' },
    };
    const lines = bareLines(await renderedConf(specText({ directors, track: TRACKERS, ...sections })));
    const headers = lines.flatMap((line) => /^((?:vrrp_script|track_file|bfd_instance) \w+) \{$/.exec(line)?.[1] ?? []);
    assert.deepEqual(headers, written);
  });
