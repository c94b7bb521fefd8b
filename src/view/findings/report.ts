import type { Finding, Severity } from '../../lint/finding.ts';
import type { Suppressed } from '../../lint/suppress.ts';
import type { SourceFile } from '../../spec/source.ts';
import type { Paint } from '../paint.ts';

/** All that any format shows of one run of lint. */
export interface FindingsReport {
  readonly findings: readonly Finding[];
  readonly suppressed: readonly Suppressed[];
  readonly files: readonly SourceFile[];
  /** The name of a file from the root of its repository, for readers that know nothing else; absolute outside of it. */
  readonly repositoryName: (file: string) => string;
  /** What is below it does not count as a failure. */
  readonly failLevel: Severity;
  readonly paint: Paint;
  readonly version: string;
  readonly exit: { readonly code: number; readonly reason: string };
}
