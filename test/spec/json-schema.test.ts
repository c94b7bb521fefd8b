import assert from 'node:assert/strict';
import { test } from 'node:test';
import { jsonSchema } from '../../src/spec/json-schema.ts';

type Node = Readonly<Record<string, unknown>>;

/** Every key of every mapping, with its schema. */
function* keysOf(node: unknown, path: string): Iterable<{ path: string; schema: Node }> {
  if (node === null || typeof node !== 'object') return;
  const { properties } = node as { properties?: Readonly<Record<string, Node>> };
  for (const [key, schema] of Object.entries(properties ?? {})) yield { path: `${path}.${key}`, schema };
  for (const [key, inner] of Object.entries(node)) yield* keysOf(inner, `${path}/${key}`);
}

const KEYS = [...keysOf(jsonSchema(), '')];

test('every key has a description that reads as a sentence', () => {
  assert.ok(KEYS.length > 250, `only ${KEYS.length} keys were found`);
  const bad = KEYS.filter(({ schema }) => !/^.{15,}\.$/s.test(String(schema.description ?? '')));
  assert.deepEqual(
    bad.map(({ path }) => path),
    [],
  );
});

test('a default that an editor offers is named in the description too', () => {
  const bad = KEYS.filter(({ schema }) => schema.default !== undefined && !/default/i.test(String(schema.description)));
  assert.deepEqual(
    bad.map(({ path }) => path),
    [],
  );
});

test('no mapping takes keys it does not know', () => {
  const open: string[] = [];
  const visit = (node: unknown, path: string): void => {
    if (node === null || typeof node !== 'object') return;
    const { type, additionalProperties } = node as { type?: unknown; additionalProperties?: unknown };
    if (type === 'object' && (additionalProperties === undefined || additionalProperties === true)) open.push(path);
    for (const [key, inner] of Object.entries(node)) visit(inner, `${path}/${key}`);
  };
  visit(jsonSchema(), '');
  assert.deepEqual(open, []);
});

test('addresses carry a format and no pattern, so that editors say something people understand', () => {
  const vip = KEYS.find(({ path }) => path.endsWith('/Service.vip'));
  assert.deepEqual(vip?.schema.anyOf, [{ format: 'ipv4' }, { format: 'ipv6' }]);
  assert.equal('pattern' in (vip?.schema ?? {}), false);
});

test('the schema is draft 7, and asks for no key that has a default', () => {
  const schema = jsonSchema();
  assert.equal(schema.$schema, 'http://json-schema.org/draft-07/schema#');
  assert.equal(schema.required, undefined);
});
