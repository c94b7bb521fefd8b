import type { Finding } from '../lint/finding.ts';
import type { Hazard } from '../plan/plan.ts';
import type { ExpectedFinding } from '../spec/schema/test-file.ts';
import type { Comparison, TestCase } from './case.ts';

type ExpectedHazard = NonNullable<TestCase['expect']['hazards']>[number];

/** Infos count only where they are named: they are no mistakes. */
export function compareFindings(expected: readonly ExpectedFinding[], findings: readonly Finding[]): Comparison {
  const wanted = expected.map((one) => (typeof one === 'string' ? { rule: one } : one));
  return pairUp(wanted, findings, {
    fits: ({ rule, line, file }, finding) =>
      (rule === finding.rule || rule === finding.name) &&
      (line === undefined || line === finding.range.start.line) &&
      (file === undefined || file === finding.range.file),
    showWanted: ({ rule, line, file }) =>
      `${rule}${line === undefined ? '' : ` at ${file ?? 'line'}${file ? ':' : ' '}${line}`}`,
    showSeen: ({ rule, name, range, message }) => `${rule} ${name} at ${range.file}:${range.start.line}: ${message}`,
    counts: ({ severity }) => severity !== 'info',
  });
}

export function compareHazards(expected: readonly ExpectedHazard[], hazards: readonly Hazard[]): Comparison {
  const wanted = expected.map((one) => (typeof one === 'string' ? { guard: one, subject: null } : one));
  return pairUp(wanted, hazards, {
    fits: ({ guard, subject }, hazard) => guard === hazard.guard && (subject === null || subject === hazard.subject),
    showWanted: ({ guard, subject }) => (subject === null ? guard : `${guard} of ${subject}`),
    showSeen: ({ guard, subject, message }) => `${guard} of ${subject}: ${message}`,
    counts: () => true,
  });
}

interface Pairing<W, S> {
  readonly fits: (wanted: W, seen: S) => boolean;
  readonly showWanted: (wanted: W) => string;
  readonly showSeen: (seen: S) => string;
  /** Whether it must be expected. */
  readonly counts: (seen: S) => boolean;
}

/** Each that is expected takes one of those seen; what is left of either side differs. */
function pairUp<W, S>(wanted: readonly W[], seen: readonly S[], by: Pairing<W, S>): Comparison {
  const left = [...seen];
  const lines = wanted.map((one) => {
    const at = left.findIndex((other) => by.fits(one, other));
    const [match] = at < 0 ? [] : left.splice(at, 1);
    return match === undefined ? { expected: [by.showWanted(one)], seen: [] } : both(by.showSeen(match));
  });
  const surplus = left.filter(by.counts).map(by.showSeen);
  return {
    expected: lines.flatMap(({ expected }) => expected),
    seen: [...lines.flatMap((line) => line.seen), ...surplus],
  };
}

function both(line: string): { expected: string[]; seen: string[] } {
  return { expected: [line], seen: [line] };
}
