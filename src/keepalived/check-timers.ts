import type { Check, Probe } from '../model/check.ts';
import { type Statement, statement } from './block.ts';
import { decimal } from './decimal.ts';
import { mostCommon } from './most-common.ts';

/** Times of a check by keyword, in seconds. A service and its real servers take the same keywords. */
export type CheckTimers = ReadonlyMap<string, number>;

/** Those that the checkers of a real server go by. */
export function checkTimers(check: Check | null): CheckTimers {
  const kinds = (check?.checks ?? []).map(({ probe }) => probe.kind);
  if (check === null || kinds.every((kind) => UNTIMED.includes(kind))) return new Map();
  return new Map([
    ['delay_loop', check.intervalSeconds],
    ['delay_before_retry', check.fastIntervalSeconds],
    ...(kinds.some((kind) => connects(kind)) ? ([['connect_timeout', check.timeoutSeconds]] as const) : []),
    ['warmup', check.warmupSeconds],
  ]);
}

/** keepalived is told of these, and so has nothing to time. */
const UNTIMED: readonly Probe['kind'][] = ['file', 'bfd'];

/** Whether a checker opens a connection of its own (check_api.c: install_checker_common_keywords). */
export function connects(kind: Probe['kind']): boolean {
  return kind !== 'script' && !UNTIMED.includes(kind);
}

/** What most of the checks have, time by time: it is said once, for the service. */
export function usualTimers(checks: readonly (Check | null)[]): CheckTimers {
  const timers = checks.map(checkTimers);
  const usual = ['delay_loop', 'delay_before_retry', 'connect_timeout', 'warmup'].flatMap((keyword) => {
    const value = mostCommon(timers.flatMap((one) => one.get(keyword) ?? []));
    return value === undefined ? [] : [[keyword, value] as const];
  });
  return new Map(usual);
}

/** Those that differ from what the service says already. */
export function timerStatements(timers: CheckTimers, said: CheckTimers = new Map()): Statement[] {
  return [...timers]
    .filter(([keyword, seconds]) => said.get(keyword) !== seconds)
    .map(([keyword, seconds]) => statement(keyword, decimal(seconds)));
}
