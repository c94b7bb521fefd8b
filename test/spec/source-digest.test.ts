import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sourceDigest } from '../../src/spec/source-digest.ts';

const A = { name: 'etc/lvsctl/a.lvs.yaml', text: 'version: 1\n' };
const B = { name: 'etc/lvsctl/b.lvs.yaml', text: 'services: {}\n' };

test('a spec is the same from another working directory, in another order, and through a pipe', () => {
  const digest = sourceDigest([A, B]);
  assert.match(digest, /^[0-9a-f]{64}$/);
  assert.equal(
    sourceDigest([
      { ...B, name: 'b.lvs.yaml' },
      { ...A, name: '<stdin>' },
    ]),
    digest,
  );
});

test('what its files say makes another spec of it, and so does where one ends', () => {
  const all = [[A, B], [A], [A, A], [{ ...A, text: A.text + B.text }], [{ ...A, text: 'version: 1 \n' }, B], []];
  assert.equal(new Set(all.map(sourceDigest)).size, all.length);
});
