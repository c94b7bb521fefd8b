import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lint } from '../../src/lint/lint.ts';
import { loadText } from './load-text.ts';

const rows = (count: number, row: (at: number) => string) => Array.from({ length: count }, (_, at) => row(at)).join('');
const ip = (at: number, first = 10) => `${first}.0.${at >> 8}.${at & 255}`;

const directors = (count: number) =>
  `directors: { ${rows(count, (at) => `lb${at}: { address: ${ip(at, 172)}, interface: eth0 }, `)} }\n`;
const pool = (servers: number) => `pools: { all: { ${rows(servers, (at) => `s${at}: ${ip(at)}, `)} } }\n`;
const services = (count: number) =>
  `services: { ${rows(count, (at) => `w${at}: { vip: ${ip(at, 20)}, port: 80, forwarding: nat, check: none, pool: all }, `)} }\n`;
const instances = (count: number) =>
  `vrrp: { ${rows(count, (at) => `v${at}: { virtual_router_id: 1, interface: e${at}, vips: [${ip(at, 20)}/24] }, `)} }\n`;

const TOO_MUCH: readonly (readonly [what: string, text: string, message: string])[] = [
  ['257 directors', directors(257), 'The spec has 257 directors; at most 256 are one cluster'],
  [
    'a pool of 500 real servers in 201 services',
    pool(500) + services(201),
    'The services have 100,500 real servers, those of a pool counted for each service that uses it; at most 100,000 are read',
  ],
  [
    '51 instances on all of 200 directors',
    directors(200) + instances(51),
    'The directors have 10,200 parts in VRRP instances; at most 10,000 are read',
  ],
];

for (const [what, text, message] of TOO_MUCH)
  test(`${what} are refused with one finding, and nothing else is said of them`, () => {
    const findings = lint(loadText(`version: 1\n${text}`));
    assert.deepEqual(
      findings.map(({ rule, range, message }) => `${range.start.line}: ${rule} ${message}`),
      [`${text.startsWith('pools') ? 3 : text.includes('vrrp:') ? 3 : 2}: LVS011 ${message}`],
    );
  });

test('what is just small enough is read', () => {
  assert.equal(loadText(`version: 1\n${pool(500)}${services(200)}`).desired.services.length, 200);
  assert.equal(loadText(`version: 1\n${directors(256)}`).desired.directors.length, 256);
});

const MANY_MISTAKES: readonly (readonly [what: string, text: string])[] = [
  ['unknown keys', rows(10_001, (at) => `k${at}: 1\n`)],
  ['values that do not fit', `services:\n${rows(10_001, (at) => `  s${at}: 1\n`)}`],
  ['keys that stand twice', 'cluster: a\n'.repeat(10_002)],
];

for (const [what, text] of MANY_MISTAKES)
  test(`10,001 ${what} are told 10,000 times, and that there are more`, () => {
    const { problems, readable } = loadText(`version: 1\n${text}`);
    assert.equal(problems.length, 10_001);
    assert.equal(problems.at(-1)?.message, 'There are more than 10,000 mistakes of form; no more are told');
    assert.equal(readable, false);
  });

test('a rule tells 10,000 places, and with the last one that there are more', () => {
  const heavy = (count: number) =>
    `version: 1\nservices: { web: { vip: 192.0.2.1, port: 80, scheduler: wrr, forwarding: nat, check: none, servers: { ${rows(count, (at) => `s${at}: { address: ${ip(at)}, weight: 70000 }, `)} } } }\n`;
  const told = (count: number) => lint(loadText(heavy(count))).filter(({ name }) => name === 'large-weight');
  assert.equal(told(10_000).length, 10_000);
  assert.doesNotMatch(told(10_000).at(-1)?.message ?? '', /more than/);
  assert.equal(told(10_001).length, 10_000);
  assert.match(told(10_001).at(-1)?.message ?? '', /; there are more than 10,000 of this rule, and no more are told$/);
});
