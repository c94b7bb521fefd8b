import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { LoadPlan, LoadTotals } from './load.ts';

/** A load that runs until it is stopped. */
export interface Load {
  snapshot(): Promise<LoadTotals>;
  /** Lets open requests finish, then gives the totals. */
  stop(): Promise<LoadTotals>;
}

/** Starts a load in a network namespace, in a process of its own; it is asking when this returns. */
export async function startLoad(plan: LoadPlan & { readonly netns: string }): Promise<Load> {
  const program = [process.execPath, join(import.meta.dirname, 'load.ts'), JSON.stringify(plan)];
  const child = spawn('nsenter', [`--net=/run/netns/${plan.netns}`, ...program], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const nextLine = async (): Promise<string> => {
    const { value, done } = await lines.next();
    if (done) throw new Error('The load ended by itself');
    return value as string;
  };
  await nextLine();
  return {
    async snapshot() {
      child.stdin.write('snapshot\n');
      return JSON.parse(await nextLine()) as LoadTotals;
    },
    async stop() {
      child.stdin.end();
      const totals = JSON.parse(await nextLine()) as LoadTotals;
      if (child.exitCode === null) await once(child, 'exit');
      return totals;
    },
  };
}
