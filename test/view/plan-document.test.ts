import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { NO_PERMISSIONS } from '../../src/plan/guard.ts';
import { formatPlanDocument, parsePlanDocument, planDocument } from '../../src/view/plan-document.ts';
import { desired, plan, server, service, tcp } from '../plan/build.ts';
import { samplePlan, SOURCES } from './sample-plan.ts';

const AFTER = [service(tcp('192.0.2.1'), [server('10.0.0.1')])];
const order = {
  desired: desired(AFTER),
  permissions: NO_PERMISSIONS,
  drainSeconds: null,
  source: {
    files: [{ name: 'spec.lvs.yaml', text: 'version: 1\n' }],
    digest: 'ab'.repeat(32),
    revision: { commit: 'cd'.repeat(20), time: 1_763_820_000, dirty: false },
  },
  netns: null,
  keepalived: { isWanted: true, director: null, templates: null },
};
const document = planDocument(plan([], AFTER), { sources: SOURCES, order });
const saved = formatPlanDocument(document);

test('the document of a plan, as scripts read it', (t) => {
  t.assert.fileSnapshot(saved, join(import.meta.dirname, '../golden/plan.json'), { serializers: [String] });
});

test('a saved plan is read back as it was, something of everything included', () => {
  for (const each of [document, planDocument(samplePlan(), { sources: SOURCES, order })])
    assert.deepEqual(parsePlanDocument(formatPlanDocument(each)), JSON.parse(formatPlanDocument(each)));
});

test('a plan that was cut short anywhere is no plan', () => {
  for (let length = 0; length < saved.length - 2; length += 97)
    assert.equal(parsePlanDocument(saved.slice(0, length)), 'it is not a plan that lvsctl saved');
});

const EDITED: readonly [claim: string, edit: (text: string) => string][] = [
  ['another weight', (text) => text.replace('"weight": 1', '"weight": 9')],
  ['another operation', (text) => text.replace('"op": "add-service"', '"op": "delete-service"')],
  ['a permission', (text) => text.replace('"empty": false', '"empty": true')],
  ['another digest', (text) => text.replace(/sha256:./, 'sha256:g')],
  ['no seal', (text) => text.replace(/,\s*"seal": "\w+"/, '')],
  ['no plan', (text) => JSON.stringify({ ...(JSON.parse(text) as object), plan: undefined })],
];

for (const [claim, edit] of EDITED)
  test(`a saved plan with ${claim} is refused`, () => {
    const text = edit(saved);
    assert.notEqual(text, saved);
    assert.equal(parsePlanDocument(text), 'it was cut short or edited after lvsctl saved it');
  });

test('another order of white space is no edit', () => {
  assert.equal(typeof parsePlanDocument(JSON.stringify(JSON.parse(saved))), 'object');
});

test('a newer minor version is read, another major one is not', () => {
  const version = (text: string) => saved.replace('"format_version": "1.0"', `"format_version": ${text}`);
  assert.equal(typeof parsePlanDocument(version('"1.7"')), 'object');
  for (const other of ['2.0', '10.0', '0.9'])
    assert.equal(parsePlanDocument(version(`"${other}"`)), `its format version is ${other}, and this lvsctl reads 1.x`);
});

for (const text of ['', 'null', '[]', '"plan"', '{}', '{"kind":"lvsctl.findings"}', 'not json'])
  test(`${text || 'nothing'} is not a saved plan`, () => {
    assert.equal(parsePlanDocument(text), 'it is not a plan that lvsctl saved');
  });
