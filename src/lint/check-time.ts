import type { Check, Probe } from '../model/check.ts';

/** These look at something on the director, and ask no real server. */
const LOCAL: readonly Probe['kind'][] = ['file', 'bfd'];

/** Questions a second that a check asks a real server while it is well. */
export function questionsPerSecond({ checks, intervalSeconds }: Check): number {
  return checks.filter(({ probe }) => !LOCAL.includes(probe.kind)).length / intervalSeconds;
}
