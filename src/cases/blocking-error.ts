import type { Finding } from '../lint/finding.ts';
import { lint } from '../lint/lint.ts';
import type { LoadedSpec } from '../spec/load.ts';

/** The first error of a spec that leaves nobody able to say what it would do. What an empty one does is plain. */
export function blockingError(loaded: LoadedSpec): Finding | undefined {
  return lint(loaded).find(({ severity, name }) => severity === 'error' && name !== 'empty-spec');
}
