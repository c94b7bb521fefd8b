import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseSavedListing } from '../../src/ipvsadm/live-table.ts';
import { restoreInput, saveTable } from '../../src/ipvsadm/restore-input.ts';
import type { ServiceAddress } from '../../src/model/table.ts';
import type { Operation } from '../../src/plan/plan.ts';
import { randomTable } from './random-table.ts';

const service: ServiceAddress = { kind: 'fwmark', family: 'ipv4', mark: 7 };
const OPERATIONS: readonly Operation[] = [
  { op: 'delete-service', service },
  { op: 'set-timeouts', timeouts: { tcp: 5 } },
];

test('rules are one line each, in their order', () => {
  assert.equal(restoreInput(OPERATIONS, { markers: false }), '-D -f 7\n--set 5 0 0\n');
});

test('a marker stands before each rule, so that the exit code still belongs to a rule', () => {
  assert.equal(restoreInput(OPERATIONS, { markers: true }), '-L --@0\n-D -f 7\n-L --@1\n--set 5 0 0\n');
});

test('a saved table is read back as it was, whatever is in it', () => {
  fc.assert(
    fc.property(randomTable(), (services) => {
      const read = parseSavedListing(saveTable(services));
      assert.deepEqual([read.services, read.unread], [services, []]);
    }),
  );
});

test('ravel-deterministic: the same table in any order gives the same bytes', () => {
  fc.assert(
    fc.property(
      randomTable().chain((services) =>
        fc.tuple(
          fc.constant(services),
          fc.shuffledSubarray(services, { minLength: services.length }),
          fc.infiniteStream(fc.boolean()),
        ),
      ),
      ([services, shuffled, coins]) => {
        const turned = shuffled.map((each) =>
          coins.next().value ? { ...each, servers: [...each.servers].reverse() } : each,
        );
        assert.equal(saveTable(turned), saveTable(services));
      },
    ),
  );
});

test('no rule of a saved table is longer than the 4095 characters that one word of ipvsadm may have', () => {
  fc.assert(
    fc.property(randomTable(), (services) =>
      saveTable(services)
        .split('\n')
        .every((line) => line.length < 400),
    ),
  );
});
