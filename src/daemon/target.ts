import { lint } from '../lint/lint.ts';
import type { Finding } from '../lint/finding.ts';
import type { Desired } from '../model/desired.ts';
import type { SpecSource } from '../model/spec-source.ts';
import { loadSpec } from '../spec/load.ts';

/** A spec the daemon may work towards. */
export interface Target extends SpecSource {
  readonly desired: Desired;
}

/** A spec as a target, or the errors that keep it from being one; the first stands for all in a log line. */
export function readTarget(source: SpecSource): Target | readonly Finding[] {
  const loaded = loadSpec(source.files);
  const errors = lint(loaded).filter(({ severity }) => severity === 'error');
  if (errors.length > 0) return errors;
  return { ...source, desired: loaded.desired };
}

/** A spec that was applied once is one, whatever lint has to say by now; null where it cannot be read any more. */
export function appliedTarget(source: SpecSource): Target | null {
  const { problems, desired } = loadSpec(source.files);
  return problems.length > 0 ? null : { ...source, desired };
}
