import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkers } from '../../src/keepalived/checker.ts';
import { loadText } from '../spec/load-text.ts';
import { specText } from './row.ts';
import { serviceOf, serviceSpec } from './service-spec.ts';

function checkOf(check: object) {
  const { services } = loadText(specText(serviceSpec({ web: serviceOf(0, { server: { check } }) }))).desired;
  return services[0]?.servers[0]?.check ?? null;
}

const FOREIGN: readonly (readonly [check: object, message: RegExp])[] = [
  [{ ldap: {} }, /keepalived has no check of kind ldap/],
  [{ mysql: {} }, /keepalived has no check of kind mysql/],
  [{ redis: {} }, /keepalived has no check of kind redis/],
  [{ grpc: {} }, /keepalived has no check of kind grpc/],
  [{ any: { a: { tcp: {} }, b: { ping: {} } } }, /keepalived has no check that needs one success of several/],
];

for (const [check, message] of FOREIGN)
  test(`${JSON.stringify(check)} is never left out in silence, since the real server would count as up`, () => {
    assert.throws(() => checkers(checkOf(check)), message);
  });

test('no check makes no checker', () => assert.deepEqual(checkers(null), []));
