import { lint } from '../lint/lint.ts';
import type { Finding } from '../lint/finding.ts';
import type { Desired } from '../model/desired.ts';
import { loadSpec } from '../spec/load.ts';
import type { SourceFile } from '../spec/source.ts';

/** A spec the daemon may work towards. */
export interface Target {
  readonly desired: Desired;
  /** Over the names and contents of its files. */
  readonly digest: string;
  /** Git commit time, in seconds. */
  readonly time: number | null;
  /** Names of services with checks that nobody runs. */
  readonly unchecked: readonly string[];
}

/** Files as a target, or the errors that keep them from being one; the first stands for all in a log line. */
export function readTarget(
  files: readonly SourceFile[],
  { digest, time }: { digest: string; time: number | null },
): Target | readonly Finding[] {
  const loaded = loadSpec(files);
  const errors = lint(loaded).filter(({ severity }) => severity === 'error');
  if (errors.length > 0) return errors;
  const { desired } = loaded;
  const unchecked = desired.services.filter(({ owner }) => owner === 'lvsctl').map(({ name }) => name);
  return { desired, digest, time, unchecked };
}
