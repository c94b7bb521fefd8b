import type { HostFacts } from '../../src/doctor/facts.ts';
import type { Diagnosis } from '../../src/doctor/finding.ts';

/** Facts in, what one rule says out. */
export interface Row {
  readonly rule: string;
  readonly claim: string;
  readonly facts: Partial<HostFacts>;
  /** Default: that of a healthy host. */
  readonly spec?: string;
  /** What was seen, a line for each finding; none: the rule is silent. */
  readonly seen: readonly string[];
  /** The commands of all its findings. */
  readonly fix?: readonly string[];
}

/** What a rule said, in the form of a row. */
export function saidBy(rule: string, { findings }: Diagnosis): Pick<Row, 'seen' | 'fix'> {
  const own = findings.filter((finding) => finding.rule === rule);
  return { seen: own.map(({ seen }) => seen), fix: own.flatMap(({ fix }) => fix) };
}
