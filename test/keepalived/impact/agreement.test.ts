import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ALONE, CONTEXT, impactRows, impacts, instance } from './reload.ts';

function web(...lines: readonly string[]): string {
  return instance('web', { lines });
}

/** The last line that says it counts. */
const V2 = 'version 2';
const PASS = ['authentication {', 'auth_type PASS', 'auth_pass secret', '}'];

const REFUSED: readonly (readonly [title: string, before: string, after: string, what: string])[] = [
  ['another version', web(), web(V2), 'version 3 -> 2'],
  ['another interval in version 2', web(V2, 'advert_int 1'), web(V2, 'advert_int 2'), 'advert_int 1 -> 2'],
  ['a password', web(V2), web(V2, ...PASS), 'authentication'],
  ['another password', web(V2, ...PASS), web(V2, ...PASS).replace('secret', 'Secret'), 'authentication'],
  ['a key', web(), web('auth_hmac {', 'key 1 hex:00', '}'), 'auth_hmac'],
  ['another checksum', web(), web('v3_checksum_as_v2 on'), 'v3_checksum_as_v2 none -> on'],
  ['other VIPs', web(), instance('web', { vips: ['203.0.113.10', '203.0.113.11'] }), 'its VIPs'],
  ['two things', web(), web(V2, ...PASS), 'version 3 -> 2 and authentication'],
];

for (const [title, before, after, what] of REFUSED)
  test(`${title} must be alike on all directors`, () => {
    const [impact, ...others] = impacts(before, after);
    assert.deepEqual(others, []);
    assert.deepEqual([impact?.level, impact?.kind, impact?.subject], ['disruptive', 'adverts-refused', 'web']);
    assert.equal(
      impact?.message,
      `Until the directors of VRRP instance web have it alike (${what}), they refuse each other's adverts, and after ${/-> 2$/.test(what) && what.startsWith('advert') ? 6 : 3} s more than one of them is master`,
    );
    assert.doesNotMatch(JSON.stringify(impact), /secret/i);
  });

test('a version for all counts where an instance has none', () => {
  const bare = web().replace('version 3\n', '');
  const rows = impactRows(bare, `global_defs {\nvrrp_version 3\n}\n${bare}`);
  assert.deepEqual(rows, ['disruptive adverts-refused web']);
});

const V6 = instance('web', { vips: ['fe80::1'] }).replace('version 3\n', '');

const ROWS: readonly (readonly [title: string, before: string, after: string, rows: readonly string[]])[] = [
  ['another interval in version 3, which backups follow', web('advert_int 1'), web('advert_int 2'), []],
  ['the version that IPv6 has anyhow', V6, V6.replace('priority', 'version 3\npriority'), []],
  [
    'the version for all, which is not for IPv6',
    `global_defs {\nvrrp_version 2\n}\n${V6}`,
    `global_defs {\nvrrp_version 3\n}\n${V6}`,
    [],
  ],
  ['another patience', web(), web('down_timer_adverts 2'), ['note patience-differs web']],
  [
    'a peer that goes, and one that comes',
    web('unicast_src_ip 192.0.2.1', 'unicast_peer { 192.0.2.2 }'),
    web('unicast_src_ip 192.0.2.1', 'unicast_peer { 192.0.2.3 }'),
    ['disruptive peer-removed web', 'note peer-added web'],
  ],
  ['an option of a peer', web('unicast_peer { 192.0.2.2 }'), web('unicast_peer { 192.0.2.2 min_ttl 1 }'), []],
];

for (const [title, before, after, rows] of ROWS)
  test(`${title}: ${rows.join(', ') || 'nothing'}`, () => {
    assert.deepEqual(impactRows(before, after), rows);
  });

test('nobody need agree with a director that has an instance for itself', () => {
  for (const [, before, after] of REFUSED) assert.deepEqual(impactRows(before, after, ALONE), []);
});

test('an instance that only its file knows may be on other directors too', () => {
  for (const members of [undefined, () => []]) {
    const context = { version: CONTEXT.version, director: 'lb1', ...(members && { members }) };
    assert.deepEqual(impactRows(web(), web(V2), context), ['disruptive adverts-refused web']);
  }
});
