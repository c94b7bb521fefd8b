import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { serviceKey, type VirtualService } from '../../src/model/table.ts';
import { stateAfter, stateBefore } from '../../src/plan/journal.ts';
import { NO_PERMISSIONS } from '../../src/plan/guard.ts';
import { makePlan } from '../../src/plan/make-plan.ts';
import type { State } from '../../src/model/state.ts';
import { desired, live, owning } from './build.ts';
import { tableArbitrary } from './table-arbitrary.ts';
import { capacity, runOperation } from './table-machine.ts';

const FOREIGN: VirtualService[] = [
  { ...base(), address: { kind: 'address', family: 'ipv4', protocol: 'tcp', vip: '203.0.113.9', port: 8443 } },
  { ...base(), address: { kind: 'address', family: 'ipv6', protocol: 'udp', vip: '2001:db8:f::9', port: 53 } },
  { ...base(), address: { kind: 'fwmark', family: 'ipv4', mark: 77 } },
  { ...base(), address: { kind: 'address', family: 'ipv4', protocol: 'sctp', vip: '203.0.113.9', port: 99 } },
];

function base(): Omit<VirtualService, 'address'> {
  return {
    scheduler: 'rr',
    schedulerFlags: [],
    persistence: null,
    persistenceEngine: null,
    onePacket: false,
    servers: [],
  };
}

/** Plans and runs until nothing is left, the clock going on between the rounds; every table seen on the way. */
function walk(before: readonly VirtualService[], after: readonly VirtualService[], startState: State) {
  let table = [...before];
  let state = startState;
  const seen = [table];
  for (let round = 0; round < 6; round++) {
    const now = round * 400_000;
    const plan = makePlan({ live: live(table), desired: desired(after), state, now, permissions: NO_PERMISSIONS });
    if (plan.changes.length === 0) return { table, seen, state, rounds: round };
    state = stateBefore(state, plan, { now });
    for (const { operation } of plan.steps) {
      table = runOperation(table, operation);
      seen.push(table);
    }
    state = stateAfter(
      state,
      live(table),
      desired(after).services.map(({ address, name }) => ({ key: serviceKey(address), name })),
    );
  }
  throw new Error('did not converge in six rounds');
}

test('from any table to any other: the live table ends as wanted and the next plan is empty', () => {
  fc.assert(
    fc.property(tableArbitrary(), tableArbitrary(), (a, b) => {
      const { table } = walk(a, b, owning(a));
      assert.deepEqual(table, b);
    }),
    { numRuns: 300 },
  );
});

test('pool-never-empty: a pool that has capacity before and after has some at every step', () => {
  fc.assert(
    fc.property(tableArbitrary(), tableArbitrary(), (a, b) => {
      const find = (table: readonly VirtualService[], key: string) =>
        table.find((one) => serviceKey(one.address) === key);
      const staying = a
        .map((one) => serviceKey(one.address))
        .filter((key) => capacity(find(a, key)) > 0 && capacity(find(b, key)) > 0);
      for (const table of walk(a, b, owning(a)).seen)
        for (const key of staying) assert.ok(capacity(find(table, key)) > 0, `${key} was empty`);
    }),
    { numRuns: 300 },
  );
});

test('foreign services of all four kinds stay as they are at every step', () => {
  fc.assert(
    fc.property(tableArbitrary(4), tableArbitrary(4), (a, b) => {
      for (const table of walk([...a, ...FOREIGN], b, owning(a)).seen)
        for (const foreign of FOREIGN) {
          const found = table.find((one) => serviceKey(one.address) === serviceKey(foreign.address));
          assert.deepEqual(found, foreign);
        }
    }),
    { numRuns: 100 },
  );
});

test('a family that has services before and after never loses its last one on the way', () => {
  fc.assert(
    fc.property(tableArbitrary(), tableArbitrary(), (a, b) => {
      const has = (table: readonly VirtualService[], family: string) =>
        table.some(({ address }) => address.family === family);
      for (const table of walk(a, b, owning(a)).seen)
        for (const family of ['ipv4', 'ipv6']) if (has(a, family) && has(b, family)) assert.ok(has(table, family));
    }),
    { numRuns: 200 },
  );
});

test('ravel-deterministic: the same input in any order gives the same plan, byte for byte', () => {
  const wanted = fc.sample(tableArbitrary(6), { numRuns: 1, seed: 7 })[0] ?? [];
  const before = fc.sample(tableArbitrary(6), { numRuns: 1, seed: 8 })[0] ?? [];
  const shuffled = fc.tuple(
    fc.shuffledSubarray(wanted, { minLength: wanted.length }),
    fc.shuffledSubarray(before, { minLength: before.length }),
  );
  const text = (a: readonly VirtualService[], b: readonly VirtualService[]) =>
    JSON.stringify(
      makePlan({ live: live(a), desired: unnamed(b), state: owning(before), now: 0, permissions: NO_PERMISSIONS }),
    );
  const reference = text(before, wanted);
  fc.assert(
    fc.property(shuffled, ([b, a]) => assert.equal(text(a, b), reference)),
    { numRuns: 1000 },
  );
});

/** Names and places follow the order of writing, so they are taken away where that order is what varies. */
function unnamed(services: readonly VirtualService[]) {
  const origin = { file: 'spec', line: 1, column: 1 };
  const all = services.map((service) => ({
    ...service,
    name: serviceKey(service.address),
    origin,
    servers: service.servers.map((server) => ({ ...server, name: server.address, origin })),
  }));
  return desired(all);
}
