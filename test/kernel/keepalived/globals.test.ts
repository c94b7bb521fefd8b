import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { GLOBAL_ROWS, globalSpec, serviceOf } from '../../keepalived/global-rows.ts';
import { SYNC_ROWS, TIMEOUT_ROWS } from '../../keepalived/ipvs-rows.ts';
import { renderedConf } from '../../keepalived/rendered.ts';
import { type Row, specText } from '../../keepalived/row.ts';
import { complaintsIn, dumpConf, type Ground, testConf } from './oracle.ts';

const GROUND: Ground = { interfaces: { eth0: ['192.0.2.11/24'], eth1: ['198.51.100.11/24'] } };

/** What is lost when several rows stand in one file, or changes what others show. */
const APART = ['script_user', 'vrrp_strict', 'notify_fifo.path'];

// Without a user keepalived complains on dumping of the one that it would take for scripts.
const USER = { script_user: 'root' };

/** One file for all that can stand together, and one for each of the others, since a start is what costs. */
const FILES: readonly (readonly [name: string, rows: readonly Row[], sections: object])[] = [
  ...[GLOBAL_ROWS.filter(({ key }) => !APART.includes(key)), ...APART.map((key) => rowsOf(GLOBAL_ROWS, key))].map(
    (rows) => [`keepalived.${rows[0]?.key}`, rows, { keepalived: merged(USER, rows) }] as const,
  ),
  ...[SYNC_ROWS.slice(0, 1), SYNC_ROWS.slice(1)].map(
    (rows) =>
      [`connection_sync.${rows[0]?.key}`, rows, { keepalived: USER, connection_sync: merged({}, rows) }] as const,
  ),
  ['timeouts', TIMEOUT_ROWS, { ...serviceOf('keepalived'), keepalived: USER, timeouts: merged({}, TIMEOUT_ROWS) }],
];

for (const [name, rows, sections] of FILES)
  describe(`global_defs from ${name}`, () => {
    const vrrpOnly = name.startsWith('keepalived');
    let conf: string;
    let lines: readonly string[];
    let complaints: readonly string[];
    before(async () => {
      conf = await renderedConf(specText(globalSpec(sections)));
      const dump = await dumpConf(conf, { ground: GROUND, vrrpOnly });
      lines = globalLines(dump.vrrp);
      complaints = complaintsIn(dump);
    });

    test('are taken without a word', async () => {
      assert.deepEqual([await testConf(conf, GROUND), complaints], [[], []]);
    });

    for (const { key, shows } of rows)
      test(`show what ${key} says`, () => {
        assert.deepEqual(
          shows.filter((line) => !lines.includes(line)),
          [],
          lines.join('\n'),
        );
      });
  });

test('a file that says none of it shows none of it', async () => {
  const { vrrp } = await dumpConf(await renderedConf(specText(globalSpec({}))), { ground: GROUND, vrrpOnly: true });
  const lines = globalLines(vrrp);
  const rows = [...GLOBAL_ROWS, ...SYNC_ROWS, ...TIMEOUT_ROWS].filter(({ key }) => key !== 'enable_script_security');
  const shown = rows.filter(({ shows }) => shows.every((line) => lines.includes(line)));
  assert.deepEqual(
    shown.map(({ key }) => key),
    [],
  );
});

test('script security is off only where the spec turns it off', async () => {
  const spec = globalSpec({ keepalived: { enable_script_security: false } });
  const { vrrp } = await dumpConf(await renderedConf(specText(spec)), { ground: GROUND, vrrpOnly: true });
  assert.ok(globalLines(vrrp).includes('Script security disabled'));
});

function globalLines(dump: string): string[] {
  const end = dump.indexOf('------< VRRP');
  return dump
    .slice(0, end)
    .split('\n')
    .map((line) => line.trim());
}

function rowsOf(rows: readonly Row[], key: string): readonly Row[] {
  return rows.filter((row) => row.key === key);
}

/** What all rows say, and what is said anyhow; sections within a section are merged as well. */
function merged(start: object, rows: readonly Row[]): object {
  const all: Record<string, unknown> = { ...start };
  for (const [key, value] of rows.flatMap(({ spec }) => Object.entries(spec)))
    all[key] = isMapping(value) ? { ...Object(all[key]), ...value } : value;
  return all;
}

function isMapping(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
