import { compareText } from '../model/table.ts';
import { isReadingRule } from './all-rules.ts';
import type { Finding } from './finding.ts';
import { fingerprints } from './fingerprint.ts';

/** Findings that were there when somebody began to lint, so that only new ones count. */
export interface Baseline {
  readonly format_version: '1.0';
  readonly kind: 'lvsctl.baseline';
  readonly findings: readonly BaselineEntry[];
}

/** The fingerprint decides; the rest tells people what it stands for. */
export interface BaselineEntry {
  readonly fingerprint: string;
  readonly rule: string;
  readonly file: string;
  readonly message: string;
}

type NameOf = (file: string) => string;

/** What is to be taken as known. A spec that cannot be read is not: what else is wrong with it is not known. */
export function baselineEntries(findings: readonly Finding[], nameOf: NameOf): readonly BaselineEntry[] {
  return [...fingerprints(findings, nameOf)].flatMap(([finding, fingerprint]) => {
    if (isReadingRule({ id: finding.rule })) return [];
    return [{ fingerprint, rule: finding.rule, file: nameOf(finding.range.file), message: finding.message }];
  });
}

/** The file: sorted, so that it changes only where findings do. */
export function formatBaseline(entries: readonly BaselineEntry[]): string {
  const unique = [...new Map(entries.map((entry) => [entry.fingerprint, entry])).values()];
  const findings = unique.sort(
    (a, b) => compareText(a.file, b.file) || compareText(a.rule, b.rule) || compareText(a.fingerprint, b.fingerprint),
  );
  const baseline: Baseline = { format_version: '1.0', kind: 'lvsctl.baseline', findings };
  return `${JSON.stringify(baseline, null, 2)}\n`;
}

/** Reads one; a text is what is wrong with it. */
export function readBaseline(text: string): Baseline | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return 'it is not JSON';
  }
  const { kind, format_version: version, findings } = Object(value) as Partial<Record<keyof Baseline, unknown>>;
  if (kind !== 'lvsctl.baseline') return 'it is no baseline of lvsctl';
  if (typeof version !== 'string' || !/^1\.\d+$/.test(version))
    return `its format_version is ${String(version)}, and 1 is read`;
  if (!Array.isArray(findings) || !findings.every(isEntry)) return 'its findings are not a list of findings';
  return { format_version: '1.0', kind, findings };
}

function isEntry(value: unknown): value is BaselineEntry {
  const entry = Object(value) as Partial<Record<keyof BaselineEntry, unknown>>;
  return (['fingerprint', 'rule', 'file', 'message'] as const).every((key) => typeof entry[key] === 'string');
}

/** Findings of one spec as a baseline sorts them. */
export interface Compared {
  readonly fresh: readonly Finding[];
  readonly known: readonly Finding[];
  /** The fingerprints of those. */
  readonly seen: readonly string[];
}

export function compareWithBaseline(baseline: Baseline, findings: readonly Finding[], nameOf: NameOf): Compared {
  const entries = new Set(baseline.findings.map(({ fingerprint }) => fingerprint));
  const marked = [...fingerprints(findings, nameOf)].map(([finding, fingerprint]) => ({
    finding,
    fingerprint,
    isKnown: !isReadingRule({ id: finding.rule }) && entries.has(fingerprint),
  }));
  const known = marked.filter(({ isKnown }) => isKnown);
  return {
    fresh: marked.flatMap(({ finding, isKnown }) => (isKnown ? [] : [finding])),
    known: known.map(({ finding }) => finding),
    seen: known.map(({ fingerprint }) => fingerprint),
  };
}

/** Entries about these files that are no longer true. */
export function goneEntries(
  baseline: Baseline,
  { seen, files }: { seen: readonly string[]; files: readonly string[] },
): readonly BaselineEntry[] {
  const [still, names] = [new Set(seen), new Set(files)];
  return baseline.findings.filter(({ fingerprint, file }) => names.has(file) && !still.has(fingerprint));
}
