import { setTimeout as sleep } from 'node:timers/promises';
import type { FailingServer, Fault } from '../../lab/failing-servers.ts';
import type { Load } from '../../lab/load-client.ts';
import type { LoadTotals } from '../../lab/load.ts';
import { HANGING } from '../../kernel/health-site.ts';

/** What came of one fault of a real server. */
export interface FaultRun {
  /** From the fault until the checks said so; null where they do not say when. */
  readonly saidSeconds: number | null;
  /** From the fault until it was out of the table, or had weight 0; null: not in `GIVE_UP_SECONDS`. */
  readonly foundSeconds: number | null;
  /** From its recovery until it served again; null: it had never left. */
  readonly backSeconds: number | null;
  /** From the fault until it served again. An answer of somebody else is a lost one. */
  readonly lost: number;
  readonly requests: number;
}

export interface Surroundings {
  readonly server: FailingServer;
  readonly load: Load;
  readonly isServing: () => boolean;
  /** When the checks said, since then, that it is down. Epoch milliseconds. */
  readonly saidDown: (since: number) => number | null;
}

export const GIVE_UP_SECONDS = 30;
/** After that whoever waits for an answer has given up. */
const PATIENCE_MILLISECONDS = 10_500;
const LOOK_MILLISECONDS = 25;

/** Lets a real server fail, waits until that is found, lets it recover, and waits until that is found too. */
export async function sufferFault(
  fault: Fault,
  { server, load, isServing, saidDown }: Surroundings,
): Promise<FaultRun> {
  const before = await load.snapshot();
  await server.fail(fault);
  const failedAt = Date.now();
  const foundSeconds = await secondsUntil(() => !isServing());
  if (HANGING.includes(fault)) await sleep(PATIENCE_MILLISECONDS);
  await server.recover();
  const backSeconds = await secondsUntil(isServing);
  if (backSeconds === null) throw new Error(`The real server that was ${fault} did not come back`);
  const after = await load.snapshot();
  const saidAt = saidDown(failedAt);
  return {
    saidSeconds: saidAt === null ? null : (saidAt - failedAt) / 1000,
    foundSeconds,
    backSeconds: foundSeconds === null ? null : backSeconds,
    lost: lostIn(after) - lostIn(before),
    requests: after.requests - before.requests,
  };
}

async function secondsUntil(holds: () => boolean): Promise<number | null> {
  const from = performance.now();
  while (!holds()) {
    if (performance.now() - from > GIVE_UP_SECONDS * 1000) return null;
    await sleep(LOOK_MILLISECONDS);
  }
  return (performance.now() - from) / 1000;
}

function lostIn({ failures, answers }: LoadTotals): number {
  return failures + (answers['somebody else'] ?? 0);
}
