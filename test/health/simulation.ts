/**
 * Runs 10,000 checks at 2 s in virtual time and prints what it measured: node --expose-gc simulation.ts MINUTES TENTHS,
 * where so many tenths of the servers hang. It is a program of its own, since node:test follows every promise, which costs
 * several times as much as the checks.
 */
import { Checker } from '../../src/health/checker.ts';
import type { Lateness } from '../../src/health/lateness.ts';
import { Census, type Gaps, most } from './census.ts';
import { checkWith, REFUSED, targetOf, WELL } from './checked.ts';
import { VirtualTime } from './virtual-time.ts';
import { answerLater, seededRandom } from './world.ts';

const SERVERS = 10_000;
const MINUTE = 60_000;

/** The first minute counts for those that say so, and not for the others. */
export interface Measures {
  /** From the first minute: until everybody was asked. */
  readonly allAskedMs: number;
  readonly mostIn10Ms: number;
  readonly mostOut: number;
  readonly overlaps: number;
  readonly lateness: Lateness;
  /** Growth of the heap after the first minute. */
  readonly grownBytes: number;
  readonly well: Gaps;
  readonly hanging: Gaps;
}

async function measure(minutes: number, tenths: number): Promise<Measures> {
  const time = new VirtualTime(1);
  const census = new Census(SERVERS, minutes);
  const checker = startChecker({ time, census, isHanging: (server) => server % 10 < tenths });
  await time.until(MINUTE);
  census.beginAnew();
  checker.lateness();
  const before = heapBytes();
  await time.until(minutes * MINUTE);
  const { allAskedMs, mostOut, overlaps } = census;
  return {
    ...{ allAskedMs, mostOut, overlaps, mostIn10Ms: most(census.windows) },
    lateness: checker.lateness(),
    grownBytes: heapBytes() - before,
    well: census.gaps((server) => server % 10 >= tenths),
    hanging: census.gaps((server) => server % 10 < tenths),
  };
}

function startChecker({
  time,
  census,
  isHanging,
}: {
  readonly time: VirtualTime;
  readonly census: Census;
  readonly isHanging: (server: number) => boolean;
}): Checker {
  const random = seededRandom(1);
  const checker = new Checker({
    ask: async ({ serverName, timeoutSeconds }, signal) => {
      const server = Number(serverName.slice('web-'.length));
      census.asked(server, time.now());
      const reply = isHanging(server)
        ? { answer: REFUSED, after: timeoutSeconds * 1000 }
        : { answer: WELL, after: 1 + Math.floor(random() * 20) };
      const answer = await answerLater(reply, { time, signal });
      census.answered(server);
      return answer;
    },
    now: time.now,
    wallNow: time.now,
    random,
    setTimer: time.setTimer,
    onVerdict: () => {},
    onUnasked: () => {},
    onLate: () => {},
  });
  checker.setTargets(Array.from({ length: SERVERS }, (_, index) => targetOf(index, checkWith())));
  return checker;
}

function heapBytes(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

if (import.meta.main) {
  const [minutes = '10', tenths = '0'] = process.argv.slice(2);
  console.log(JSON.stringify(await measure(Number(minutes), Number(tenths))));
}
