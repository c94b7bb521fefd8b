import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { HaLoadCommand, HaLoadPlan, ShortRequest } from './ha-load.ts';
import type { LongConnection } from './long-connection.ts';

/** A steady load that runs until it is stopped. */
export interface HaLoad {
  /** The short requests that came to an end since the last time. */
  take(): Promise<ShortRequest[]>;
  /**
   * Opens a long connection to each of these VIPs, in place of those it has; they have asked and got an answer when this
   * returns. Quiet ones are only opened.
   */
  hold(vips: readonly string[], options?: { readonly quiet: readonly string[] }): Promise<LongConnection[]>;
  /** Quiet connections begin to ask. Does not wait for an answer. */
  speak(): Promise<LongConnection[]>;
  /** How the long connections are. */
  held(): Promise<LongConnection[]>;
  stop(): Promise<void>;
}

const DEFAULTS = { requestsPerSecond: 50, timeoutMilliseconds: 900 };

/** Starts a load in a network namespace, in a process of its own; it is asking when this returns. */
export async function startHaLoad(
  plan: Partial<HaLoadPlan> & Pick<HaLoadPlan, 'vips'> & { readonly netns: string },
): Promise<HaLoad> {
  const program = [process.execPath, join(import.meta.dirname, 'ha-load.ts'), JSON.stringify({ ...DEFAULTS, ...plan })];
  const child = spawn('nsenter', [`--net=/run/netns/${plan.netns}`, ...program], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async <T>(): Promise<T> => {
    const { value, done } = await lines.next();
    if (done) throw new Error('The load ended by itself');
    return JSON.parse(value as string) as T;
  };
  const ask = <T>(command: HaLoadCommand): Promise<T> => {
    child.stdin.write(`${JSON.stringify(command)}\n`);
    return answer<T>();
  };
  await answer();
  return {
    take: () => ask({ command: 'take' }),
    hold: (vips, { quiet } = { quiet: [] }) => ask({ command: 'hold', vips, quietVips: quiet }),
    speak: () => ask({ command: 'speak' }),
    held: () => ask({ command: 'held' }),
    async stop() {
      child.stdin.end();
      if (child.exitCode === null) await once(child, 'exit');
    },
  };
}
