import type { Override } from '../model/override.ts';
import { overrideText } from './override-text.ts';

/** What a rollback makes of decisions by hand: those made since end, and those that ended since are back. */
export function overrideChanges(now: readonly Override[], then: readonly Override[]): readonly string[] {
  const others = (list: readonly Override[], from: readonly Override[]) =>
    list.filter(({ id }) => !from.some((other) => other.id === id));
  return [
    ...others(now, then).map((override) => `No longer by hand (${override.id}): ${overrideText(override)}`),
    ...others(then, now).map((override) => `By hand again (${override.id}): ${overrideText(override)}`),
  ];
}
