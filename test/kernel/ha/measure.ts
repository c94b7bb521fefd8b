import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { HaDirector } from '../../lab/ha-director.ts';
import type { HaLoad } from '../../lab/ha-load-client.ts';
import { outages } from '../../lab/ha-outage.ts';
import { until } from '../../lab/until.ts';

/** Over all VIPs. A guest has one CPU for clients, directors and real servers. */
export const REQUESTS_PER_SECOND = 50;

export interface Failover {
  /** Lets it happen, and says when it did. */
  readonly strike: () => Promise<number>;
  readonly successor: HaDirector;
  /** VIPs that the successor takes over. */
  readonly moves: readonly string[];
  readonly load: HaLoad;
  /** VIPs that the load asks. */
  readonly asked: readonly string[];
  /** Time in which VIPs must have moved and every VIP must answer. */
  readonly limitSeconds: number;
}

/** Lets something happen under load, prints what it cost, and holds it to its limit. */
export async function measureFailover(t: TestContext, failover: Failover): Promise<void> {
  const { strike, successor, moves, load, asked, limitSeconds } = failover;
  await untilAnswered(load, asked);
  const at = await strike();
  await until(() => moves.every((vip) => successor.holds(vip)), { describe: () => successor.log });
  // So that what was asked before and during it has its answer, or none.
  await sleep(1200);
  const requests = await load.take();
  const late = Math.max(...requests.map(({ lateMilliseconds }) => lateMilliseconds));
  const limit = Math.round(1000 * limitSeconds) + late;
  const moved = Math.max(...moves.map((vip) => (successor.heldSince(vip) ?? Number.NaN) - at));
  t.diagnostic(
    `VIPs moved to ${successor.name} after ${moved} ms; limit ${limit} ms, of it ${late} for a busy machine`,
  );
  assert.ok(moved <= limit, `${moved} ms, and ${limit} ms are the limit`);
  for (const { vip, ...outage } of outages(requests, asked, at)) {
    const { firstAnswerMilliseconds: first, lastLossMilliseconds: last } = outage;
    const reasons = outage.reasons.join(', ');
    const losses = last === null ? 'none lost' : `${outage.lost} lost (${reasons}), the last one sent after ${last} ms`;
    t.diagnostic(`${vip}: first answer after ${first} ms; of ${outage.asked} requests ${losses}`);
    assert.ok(first !== null && first <= limit, `${vip}: ${first} ms, and ${limit} ms are the limit`);
  }
}

/** Waits until every VIP answers every request: a load and real servers that have just begun are slow at first. */
async function untilAnswered(load: HaLoad, asked: readonly string[]): Promise<void> {
  for (let tries = 0; tries < 40; tries++) {
    await sleep(500);
    const requests = await load.take();
    const isAnswered = (vip: string) => requests.some((request) => request.vip === vip && request.server !== null);
    if (asked.every(isAnswered) && requests.every(({ server }) => server !== null)) return;
  }
  assert.fail('Requests are lost before anything has happened');
}

/**
 * Seconds in which a backup of this priority takes over from a master that fell silent: three adverts and its skew time
 * (RFC 5798 §6.1), and one for a machine that is slow.
 */
export function takeoverLimit({ advert, priority }: { readonly advert: number; readonly priority: number }): number {
  return 3 * advert + ((256 - priority) / 256) * advert + 1;
}
