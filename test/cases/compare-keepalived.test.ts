import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertCase, run } from './running.ts';

const CONF = `# Written by somebody
global_defs {
    router_id lb1
}
vrrp_instance web { # web.lvs.yaml:6
    interface eth0
    priority 150
    virtual_ipaddress {
        203.0.113.10/24 dev eth0
    }
    notify "/usr/local/bin/tell web"
}
vrrp_instance api {
    priority 100
    nopreempt
}
`;

type Row = readonly [claim: string, keepalived: object, result: readonly string[] | null];

const ROWS: readonly Row[] = [
  ['a line may stand in any block', { contains: 'priority   150' }, null],
  [
    'a line in a block is one of that block',
    { contains: ['vrrp_instance web { priority 150 }', 'vrrp_instance api {\n  nopreempt\n}'] },
    null,
  ],
  ['a block may stand in any other', { contains: 'virtual_ipaddress { 203.0.113.10/24 dev eth0 }' }, null],
  [
    'comments do not count, and quotes do not where a word has them',
    { contains: 'vrrp_instance web { # ours\n  notify "/usr/local/bin/tell web"\n  priority "150"\n}' },
    null,
  ],
  ['a block may be named without its lines', { contains: ['vrrp_instance api {}', 'global_defs { }'] }, null],
  [
    'what is missing is shown with what stands there instead',
    { contains: 'vrrp_instance web {\n  priority 160\n  nopreempt\n}' },
    [
      '- vrrp_instance web { priority 160 }',
      '- vrrp_instance web { nopreempt }',
      '+ vrrp_instance web { priority 150 }',
    ],
  ],
  ['so is a block', { contains: 'vrrp_instance app { priority 150 }' }, ['- vrrp_instance app { priority 150 }']],
  [
    'what must not be there is shown where it is',
    { not_contains: ['nopreempt', 'vrrp_instance web { nopreempt }', 'lvs_flush'] },
    ['+ vrrp_instance api { nopreempt }'],
  ],
  ['both may be asked at once', { contains: 'nopreempt', not_contains: 'lvs_flush' }, null],
  ['nothing asked is a mistake', {}, ['It names no line of keepalived.conf']],
  ['so is an empty text', { contains: '# nothing' }, ['It names no line of keepalived.conf']],
  [
    'and a block that is not closed',
    { not_contains: 'vrrp_instance web {' },
    ['This is not read: "vrrp_instance web" is not closed'],
  ],
];

for (const [claim, keepalived, result] of ROWS)
  test(`keepalived.conf: ${claim}`, () => {
    assertCase(JSON.stringify({ director: 'lb1', expect: { keepalived } }), result, { conf: CONF });
  });

test('keepalived.conf is that of a director', () => {
  const { mistakes } = run(JSON.stringify({ expect: { keepalived: { contains: 'x' } } }), { conf: CONF });
  assert.deepEqual(mistakes, [{ path: ['expect', 'keepalived'], message: 'It does not say whose: give director' }]);
});
