import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { DrainIntent, State } from '../../src/model/state.ts';
import { serverKey, serviceKey, type VirtualService } from '../../src/model/table.ts';
import type { Operation } from '../../src/plan/plan.ts';
import { bareTable } from '../bare-table.ts';
import { desired, fwmark, owning, server, service, tcp } from '../plan/build.ts';
import { tableArbitrary } from '../plan/table-arbitrary.ts';
import { capacity } from '../plan/table-machine.ts';
import { apply, type Place } from './apply.ts';
import { Life } from './life.ts';
import { memoryKernel } from './memory-kernel.ts';

const START = 1_000_000;

/** A pause is ten seconds, and a death costs five. */
const SLACK = 25_000;

const writes = new WeakMap<Place, { server: string; at: number }[]>();

function note(place: Place, server: string): void {
  writes.set(place, [...(writes.get(place) ?? []), { server, at: place.now }]);
}

/** One lvsctl that dies at its n-th effect, or does not. True: it lived to its end. */
async function live(place: Place, after: readonly VirtualService[], end: number): Promise<boolean> {
  const life = new Life(end);
  const beat = () => life.beat();
  const step = (operation: Operation | 'end') => {
    beat();
    if (operation !== 'end' && 'server' in operation) note(place, serverKey(operation.server));
  };
  place.kernel.faults = { step, read: beat };
  const writeState = async (state: State) => {
    beat();
    place.state = state;
    beat();
  };
  try {
    await apply(place, { desired: desired(after), writeState });
  } catch {}
  return !life.isOver;
}

function assertPoolsFilled(place: Place, before: readonly VirtualService[], after: readonly VirtualService[]): void {
  const filled = (table: readonly VirtualService[], key: string) =>
    capacity(table.find((one) => serviceKey(one.address) === key)) > 0;
  const staying = before
    .map(({ address }) => serviceKey(address))
    .filter((key) => filled(before, key) && filled(after, key));
  for (const table of place.kernel.seen) for (const key of staying) assert.ok(filled(table, key), `${key} was empty`);
}

const FOREIGN = service(fwmark(99), [server('10.9.9.9', 7)]);
const WEB = tcp('192.0.2.1');
const BEFORE = [
  service(WEB, [server('10.0.0.1', 5), server('10.0.0.2', 5), server('10.0.0.3', 5), server('10.0.0.4', 0)]),
  service(tcp('192.0.2.2'), [server('10.0.0.5'), server('10.0.0.6')]),
];
const AFTER = [
  service(WEB, [server('10.0.0.1', 9), server('10.0.0.7', 1)], { scheduler: 'wrr' }),
  service(tcp('192.0.2.3'), [server('10.0.0.5'), server('10.0.0.8')]),
];
/** 10.0.0.4 drains for a while already, 10.0.0.2 has connections that never end. */
const DRAINING: DrainIntent = {
  service: serviceKey(WEB),
  server: '10.0.0.4:80',
  startedAt: START - 100_000,
  drainSeconds: 300,
  weight: 5,
};

function site(): Place {
  const kernel = memoryKernel([...BEFORE, FOREIGN]);
  kernel.active = { '10.0.0.2:80': 3, '10.0.0.4:80': 1 };
  return { kernel, state: owning(BEFORE, { drains: [DRAINING] }), now: START };
}

test('death at any effect of an apply: the next one ends what it began, and no pool is empty on the way', async () => {
  let deaths = 0;
  for (let end = 1; ; end += 1) {
    const place = site();
    if (await live(place, AFTER, end)) break;
    deaths += 1;
    place.now += 5000;
    await live(place, AFTER, Infinity);
    assert.deepEqual(bareTable(place.kernel.table), bareTable([...AFTER, FOREIGN]), `death ${end}`);
    assert.deepEqual(place.state.drains, [], `death ${end}`);
    assert.deepEqual(
      place.state.owned.map(({ key }) => key).sort(),
      AFTER.map(({ address }) => serviceKey(address)).sort(),
      `death ${end}`,
    );
    assertPoolsFilled(place, BEFORE, AFTER);
  }
  assert.ok(deaths > 40, `only ${deaths} deaths`);
});

test('death at any effect of an apply: a drain keeps its start and ends in time, whoever goes on', async () => {
  for (let end = 1; ; end += 1) {
    const place = site();
    const lived = await live(place, AFTER, end);
    place.now += 5000;
    for (const key of ['10.0.0.2:80', '10.0.0.4:80']) assertKnown(place, key);
    if (!lived) {
      await live(place, AFTER, 4);
      for (const key of ['10.0.0.2:80', '10.0.0.4:80']) assertKnown(place, key);
    }
    await live(place, AFTER, Infinity);
    const [quiesced = 0, removed = 0] = momentsOf(place, '10.0.0.2:80');
    assert.ok(removed - quiesced >= 300_000, `death ${end}: removed ${removed - quiesced} ms after it was quiesced`);
    assert.ok(
      removed - quiesced <= 300_000 + SLACK,
      `death ${end}: removed ${removed - quiesced} ms after it was quiesced`,
    );
    const [old = 0] = momentsOf(place, '10.0.0.4:80');
    assert.ok(old - DRAINING.startedAt >= 300_000, `death ${end}: removed after ${old - DRAINING.startedAt} ms`);
    assert.ok(
      old - DRAINING.startedAt <= 300_000 + SLACK,
      `death ${end}: removed after ${old - DRAINING.startedAt} ms`,
    );
    if (lived) break;
  }
});

/** What is quiet by our hand is in the journal, with its start; nothing else tells when its time is over. */
function assertKnown(place: Place, key: string): void {
  const found = place.kernel.table[0]?.servers.find((one) => serverKey(one) === key);
  if (found?.weight !== 0) return;
  const drain = place.state.drains.find((one) => one.server === key);
  const [quiesced = DRAINING.startedAt] = momentsOf(place, key);
  assert.ok(drain, `nobody knows that ${key} drains`);
  assert.ok(Math.abs(drain.startedAt - quiesced) < 1000, `${key} lost the start of its drain`);
}

/** When a real server was written. */
function momentsOf(place: Place, key: string): number[] {
  return (writes.get(place) ?? []).filter((write) => write.server === key).map(({ at }) => at);
}

test('death at any moment between any two tables, twice: the third lvsctl ends it', async () => {
  const property = fc.asyncProperty(
    tableArbitrary(4),
    tableArbitrary(4),
    fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 2 }),
    async (before, after, ends) => {
      const place: Place = { kernel: memoryKernel(before), state: owning(before), now: START };
      for (const end of ends) {
        await live(place, after, end);
        place.now += 7000;
      }
      await live(place, after, Infinity);
      assert.deepEqual(bareTable(place.kernel.table), bareTable(after));
      assertPoolsFilled(place, before, after);
    },
  );
  await fc.assert(property, { numRuns: 150 });
});
