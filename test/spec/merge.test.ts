import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lint } from '../../src/lint/lint.ts';
import { loadSpec } from '../../src/spec/load.ts';

const A = `version: 1
cluster: edge
defaults: { forwarding: nat }
pools:
  web: { web-1: 10.0.0.1, web-2: 10.0.0.2 }
track:
  scripts: { a: { command: /bin/a } }
`;
const B = `version: 1
cluster: edge
services:
  web: { vip: 192.0.2.1, port: 80, pool: web }
track:
  scripts: { b: { command: /bin/b } }
`;

function findings(...texts: string[]): string[] {
  const files = texts.map((text, index) => ({ name: `${'abc'[index]}.lvs.yaml`, text }));
  return lint(loadSpec(files))
    .filter(({ severity }) => severity === 'error')
    .map(({ range, name, message }) => `${range.file}:${range.start.line}:${range.start.column} ${name}: ${message}`);
}

test('files are merged by section', () => {
  const loaded = loadSpec([
    { name: 'a.lvs.yaml', text: A },
    { name: 'b.lvs.yaml', text: B },
  ]);
  assert.deepEqual(
    lint(loaded).filter(({ severity }) => severity === 'error'),
    [],
  );
  assert.deepEqual(Object.keys(loaded.spec.track?.scripts ?? {}), ['a', 'b']);
  const [service] = loaded.desired.services;
  assert.deepEqual(
    [service?.origin.file, service?.servers[0]?.origin],
    ['b.lvs.yaml', { file: 'a.lvs.yaml', line: 5, column: 10 }],
  );
});

test('the order of the files means nothing', () => {
  const meaning = (...texts: string[]) =>
    JSON.stringify(
      loadSpec(texts.map((text) => ({ name: 'x', text }))).desired.services.map(({ name, servers }) => [
        name,
        servers.length,
      ]),
    );
  assert.equal(meaning(A, B), meaning(B, A));
});

test('the version may stand in one file only', () => {
  assert.deepEqual(findings(A, B.replace('version: 1\n', '')), []);
});

const CONFLICTS: readonly (readonly [title: string, text: string, finding: string])[] = [
  [
    'a service',
    `services:\n  web: { fwmark: 1 }\n`,
    'c.lvs.yaml:2:3 split-conflict: services.web stands at b.lvs.yaml:4 as well',
  ],
  [
    'a pool',
    `pools:\n  web: { web-3: 10.0.0.3 }\n`,
    'c.lvs.yaml:2:3 split-conflict: pools.web stands at a.lvs.yaml:5 as well',
  ],
  [
    'a default',
    `defaults: { forwarding: nat }\n`,
    'c.lvs.yaml:1:13 split-conflict: defaults.forwarding stands at a.lvs.yaml:3 as well',
  ],
  [
    'a script',
    `track: { scripts: { b: { command: /bin/c } } }\n`,
    'c.lvs.yaml:1:21 split-conflict: track.scripts.b stands at b.lvs.yaml:6 as well',
  ],
  ['another cluster', `cluster: other\n`, 'c.lvs.yaml:1:1 split-conflict: cluster has another value at a.lvs.yaml:2'],
  ['another version', `version: 2\n`, 'c.lvs.yaml:1:1 split-conflict: version has another value at a.lvs.yaml:1'],
];

for (const [title, text, finding] of CONFLICTS)
  test(`${title} that two files have is one finding that names both places`, () => {
    assert.deepEqual(findings(A, B, text), [finding]);
  });

test('a file with a syntax error hides what it may hold, and nothing follows from that', () => {
  assert.deepEqual(
    findings(A.replace('version: 1', 'version: "1'), B).map((finding) => finding.split(':')[0]),
    ['a.lvs.yaml'],
  );
});

test('an empty file among others is an error, since it may be a truncated one', () => {
  assert.deepEqual(findings(A, B, ''), [
    'c.lvs.yaml:1:1 not-a-mapping: The file is empty; a spec is a mapping of sections',
  ]);
});
