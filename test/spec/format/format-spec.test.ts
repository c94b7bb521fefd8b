import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { formatSpec } from '../../../src/spec/format/format-spec.ts';

const ROWS: readonly (readonly [claim: string, before: string, after: string])[] = [
  [
    'keys come in the order of the schema, names stay in that of their author',
    'services:\n  b: { port: 80, vip: 10.0.0.1 }\n  a: { vip: 10.0.0.2, port: 80 }\nversion: 1\n',
    'version: 1\nservices:\n  b: { vip: 10.0.0.1, port: 80 }\n  a: { vip: 10.0.0.2, port: 80 }\n',
  ],
  [
    'a level is two spaces, a list is indented under its key',
    'vrrp:\n    web:\n        vips:\n        -   10.0.0.1/24\n        - address: 10.0.0.2/24\n          label: eth0:1\n',
    'vrrp:\n  web:\n    vips:\n      - 10.0.0.1/24\n      - address: 10.0.0.2/24\n        label: eth0:1\n',
  ],
  [
    'a comment moves with the key below it, and one beside a key keeps its distance',
    'services: {}\n# which language\nversion:   1   # ours\n',
    '# which language\nversion: 1     # ours\nservices: {}\n',
  ],
  [
    'comments one below another stay so at another depth',
    'pools:\n    web:\n        web-1: 10.0.0.1    # rack 1\n        web-20: 10.0.0.20  # rack 2\n',
    'pools:\n  web:\n    web-1: 10.0.0.1    # rack 1\n    web-20: 10.0.0.20  # rack 2\n',
  ],
  [
    'the comment of the file stays at its top',
    '# The edge\n\n# what runs\nservices: {}\nversion: 1\n',
    '# The edge\n\nversion: 1\n\n# what runs\nservices: {}\n',
  ],
  [
    'so does the line that tells editors the schema, with those around it',
    '# yaml-language-server: $schema=./lvsctl.schema.json\n# The edge\nservices: {}\nversion: 1\n',
    '# yaml-language-server: $schema=./lvsctl.schema.json\n# The edge\n\nversion: 1\nservices: {}\n',
  ],
  [
    'several blank lines are one, and there is none at the ends or below an opening line',
    '\n\nversion: 1\n\n\npools:\n\n  web: {}\n\n\n  api: {}\n\n',
    'version: 1\n\npools:\n  web: {}\n\n  api: {}\n',
  ],
  [
    'braces on several lines come together where they fit',
    'version: 1\npools: {\n  web: { web-1: 10.0.0.1,\n    web-2: 10.0.0.2 } }\n',
    'version: 1\npools: { web: { web-1: 10.0.0.1, web-2: 10.0.0.2 } }\n',
  ],
  [
    'braces that do not fit, or hold a comment, become a block',
    `version: 1\npools: { web: { web-1: 10.0.0.1 }, api: { ${Array.from({ length: 6 }, (_, at) => `api-${at}: 10.0.0.${at}`).join(', ')} } }\nguards: { max_remove: 50% # half\n}\n`,
    `version: 1\nguards:\n  max_remove: 50% # half\npools:\n  web: { web-1: 10.0.0.1 }\n  api:\n${Array.from({ length: 6 }, (_, at) => `    api-${at}: 10.0.0.${at}\n`).join('')}`,
  ],
  [
    'a line that a comment above excuses from lint stays one line',
    `version: 1\npools:\n  web:\n    # lvsctl-disable-next-line LVS202 -- measured\n    web-1: { address: 10.0.0.1, weight: 70000, forwarding: nat, port: 8080, upper_threshold: 1000, lower_threshold: 900 }\n`,
    `version: 1\npools:\n  web:\n    # lvsctl-disable-next-line LVS202 -- measured\n    web-1: { address: 10.0.0.1, port: 8080, weight: 70000, upper_threshold: 1000, lower_threshold: 900, forwarding: nat }\n`,
  ],
  [
    'an unknown key stays behind the key it stands behind',
    'services:\n  web:\n    port: 80\n    schedular: wrr\n    vip: 10.0.0.1\nversion: 1\n',
    'version: 1\nservices:\n  web:\n    vip: 10.0.0.1\n    port: 80\n    schedular: wrr\n',
  ],
  [
    'an alias stays behind its anchor, whatever the schema says',
    'services: { web: &w { vip: 10.0.0.1 } }\npools: { web: *w }\n',
    'services: { web: &w { vip: 10.0.0.1 } }\npools: { web: *w }\n',
  ],
  [
    'texts in block style move as a whole',
    'services:\n    web:\n        extra:\n        - |\n            a\n              b\n\n        - >2-\n              c\n',
    'services:\n  web:\n    extra:\n      - |\n        a\n          b\n\n      - >2-\n            c\n',
  ],
  [
    'blanks at the end of a text in block style are part of it where they stand deeper than it',
    'x: |\n    a\n     \n\ny: |+\n    b\n     \n\n',
    'x: |\n  a\n   \n\ny: |+\n  b\n   \n\n',
  ],
  ['blanks are all the indentation there is where a text has nothing else', 'x: |+\n    \n', 'x: |+\n\n'],
  ['a tab begins a text in block style', 'x: |\n    \t\n     a\n', 'x: |\n  \t\n   a\n'],
  ['blanks at the end of the file are no line of a text', 'x: |+\n  a\n  ', 'x: |+\n  a\n'],
  ['only blanks that YAML knows are dropped', 'x: a\u00a0  \ny: \u2028\n', 'x: a\u00a0\ny: \u2028\n'],
  ['what is empty keeps its braces, however long the line is', `{ ${'x'.repeat(99)}: {} }`, `${'x'.repeat(99)}: {}\n`],
  ['an empty spec keeps its braces too', '{}\n# nothing yet\n', '{}\n# nothing yet\n'],
  [
    'a key that looks like a mark of the document is quoted where it would stand like one',
    '  ... a: 1\n  --- b: 2\n  "%c": 3\n',
    '"... a": 1\n"--- b": 2\n"%c": 3\n',
  ],
  ['an anchor of nothing stays', 'x: [&a , b]\ny: *a\n', 'x: [&a, b]\ny: *a\n'],
  ['a key without a value has no blank behind it', '{ x:, y: {z:,w: 1} }', '{ x:, y: { z:, w: 1 } }\n'],
  [
    'names that every object has are names like others',
    'x: { toString: {}, valueOf: {} }\n',
    'x: { toString: {}, valueOf: {} }\n',
  ],
  [
    'what is commented out stays where it was',
    'pools:\n  web: {}\n  # api: {}\nservices:\n  # web: {}\nversion: 1\n',
    'version: 1\npools:\n  web: {}\n  # api: {}\nservices:\n  # web: {}\n',
  ],
  ['line feeds end lines', 'version: 1\r\n# c\r\npools: {}\r\n', 'version: 1\n# c\npools: {}\n'],
  ['a document may have its marks', '---\nservices: {}\nversion: 1\n...\n', '---\nversion: 1\nservices: {}\n...\n'],
  ['JSON is a spec too', '{"services": {}, "version": 1}', '{ "version": 1, "services": {} }\n'],
];

for (const [claim, before, after] of ROWS) {
  test(claim, () => {
    assert.deepEqual(formatSpec({ name: 'x', text: before }), { ok: true, text: after });
    assert.deepEqual(formatSpec({ name: 'x', text: after }), { ok: true, text: after });
  });
}

const REFUSED: readonly (readonly [what: string, text: string, rule: string])[] = [
  ['what is not YAML', 'version: 1\n  pools: {', 'yaml-syntax'],
  ['tabs', 'pools:\n\tweb: {}\n', 'tab-indentation'],
  ['a bare IPv6 address that YAML reads as a mapping', 'vip: 2001:db8::\n', 'unquoted-ipv6'],
  ['a list', '- version: 1\n', 'not-a-mapping'],
  ['an empty file', '', 'not-a-mapping'],
  ['a key of several parts', '? [a, b]\n: 1\n', 'yaml-syntax'],
];

for (const [what, text, rule] of REFUSED) {
  test(`${what} has no form, and the reason is a finding`, () => {
    const formatted = formatSpec({ name: 'x', text });
    assert.ok(!formatted.ok);
    assert.deepEqual([...new Set(formatted.problems.map((problem) => problem.rule))], [rule]);
  });
}

test('every fixture of lint has a form or a reason, and its expectations stay at their lines', () => {
  const files = readdirSync('test/lint/fixtures').filter((name) => name.endsWith('.yaml'));
  assert.ok(files.length > 80);
  for (const name of files) {
    const text = readFileSync(`test/lint/fixtures/${name}`, 'utf8');
    const formatted = formatSpec({ name, text });
    if (formatted.ok) assert.deepEqual(formatSpec({ name, text: formatted.text }), formatted, name);
  }
});

test('the starters are in this form', () => {
  for (const name of readdirSync('templates/specs')) {
    const text = readFileSync(`templates/specs/${name}`, 'utf8');
    assert.deepEqual(formatSpec({ name, text }), { ok: true, text }, name);
  }
});
