import type { Hands } from '../daemon/hands.ts';
import { EXIT, type ExitCode } from '../errors.ts';
import { formatDuration } from '../model/duration.ts';
import { SETTLE_SECONDS } from '../plan/drain.ts';
import type { Decided } from '../plan/hand-outcome.ts';
import type { HeldServer } from '../plan/held-servers.ts';
import { connectionsText } from '../view/hand-text.ts';
import { plural } from '../view/wording.ts';
import type { Context } from './context.ts';
import { lineStart, movingLine } from './moving-line.ts';

const LOOK_AGAIN_MILLISECONDS = 1000;

/** Waits until what was drained has no connections; the weight stays 0 whatever comes of it. */
export async function followDrain(
  context: Context,
  hands: Hands,
  { decided, timeout }: { decided: Decided; timeout: number | null },
): Promise<ExitCode> {
  const limit = timeout ?? Math.max(...decided.servers.map(({ drainSeconds }) => drainSeconds));
  const isDone = (servers: readonly HeldServer[], seconds: number) =>
    seconds >= SETTLE_SECONDS && openIn(servers) === 0;
  const end = await follow(context, hands, { id: decided.override.id, isDone, limit });
  if (end === null) return EXIT.failed;
  if (end.isDone) {
    context.stdout.write(`Drained in ${formatDuration(end.seconds)}.\n`);
    return EXIT.done;
  }
  const left = plural(openIn(end.servers), 'active connection');
  context.stderr.write(`Timed out: ${left} left after ${formatDuration(limit)}; the weight stays 0.\n`);
  return EXIT.timedOut;
}

/** Waits until what was disabled has left the table: when its connections are gone, or the time for them is over. */
export async function followRemoval(
  context: Context,
  hands: Hands,
  { decided, wait }: { decided: Decided; wait: boolean },
): Promise<ExitCode> {
  const waiting = decided.servers.filter(isPresent);
  if (waiting.length === 0) return EXIT.done;
  const labels = waiting.map(({ label }) => label).join(', ');
  if (!wait) {
    context.stderr.write(`Still draining: ${labels}. The next apply, or watch, removes what has drained.\n`);
    return EXIT.timedOut;
  }
  const isDone = (servers: readonly HeldServer[]) => !servers.some(isPresent);
  // The drain has a limit of its own.
  const end = await follow(context, hands, { id: decided.override.id, isDone, limit: Number.POSITIVE_INFINITY });
  if (end === null) return EXIT.failed;
  context.stdout.write(`Removed after ${formatDuration(end.seconds)}: ${labels}.\n`);
  return EXIT.done;
}

interface Goal {
  readonly id: string;
  readonly isDone: (servers: readonly HeldServer[], seconds: number) => boolean;
  /** In seconds. */
  readonly limit: number;
}

interface FollowEnd {
  /** False: time is up. */
  readonly isDone: boolean;
  readonly seconds: number;
  readonly servers: readonly HeldServer[];
}

/** Looks once a second, and shows what it sees. Null: there is nothing to wait for any more, and that was said. */
async function follow(context: Context, hands: Hands, { id, isDone, limit }: Goal): Promise<FollowEnd | null> {
  const begun = context.now();
  const line = movingLine(context);
  for (;;) {
    const { servers, problems } = (await hands.follow(id)) ?? {
      servers: [],
      problems: [`${id} does not stand any more`],
    };
    const seconds = (context.now() - begun) / 1000;
    const end = { isDone: isDone(servers, seconds), seconds, servers };
    if (problems.length > 0 || end.isDone || seconds >= limit) {
      const lines = problems.map((problem) => `Not waiting any longer: ${problem}\n`);
      context.stderr.write(lineStart(context) + lines.join(''));
      return problems.length > 0 ? null : end;
    }
    line(connectionsText(servers, context.now()));
    await context.sleep(LOOK_AGAIN_MILLISECONDS);
  }
}

function isPresent({ weight }: HeldServer): boolean {
  return weight !== null;
}

function openIn(servers: readonly HeldServer[]): number {
  return servers.reduce((sum, { open }) => sum + open, 0);
}
