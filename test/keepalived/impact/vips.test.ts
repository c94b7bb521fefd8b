import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ImpactContext } from '../../../src/keepalived/impact/context.ts';
import { ALONE, CONTEXT, impactRows, impacts, instance } from './reload.ts';

const NEWER: ImpactContext = { ...CONTEXT, version: '2.3.3' };
const A = '203.0.113.10';
const B = '203.0.113.11';

function web(vips: readonly string[], lines: readonly string[] = []): string {
  return instance('web', { vips, lines });
}

function api(vips: readonly string[]): string {
  return instance('api', { id: 52, vips });
}

const EXCLUDED = [`virtual_ipaddress_excluded { ${B} }`];
const SKIPS = ['skip_check_adv_addr'];

const ROWS: readonly (readonly [
  title: string,
  before: string,
  after: string,
  rows: readonly string[],
  ImpactContext?,
])[] = [
  ['a new VIP', web([A]), web([A, B]), ['disruptive adverts-refused web']],
  ['a new VIP where nobody compares', web([A], SKIPS), web([A, B], SKIPS), [`note vips-differ ${B}`]],
  ['a new VIP with a newer keepalived', web([A]), web([A, B]), [`note vips-differ ${B}`], NEWER],
  ['a new VIP where nobody else has the instance', web([A]), web([A, B]), [], ALONE],
  ['a new VIP outside the adverts', web([A]), web([A], EXCLUDED), []],
  ['a VIP that goes', web([A, B]), web([A]), [`disruptive vip-removed ${B}`, 'disruptive adverts-refused web']],
  ['a VIP that goes where nobody else has the instance', web([A, B]), web([A]), [`disruptive vip-removed ${B}`], ALONE],
  ['a VIP outside the adverts that goes', web([A], EXCLUDED), web([A]), [`disruptive vip-removed ${B}`]],
  ['a VIP that leaves the adverts', web([A, B]), web([A], EXCLUDED), ['disruptive adverts-refused web']],
  ['a VIP that leaves the adverts, newer', web([A, B]), web([A], EXCLUDED), [`note vips-differ ${B}`], NEWER],
  ['another order of VIPs', web([A, B]), web([B, A]), []],
  ['another spelling', web(['2001:db8::1']), web(['2001:DB8:0::1/128']), []],
  ['another prefix length', web([A]), web([`${A}/24`]), [`note vip-changed ${A}`]],
  ['another interface', web([A]), web([`${A} dev eth1`]), [`note vip-changed ${A}`]],
  ['the interface said', web([A]), web([`${A}/32 dev eth0`]), []],
  ['another label', web([`${A} label eth0:1`]), web([`${A} label eth0:2`]), [`note vip-changed ${A}`]],
  [
    'a VIP that moves',
    web([A, B]) + api(['203.0.113.20']),
    web([A]) + api(['203.0.113.20', B]),
    [`disruptive vip-moved ${B}`],
    NEWER,
  ],
  [
    'a VIP that moves to a new instance',
    web([A, B]),
    web([A]) + api([B]),
    [`disruptive vip-moved ${B}`, 'note instance-added api'],
    NEWER,
  ],
];

for (const [title, before, after, rows, context] of ROWS)
  test(`${title}: ${rows.join(', ') || 'nothing'}`, () => {
    assert.deepEqual(impactRows(before, after, context), rows);
  });

const MOVES: readonly (readonly [title: string, before: string, after: string, course: RegExp])[] = [
  [
    'to a later instance leaves for a moment',
    web([A, B]) + api(['203.0.113.20']),
    web([A]) + api(['203.0.113.20', B]),
    /it leaves for a moment/,
  ],
  [
    'to an earlier instance is lost',
    api(['203.0.113.20']) + web([A, B]),
    api(['203.0.113.20', B]) + web([A]),
    /missing until the next change of state/,
  ],
  [
    'from an instance that goes leaves for a moment',
    api(['203.0.113.20']) + web([B]),
    api(['203.0.113.20', B]),
    /it leaves for a moment/,
  ],
  [
    'to a new instance comes back late',
    web([A, B]),
    web([A]) + api([B]),
    /comes back after at least 3 adverts \(3 s\)/,
  ],
];

for (const [title, before, after, course] of MOVES)
  test(`a VIP that moves ${title}`, () => {
    const moved = impacts(before, after, NEWER).find(({ kind }) => kind === 'vip-moved');
    assert.match(moved?.message ?? '', course);
    assert.match(moved?.message ?? '', new RegExp(`^The VIP ${B} moves from VRRP instance web to api: `));
    assert.match(moved?.hint ?? '', /in one apply, .* in the next/);
  });
