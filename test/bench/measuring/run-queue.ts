import { readFileSync } from 'node:fs';

/**
 * For how long the first thread of this process could have run while the machine's CPUs were busy with others, in
 * milliseconds; Documentation/scheduler/sched-stats.rst. How late something is means little without it.
 */
export function waitedForCpu(): number {
  const [, waitedNs = ''] = readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'utf8').split(' ');
  return Number(waitedNs) / 1e6;
}
