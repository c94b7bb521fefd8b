import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ALONE, impactRows, impacts, instance } from './reload.ts';

const [A, B, C] = ['203.0.113.10/24', '203.0.113.11/24', '203.0.113.12/25'];

function web(vips: readonly string[], lines: readonly string[] = []): string {
  return instance('web', { vips, lines });
}

const LOST: readonly (readonly [title: string, before: string, after: string])[] = [
  ['one that goes', web([A, B]), web([B])],
  ['one that gets another prefix length', web([A, B]), web(['203.0.113.10/32', B])],
  ['one that goes with its instance', instance('api', { id: 52, vips: [A] }) + web([B]), web([B])],
  [
    'one whose instance is re-created',
    instance('api', { id: 52, vips: [A] }) + web([B]),
    instance('api', { id: 53, vips: [A] }) + web([B]),
  ],
  [
    'one outside the adverts',
    web([A], [`virtual_ipaddress_excluded { ${B} }`]),
    web(['203.0.113.99/24'], [`virtual_ipaddress_excluded { ${B} }`]),
  ],
];

for (const [title, before, after] of LOST)
  test(`other VIPs of its subnet may go with ${title}`, () => {
    const lost = impacts(before, after, ALONE).filter(({ kind }) => kind === 'vip-lost');
    assert.deepEqual(
      lost.map(({ level, subject, message }) => [level, subject, message]),
      [
        [
          'disruptive',
          '203.0.113.10',
          'If 203.0.113.10/24 is the first address of its subnet on eth0, the kernel takes the VIP 203.0.113.11 off with it, and keepalived does not notice',
        ],
      ],
    );
  });

const SAFE: readonly (readonly [title: string, before: string, after: string])[] = [
  ['it was put on after them', web([A, B]), web([A])],
  ['their prefix length differs', web([A, C]), web([C])],
  ['they are hosts for themselves', web(['203.0.113.10', '203.0.113.11']), web(['203.0.113.11'])],
  ['they are in another subnet', web([A, '198.51.100.1/24']), web(['198.51.100.1/24'])],
  ['they are on another interface', web([A, `${B} dev eth1`]), web([`${B} dev eth1`])],
  ['they are promoted', web([A, B], ['promote_secondaries']), web([B], ['promote_secondaries'])],
  ['all of them are put on anew', web([A, B]), instance('web', { id: 61, vips: [A, B] })],
  ['they are IPv6', web(['2001:db8::1/24', '2001:db8::2/24']), web(['2001:db8::2/24'])],
];

for (const [title, before, after] of SAFE)
  test(`other VIPs stay where ${title}`, () => {
    assert.deepEqual(
      impactRows(before, after, ALONE).filter((row) => row.includes('vip-lost')),
      [],
    );
  });
