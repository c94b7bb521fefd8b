import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { reloadImpact } from '../../../src/keepalived/impact.ts';
import { readConf } from '../../../src/keepalived/read-conf.ts';
import { networkOf, type Reloading, startReloading } from './reloading.ts';

const [A, B] = ['203.0.113.10', '203.0.113.11'] as const;
const PRIORITIES = { lb1: 150, lb2: 100 } as const;

interface Said {
  readonly priority?: number;
  readonly version?: 2 | 3;
  readonly advert?: string;
  readonly vips?: readonly string[];
  readonly lines?: readonly string[];
}

function conf({ priority = PRIORITIES.lb1, version = 3, advert = '0.2', vips = [A], lines = [] }: Said = {}): string {
  return `vrrp_instance web {
    state BACKUP
    interface eth0
    virtual_router_id 51
    priority ${priority}
    version ${version}
    advert_int ${version === 2 ? 1 : advert}
    ${lines.join('\n    ')}
    virtual_ipaddress {
        ${vips.join('\n        ')}
    }
}
`;
}

/** Two directors of one instance; lb1 is master. */
async function directors(t: TestContext, said: Said = {}): Promise<readonly [Reloading, Reloading]> {
  const netns = networkOf(t);
  const lb1 = await startReloading(t, netns, conf(said));
  await lb1.untilVips(...(said.vips ?? [A]));
  const lb2 = await startReloading(t, networkOf(t, netns), conf({ ...said, priority: PRIORITIES.lb2 }));
  return [lb1, lb2];
}

function foretold(before: Said, after: Said): string[] {
  const members = [
    { director: 'lb1', priority: after.priority ?? PRIORITIES.lb1 },
    { director: 'lb2', priority: PRIORITIES.lb2 },
  ];
  const context = { version: '2.2.7', director: 'lb1', members: () => members };
  const found = reloadImpact(readConf(conf(before)), readConf(conf(after)), context);
  return found.map(({ level, kind }) => `${level} ${kind}`);
}

const ROWS: readonly (readonly [
  what: string,
  before: Said,
  after: Said,
  impacts: readonly string[],
  /** Where A is afterwards. */
  holders: readonly ('lb1' | 'lb2')[],
])[] = [
  ['a VIP more', {}, { vips: [A, B] }, ['disruptive adverts-refused'], ['lb1', 'lb2']],
  [
    'a VIP more, where a backup does not look',
    { lines: ['skip_check_adv_addr'] },
    { lines: ['skip_check_adv_addr'], vips: [A, B] },
    ['note vips-differ'],
    ['lb1'],
  ],
  ['a VIP more outside the adverts', {}, { lines: [`virtual_ipaddress_excluded { ${B} }`] }, [], ['lb1']],
  ['another version', {}, { version: 2 }, ['disruptive adverts-refused'], ['lb1', 'lb2']],
  ['another interval in version 3', {}, { advert: '0.4' }, [], ['lb1']],
  [
    'a password',
    { version: 2 },
    { version: 2, lines: ['authentication {', 'auth_type PASS', 'auth_pass x', '}'] },
    ['disruptive adverts-refused'],
    ['lb1', 'lb2'],
  ],
  ['a lower priority', {}, { priority: 90 }, ['disruptive master-moves'], ['lb2']],
  [
    'a lower priority with nopreempt',
    { lines: ['nopreempt'] },
    { lines: ['nopreempt'], priority: 90 },
    ['note master-stays'],
    ['lb1'],
  ],
];

for (const [what, before, after, impacts, holders] of ROWS)
  test(`${what} on one director of two: ${impacts.join() || 'nothing'}, and then ${holders.join(' and ')} is master`, async (t) => {
    assert.deepEqual(foretold(before, after), impacts);
    const [lb1, lb2] = await directors(t, before);
    await lb1.reload(conf(after));
    await sleep(after.version === 2 ? 6000 : 2500);
    const found = Object.entries({ lb1, lb2 }).filter(([, director]) => director.vips().includes(A));
    assert.deepEqual(
      found.map(([name]) => name),
      holders,
      `lb1:\n${lb1.log()}\nlb2:\n${lb2.log()}`,
    );
  });
