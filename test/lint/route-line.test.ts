import assert from 'node:assert/strict';
import { test } from 'node:test';
import { routeFault } from '../../src/lint/route-line.ts';
import { BAD_ROUTES, FATAL_ROUTE, GOOD_ROUTES } from './ip-lines.ts';

for (const line of GOOD_ROUTES)
  test(`a route may say: ${line}`, () => {
    assert.equal(routeFault(line, '2.2.7'), undefined);
  });

for (const line of [...BAD_ROUTES, FATAL_ROUTE])
  test(`a route may not say: ${line}`, () => {
    assert.notEqual(routeFault(line, '2.2.7'), undefined);
  });

test('from 2.3.2 on keepalived follows a route without an interface', () => {
  const line = '198.51.100.0/24 via 203.0.113.1';
  assert.match(String(routeFault(line, '2.3.1')?.message), /2\.3\.1 cannot follow a route without an interface/);
  assert.equal(routeFault(line, '2.3.2'), undefined);
});
