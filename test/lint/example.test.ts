import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BASE_SECTIONS, exampleChange, exampleFiles, exampleSpecs, yaml } from '../../src/lint/example.ts';
import { lint } from '../../src/lint/lint.ts';
import { loadSpec } from '../../src/spec/load.ts';

test('the base alone is a spec that no rule finds fault with', () => {
  assert.deepEqual(lint(loadSpec(exampleFiles(''))), []);
});

test('a section of the example takes the place of that of the base', () => {
  const [file] = exampleFiles('defaults: { forwarding: dr }\n');
  const sections = [...(file?.text ?? '').matchAll(/^(\w+):/gm)].map(([, section]) => section);
  assert.deepEqual(sections.toSorted(), Object.keys(BASE_SECTIONS).toSorted());
  assert.ok(file?.text.endsWith('defaults: { forwarding: dr }\n'));
});

test('files are taken as they stand', () => {
  assert.deepEqual(exampleFiles({ 'a.lvs.yaml': '- web\n' }), [{ name: 'a.lvs.yaml', text: '- web\n' }]);
});

test('several specs, and both sides of a change, are complete each by itself', () => {
  const specs = exampleSpecs({ specs: { 'a.lvs.yaml': 'cluster: a\n', 'b.lvs.yaml': 'cluster: b\n' } });
  const { before, after } = exampleChange({ before: 'cluster: a\n', after: 'cluster: b\n' });
  assert.deepEqual(
    specs.map(({ name }) => name),
    ['a.lvs.yaml', 'b.lvs.yaml'],
  );
  for (const file of [...specs, before, after]) {
    assert.match(file.text, /^cluster: [ab]$/m);
    assert.deepEqual(lint(loadSpec([file])), []);
  }
});

test('text in the source loses the indentation of the code around it, and nothing else', () => {
  const text = yaml`
    services:
      web: { command: 'a\b ${'c'}' }

      more: 1
  `;
  assert.equal(text, "services:\n  web: { command: 'a\\b c' }\n\n  more: 1\n");
});
