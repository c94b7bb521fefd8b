import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CONTEXT, impacts, instance } from './reload.ts';

function web(...lines: readonly string[]): string {
  return instance('web', { lines });
}

function script(name: string, ...lines: readonly string[]): string {
  return `vrrp_script ${name} {\n    ${lines.join('\n    ')}\n}\n`;
}

const CHECK = script('chk', 'script "/bin/true"');
const FOLLOWS = web('track_script { chk }');

const ROWS: readonly (readonly [title: string, before: string, after: string, expected: readonly string[]])[] = [
  [
    'a script without a weight',
    web(),
    CHECK + FOLLOWS,
    ['web tracker-added: VRRP instance web follows script chk from now on, and gives up its VIPs while that fails'],
  ],
  [
    'a script with a weight of its own',
    web(),
    script('chk', 'script /bin/true', 'weight -60') + FOLLOWS,
    ['web tracker-added: VRRP instance web follows script chk from now on, and moves its priority by -60 with it'],
  ],
  [
    'an interface with a weight',
    web(),
    web('track_interface { eth1 weight 5 reverse }'),
    [
      'web tracker-added: VRRP instance web follows interface eth1 from now on, and moves its priority by 5 reverse with it',
    ],
  ],
  [
    'a file, which has a weight anyhow',
    web(),
    `track_file f {\nfile /run/f\n}\n${web('track_file { f }')}`,
    ['web tracker-added: VRRP instance web follows file f from now on, and moves its priority by 1 with it'],
  ],
  [
    'a script no more',
    CHECK + FOLLOWS,
    web(),
    [
      'web tracker-removed: VRRP instance web no longer follows script chk: if that fails at the moment, it may take VIPs again at once',
    ],
  ],
  [
    'a script with another weight',
    CHECK + FOLLOWS,
    CHECK + web('track_script { chk weight -20 }'),
    ['web tracker-changed: VRRP instance web follows script chk otherwise (weight none -> -20), at once'],
  ],
  [
    'a sync group that follows a process',
    'vrrp_sync_group g {\ngroup { a }\n}',
    'vrrp_sync_group g {\ngroup { a }\ntrack_process { p }\n}',
    ['g tracker-added: Sync group g follows process p from now on, and gives up its VIPs while that fails'],
  ],
  [
    'another command under the same name',
    CHECK + FOLLOWS,
    script('chk', 'script "/bin/false"', 'fall 3', 'rise 2') + FOLLOWS,
    [
      'chk script-changed: Script chk has another command, and counts as the former one did until it has failed 3 or succeeded 2 times in a row',
    ],
  ],
  ['another interval', CHECK + FOLLOWS, script('chk', 'script "/bin/true"', 'interval 5') + FOLLOWS, []],
  [
    'lines in another order',
    web('track_interface {', 'eth1', 'eth2', '}'),
    web('track_interface {', 'eth2', 'eth1', '}'),
    [],
  ],
];

for (const [title, before, after, expected] of ROWS)
  test(`${title}: ${expected.length === 0 ? 'nothing' : 'a note'}`, () => {
    const found = impacts(before, after);
    assert.deepEqual(
      found.map(({ subject, kind, message }) => `${subject} ${kind}: ${message}`),
      expected,
    );
    assert.ok(found.every(({ level }) => level === 'note'));
  });

test('from 2.3.2 on a script with another command begins anew', () => {
  const after = script('chk', 'script "/bin/false"') + FOLLOWS;
  assert.deepEqual(impacts(CHECK + FOLLOWS, after, { ...CONTEXT, version: '2.3.2' }), []);
});
