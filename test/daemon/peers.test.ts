import assert from 'node:assert/strict';
import { test } from 'node:test';
import { operationArguments } from '../../src/ipvsadm/argv.ts';
import type { State } from '../../src/model/state.ts';
import { serviceKey, sortServices, type VirtualService } from '../../src/model/table.ts';
import { subjectOfOperation } from '../../src/plan/subject.ts';
import { desired, fwmark, live, owning, server, service, tcp } from '../plan/build.ts';
import { apply, type Place } from './apply.ts';
import { memoryKernel } from './memory-kernel.ts';
import { AFTER, BEFORE, find, place, REFUSED, troubles } from './two-pools.ts';

/** Mistakes that other tools made while they carried a plan out, each under the name it has in our list of them. */

const WEB = tcp('192.0.2.1');
const BOTH = [service(WEB, [server('10.0.0.1', 3), server('10.0.0.2', 3)])];
const ONE = [service(WEB, [server('10.0.0.1', 3)])];

/** 10.0.0.2 drains, and has a connection that does not end. */
function draining(): Place {
  const table = [service(WEB, [server('10.0.0.1', 3), server('10.0.0.2', 0)])];
  const kernel = memoryKernel(table);
  kernel.active = { '10.0.0.2:80': 1 };
  const drain = { service: serviceKey(WEB), server: '10.0.0.2:80', startedAt: 1_000_000, drainSeconds: 300, weight: 3 };
  return { kernel, state: owning(table, { drains: [drain] }), now: 1_060_000 };
}

const argumentsOf = ({ kernel }: Place) => kernel.ran.map((operation) => operationArguments(operation).join(' '));

test('merlin-one-bad-service-isolated: what the kernel refuses one service holds up no other', async () => {
  for (const bad of ['tcp 192.0.2.1:80', 'tcp 192.0.2.2:80', 'tcp 192.0.2.3:80']) {
    const where = place({
      operation: (operation) => (subjectOfOperation(operation).startsWith(bad) ? REFUSED : undefined),
    });
    const outcome = await apply(where, { desired: desired(AFTER) });
    assert.ok(
      troubles(outcome).every((trouble) => trouble.includes(bad)),
      bad,
    );
    for (const { address, scheduler } of AFTER.filter((one) => serviceKey(one.address) !== bad))
      assert.equal(find(where, serviceKey(address)).scheduler, scheduler, bad);
  }
});

test('pybal-R-middle-line-fails: a rule in the middle that failed is told, although the last one was done', async () => {
  const where = place({
    operation: (operation) => (subjectOfOperation(operation) === 'tcp 192.0.2.3:80 10.0.0.5:80' ? 'silent' : undefined),
  });
  const outcome = await apply(where, { desired: desired(AFTER) });
  assert.deepEqual(troubles(outcome), ['failed add-server tcp 192.0.2.3:80 10.0.0.5:80']);
  assert.equal(find(where, 'tcp 192.0.2.3:80').servers.length, 1);
});

test('kubeproxy-drain-restart: whoever comes next knows what drains, since when, and ends it in time', async () => {
  const where = draining();
  const restarted: Place = { ...where, state: JSON.parse(JSON.stringify(where.state)) as State };
  await apply(restarted, { desired: desired(ONE) });
  assert.deepEqual(argumentsOf(restarted), ['-d -t 192.0.2.1:80 -r 10.0.0.2:80']);
  assert.ok(restarted.now >= 1_300_000 && restarted.now <= 1_310_000, String(restarted.now));
});

test('kubeproxy-drain-cancel: a server that comes back is exactly one -e, and no -d', async () => {
  const where = draining();
  await apply(where, { desired: desired(BOTH) });
  assert.deepEqual(argumentsOf(where), ['-e -t 192.0.2.1:80 -r 10.0.0.2:80 -m -w 3 -x 0 -y 0']);
  assert.deepEqual(where.state.drains, []);
});

test('kubeproxy-drain-max: a connection that never ends holds a server no longer than its drain', async () => {
  const kernel = memoryKernel(BOTH);
  kernel.active = { '10.0.0.2:80': 1 };
  const where: Place = { kernel, state: owning(BOTH), now: 0 };
  await apply(where, { desired: desired([{ ...(ONE[0] as VirtualService), drainSeconds: 90 }]) });
  assert.equal(where.now, 90_000);
  assert.deepEqual(argumentsOf(where), [
    '-e -t 192.0.2.1:80 -r 10.0.0.2:80 -m -w 0 -x 0 -y 0',
    '-d -t 192.0.2.1:80 -r 10.0.0.2:80',
  ]);
});

test('kuberouter-nochange-zero-writes: a table that is as wanted is not written at all', async () => {
  const where = place();
  await apply(where, { desired: desired(BEFORE) });
  assert.equal(where.kernel.batches, 0);
});

test('foreign-service-untouched: of all four kinds, whatever is done beside them', async () => {
  const foreign = [
    service(tcp('203.0.113.9'), [server('10.0.0.1')]),
    service({ kind: 'address', family: 'ipv6', protocol: 'udp', vip: '2001:db8::9', port: 53 }, [server('fd00::1')]),
    service(fwmark(77), [server('10.0.0.1')]),
    service({ kind: 'address', family: 'ipv4', protocol: 'sctp', vip: '203.0.113.9', port: 99 }, []),
  ];
  const where: Place = { kernel: memoryKernel(sortServices([...BEFORE, ...foreign])), state: owning(BEFORE), now: 0 };
  for (const wanted of [AFTER, BEFORE, []]) {
    await apply(where, { desired: desired(wanted) });
    for (const table of where.kernel.seen)
      assert.deepEqual(
        table.filter(({ address }) => foreign.some((one) => serviceKey(one.address) === serviceKey(address))),
        live(foreign).services,
      );
  }
  assert.deepEqual(where.kernel.table, live(foreign).services);
});
