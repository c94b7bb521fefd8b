import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { reloadImpact } from '../../../src/keepalived/impact.ts';
import { readConf } from '../../../src/keepalived/read-conf.ts';
import { networkOf, type Reloading, startReloading } from './reloading.ts';

const [A, B, C] = ['203.0.113.10', '203.0.113.11', '203.0.113.20'] as const;

interface Said {
  readonly id?: number;
  readonly vips?: readonly string[];
  readonly lines?: readonly string[];
  readonly priority?: number;
}

/** An instance that is master soon. */
function instance(name: string, { id = 51, vips = [A], lines = [], priority = 150 }: Said = {}): string {
  return `vrrp_instance ${name} {
    state BACKUP
    interface eth0
    virtual_router_id ${id}
    priority ${priority}
    version 3
    advert_int 0.1
    ${lines.join('\n    ')}
    virtual_ipaddress {
        ${vips.join('\n        ')}
    }
}
`;
}

/** What is foretold of a reload, for a director that has all instances for itself unless `members` says more. */
function foretold(before: string, after: string, members = [{ director: 'lb1', priority: 150 }]): string[] {
  const context = { version: '2.2.7', director: 'lb1', members: () => members };
  return reloadImpact(readConf(before), readConf(after), context).map(({ kind, subject }) => `${kind} ${subject}`);
}

interface Step {
  readonly what: string;
  readonly conf: string;
  /** What is foretold. */
  readonly impacts: readonly string[];
  /** What comes and goes. */
  readonly changes: readonly string[];
}

/** Reload after reload, each of which must do what was foretold. */
async function go(director: Reloading, start: string, steps: readonly Step[]): Promise<void> {
  let before = start;
  // News of the start may still be on their way.
  await sleep(1000);
  director.changes();
  for (const { what, conf, impacts, changes } of steps) {
    await director.reload(conf);
    // A new instance is master after 0.4 s.
    await sleep(1500);
    assert.deepEqual(director.changes(), changes, `${what}\n${director.log()}`);
    assert.deepEqual(foretold(before, conf), impacts, what);
    before = conf;
  }
}

test('an instance goes on through reloads that keep its identity, and VIPs come and go one by one', async (t) => {
  const start = instance('web');
  const director = await startReloading(t, networkOf(t), start);
  await director.untilVips(A);
  await go(director, start, [
    { what: 'the same', conf: `# again\n${start}`, impacts: [], changes: [] },
    { what: 'another name', conf: instance('www'), impacts: ['instance-renamed www'], changes: [] },
    { what: 'a VIP more', conf: instance('www', { vips: [A, B] }), impacts: [], changes: [`+${B}`] },
    {
      what: 'a VIP out of the adverts',
      conf: instance('www', { lines: [`virtual_ipaddress_excluded { ${B} }`] }),
      impacts: [],
      changes: [],
    },
    {
      what: 'another prefix length',
      conf: instance('www', { lines: [`virtual_ipaddress_excluded { ${B}/28 }`] }),
      impacts: [`vip-changed ${B}`],
      changes: [`-${B}`, `+${B}`],
    },
    { what: 'a VIP less', conf: instance('www'), impacts: [`vip-removed ${B}`], changes: [`-${B}`] },
    {
      what: 'another priority',
      conf: instance('www', { priority: 90 }),
      impacts: ['priority www'],
      changes: [],
    },
    {
      what: 'another virtual_router_id',
      conf: instance('www', { id: 61 }),
      impacts: ['instance-re-created www'],
      changes: [`-${A}`, `+${A}`],
    },
    {
      what: 'an instance more',
      conf: instance('www', { id: 61 }) + instance('api', { id: 52, vips: [C] }),
      impacts: ['instance-added api'],
      changes: [`+${C}`],
    },
    {
      what: 'an instance less',
      conf: instance('www', { id: 61 }),
      impacts: ['instance-removed api'],
      changes: [`-${C}`],
    },
    {
      what: 'unicast',
      conf: instance('www', { id: 61, lines: ['unicast_src_ip 192.0.2.1', 'unicast_peer { 192.0.2.2 }'] }),
      impacts: ['instance-re-created www'],
      changes: [`-${A}`, `+${A}`],
    },
  ]);
});

function pair(web: Said, api: Said): string {
  return instance('web', { id: 51, ...web }) + instance('api', { id: 52, ...api });
}

test('a VIP survives a move to a later instance and is lost by one to an earlier instance', async (t) => {
  const start = pair({ vips: [A, B] }, { vips: [C] });
  const director = await startReloading(t, networkOf(t), start);
  await director.untilVips(A, B, C);
  await go(director, start, [
    {
      what: 'from the first to the second',
      conf: pair({ vips: [A] }, { vips: [C, B] }),
      impacts: [`vip-moved ${B}`],
      changes: [`-${B}`, `+${B}`],
    },
    {
      what: 'from the second to the first',
      conf: pair({ vips: [A, B] }, { vips: [C] }),
      impacts: [`vip-moved ${B}`],
      changes: [`-${B}`],
    },
  ]);
  assert.match(director.log(), /Reload complete/);
  assert.deepEqual(director.vips(), [A, C], 'it stays lost');
});

test('two instances that exchange their virtual_router_id lose VIPs', async (t) => {
  const start = pair({ vips: [A] }, { vips: [C] });
  const director = await startReloading(t, networkOf(t), start);
  await director.untilVips(A, C);
  const swapped = pair({ id: 52, vips: [A] }, { id: 51, vips: [C] });
  await director.reload(swapped);
  await sleep(1500);
  assert.deepEqual(director.vips(), [A], director.log());
  assert.deepEqual(foretold(start, swapped), ['instance-exchanged api', 'instance-exchanged web']);
});

test('with the first address of a subnet the kernel takes the others off, unless they are promoted', async (t) => {
  const vips = [`${A}/24`, `${B}/24`];
  for (const lines of [[], ['promote_secondaries']]) {
    const start = instance('web', { vips, lines });
    const director = await startReloading(t, networkOf(t), start);
    await director.untilVips(A, B);
    const after = instance('web', { vips: vips.slice(1), lines });
    await director.reload(after);
    await sleep(1000);
    const isPromoted = lines.length > 0;
    assert.deepEqual(director.vips(), isPromoted ? [B] : [], director.log());
    assert.deepEqual(foretold(start, after), [...(isPromoted ? [] : [`vip-lost ${A}`]), `vip-removed ${A}`]);
  }
});

test('a sync group of masters costs nothing, and one with a new instance takes all VIPs off', async (t) => {
  const group = (...names: readonly string[]) => `vrrp_sync_group g {\n    group {\n${names.join('\n')}\n    }\n}\n`;
  const two = pair({ vips: [A] }, { vips: [B] });
  const three = two + instance('dns', { id: 53, vips: [C] });
  const director = await startReloading(t, networkOf(t), two);
  await director.untilVips(A, B);
  const steps: readonly (readonly [
    what: string,
    conf: string,
    impacts: readonly string[],
    leave: readonly string[],
  ])[] = [
    ['a group', two + group('web', 'api'), ['sync-group-joined api', 'sync-group-joined web'], []],
    [
      'a new instance in it',
      three + group('web', 'api', 'dns'),
      ['sync-group-restarted api', 'sync-group-restarted web', 'instance-added dns'],
      [A, B],
    ],
    [
      'one that leaves it',
      three + group('web', 'api'),
      ['sync-group-left api', 'sync-group-left dns', 'sync-group-left web'],
      [],
    ],
    [
      'one that comes back',
      three + group('web', 'api', 'dns'),
      ['sync-group-joined api', 'sync-group-joined dns', 'sync-group-joined web'],
      [],
    ],
  ];
  let before = two;
  await sleep(1000);
  for (const [what, conf, impacts, leave] of steps) {
    director.changes();
    await director.reload(conf);
    await sleep(1500);
    const left = director.changes().filter((change) => change.startsWith('-'));
    assert.deepEqual(
      left.sort(),
      leave.map((vip) => `-${vip}`),
      `${what}\n${director.log()}`,
    );
    assert.deepEqual(foretold(before, conf), impacts, what);
    before = conf;
  }
  assert.deepEqual(director.vips(), [A, B, C]);
});
