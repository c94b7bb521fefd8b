import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { CHECK_ROWS } from '../../keepalived/check-rows.ts';
import { desiredOf, renderedConf } from '../../keepalived/rendered.ts';
import { specText } from '../../keepalived/row.ts';
import { SERVER_ROWS } from '../../keepalived/server-rows.ts';
import { SERVICE_ROWS } from '../../keepalived/service-rows.ts';
import { serviceOf, serviceSpec } from '../../keepalived/service-spec.ts';
import { virtualServersOf } from './checker-dump.ts';
import { dumpConf, testConf } from './oracle.ts';

const ROWS = [
  ...SERVICE_ROWS.map((row) => ({ ...row, in: 'services.*', parts: { service: row.spec } })),
  ...SERVER_ROWS.map((row) => ({ ...row, in: 'servers.*', parts: { server: row.spec } })),
  ...CHECK_ROWS.map((row) => ({ ...row, in: 'check', parts: { server: { check: row.spec } } })),
];

// All in one file, since a start of keepalived costs more than all that is in it.
const services = {
  plain: serviceOf(0),
  ...Object.fromEntries(ROWS.map(({ parts }, index) => [`row-${index}`, serviceOf(index + 1, parts)])),
};
const spec = specText(serviceSpec(services));
const conf = await renderedConf(spec);

test('keepalived takes a service with each of its keys without a word', async () => {
  assert.deepEqual(await testConf(conf.replaceAll(' nobody root', ' root root')), []);
});

// lib/notify.c, check_script_secure: it takes itself for a child of the daemon that was left alone.
test('keepalived 2.2.7 cannot test a file with a script that runs as somebody else: it ends itself without a word', async () => {
  assert.deepEqual(await testConf(conf), ['keepalived -t ended with SIGTERM']);
});

describe('the dump of keepalived', () => {
  const sections = new Map<string, readonly string[]>();
  before(async () => {
    const { checker, log } = await dumpConf(conf);
    assert.doesNotMatch(log.join('\n'), /regex/i);
    const found = virtualServersOf(checker);
    for (const [index, { name }] of desiredOf(spec).services.entries()) sections.set(name, found[index] ?? []);
  });

  for (const [index, { in: place, key, spec: written, shows }] of ROWS.entries())
    test(`shows what ${place}.${key} says: ${JSON.stringify(written).slice(0, 100)}`, () => {
      const lines = sections.get(`row-${index}`) ?? [];
      assert.deepEqual(
        shows.filter((line) => !lines.includes(line)),
        [],
        lines.join('\n'),
      );
      const without = sections.get('plain') ?? [];
      assert.ok(without.length > 0 && !shows.every((line) => without.includes(line)), 'it would show it anyhow');
    });
});
