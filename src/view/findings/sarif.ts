import { ALL_RULES } from '../../lint/all-rules.ts';
import { type Finding, type Range, SEVERITIES } from '../../lint/finding.ts';
import { fingerprints } from '../../lint/fingerprint.ts';
import type { RuleInfo } from '../../lint/rule.ts';
import type { Suppressed } from '../../lint/suppress.ts';
import type { Fix } from '../../spec/edit.ts';
import type { FindingsReport } from './report.ts';
import { withHint } from './with-hint.ts';

/** GitHub refuses a run with more results, and shows 5,000. */
const MAX_RESULTS = 25_000;

/**
 * SARIF 2.1.0 with what GitHub code scanning asks for beyond it. Without findings too: an upload without results is what
 * closes the alerts of the last one.
 */
export function findingsSarif(report: FindingsReport): string {
  const suppressions = new Map(report.suppressed.map((entry) => [entry.finding, entry]));
  const all = [...report.findings, ...suppressions.keys()];
  const kept = all.length > MAX_RESULTS ? all.toSorted(bySeverity).slice(0, MAX_RESULTS) : all;
  const used = new Set(kept.map(({ rule }) => rule));
  const rules = ALL_RULES.filter(({ id }) => used.has(id));
  const indexes = new Map(rules.map(({ id }, index) => [id as string, index]));
  const context: ResultContext = {
    uriOf: (file) => location(report.repositoryName(file)),
    indexes,
    suppressions,
    // Over all of them, so that a finding keeps its fingerprint when one beside it is suppressed.
    fingerprints: fingerprints(all, report.repositoryName),
  };
  return `${JSON.stringify(log(report.version, { rules, results: kept.map((finding) => result(finding, context)) }), null, 2)}\n`;
}

function log(version: string, { rules, results }: { rules: readonly RuleInfo[]; results: readonly object[] }): object {
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'lvsctl', semanticVersion: version, rules: rules.map(reportingDescriptor) } },
        automationDetails: { id: 'lvsctl/lint/' },
        columnKind: 'utf16CodeUnits',
        results,
      },
    ],
  };
}

const LEVELS = { error: 'error', warning: 'warning', info: 'note' } as const;
const PROBLEM_SEVERITIES = { error: 'error', warning: 'warning', info: 'recommendation' } as const;

function bySeverity(a: Finding, b: Finding): number {
  return SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity);
}

function reportingDescriptor({ id, name, severity, why, source }: RuleInfo): object {
  return {
    id,
    name,
    shortDescription: { text: name.replaceAll('-', ' ') },
    fullDescription: { text: why },
    help: { text: `${why}.\nSource: ${source}` },
    defaultConfiguration: { level: LEVELS[severity] },
    properties: { tags: ['lvs'], precision: 'very-high', 'problem.severity': PROBLEM_SEVERITIES[severity] },
  };
}

interface ResultContext {
  readonly uriOf: (file: string) => object;
  readonly indexes: ReadonlyMap<string, number>;
  readonly suppressions: ReadonlyMap<Finding, Suppressed>;
  readonly fingerprints: ReadonlyMap<Finding, string>;
}

function result(finding: Finding, context: ResultContext): object {
  const { rule, severity, range, fix, related } = finding;
  const suppressed = context.suppressions.get(finding);
  return {
    ruleId: rule,
    ruleIndex: context.indexes.get(rule),
    level: LEVELS[severity],
    message: { text: withHint(finding) },
    locations: [{ physicalLocation: physical(range, context) }],
    ...(related !== undefined && {
      relatedLocations: related.map((other, id) => ({
        id,
        message: { text: other.message },
        physicalLocation: physical(other.range, context),
      })),
    }),
    partialFingerprints: { 'lvsctl/v1': context.fingerprints.get(finding) },
    ...(fix !== undefined && { fixes: [sarifFix(fix, context)] }),
    ...(suppressed !== undefined && { suppressions: [suppression(suppressed)] }),
  };
}

function suppression({ by, reason }: Suppressed): object {
  return { kind: by === 'comment' ? 'inSource' : 'external', ...(reason !== '' && { justification: reason }) };
}

function physical(range: Range, { uriOf }: ResultContext): object {
  return { artifactLocation: uriOf(range.file), region: region(range) };
}

function region({ start, end }: Range): object {
  return { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column };
}

function sarifFix({ description, edits }: Fix, { uriOf }: ResultContext): object {
  return {
    description: { text: description },
    artifactChanges: [...Map.groupBy(edits, ({ range }) => range.file)].map(([file, changes]) => ({
      artifactLocation: uriOf(file),
      replacements: changes.map(({ range, text }) => ({
        deletedRegion: region(range),
        // GitHub accepts no empty text.
        ...(text !== '' && { insertedContent: { text } }),
      })),
    })),
  };
}

/** Relative to the root of the repository, whatever that is on the reader's machine. */
function location(name: string): object {
  const uri = name.split('/').map(encodeURIComponent).join('/');
  return name.startsWith('/') ? { uri: `file://${uri}` } : { uri, uriBaseId: '%SRCROOT%' };
}
