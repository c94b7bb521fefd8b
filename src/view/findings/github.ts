import { createHash } from 'node:crypto';
import { type Finding, SEVERITIES, type Severity } from '../../lint/finding.ts';
import { plural } from '../wording.ts';
import { findingsPlain } from './plain.ts';
import type { FindingsReport } from './report.ts';
import { withHint } from './with-hint.ts';

/** The runner shows ten of each kind in a step, and drops the others without a word. */
const MOST_OF_A_KIND = 10;

/**
 * The lines of the plain format for the log, then workflow commands that put the first findings beside the lines of the
 * pull request.
 */
export function findingsGithub(report: FindingsReport): string {
  const { findings } = report;
  const annotated = SEVERITIES.flatMap((severity) => firstOf(findings, severity));
  const commands = annotated.map((finding) => annotation(finding, report.repositoryName(finding.range.file)));
  const rest = findings.length - annotated.length;
  const more =
    rest === 0 ? [] : [command('notice', {}, `${plural(rest, 'more finding')}; the log of this step has them all`)];
  return [...fenced(findingsPlain(findings)), ...commands, ...more].map((line) => `${line}\n`).join('');
}

/** One notice is kept free for how many more there are. */
function firstOf(findings: readonly Finding[], severity: Severity): readonly Finding[] {
  const some = findings.filter((finding) => finding.severity === severity);
  return some.slice(0, severity === 'info' ? MOST_OF_A_KIND - 1 : MOST_OF_A_KIND);
}

const KINDS = { error: 'error', warning: 'warning', info: 'notice' } as const;

function annotation(finding: Finding, file: string): string {
  const { range, severity, rule, name } = finding;
  const { start, end } = range;
  // Columns are for a place on one line only.
  const columns = start.line === end.line ? { col: start.column, endColumn: Math.max(end.column, start.column) } : {};
  const properties = { file, line: start.line, endLine: end.line, ...columns, title: `${rule} ${name}` };
  return command(KINDS[severity], properties, withHint(finding));
}

function command(kind: string, properties: Readonly<Record<string, string | number>>, message: string): string {
  const list = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(String(value))}`);
  return `::${kind}${list.length === 0 ? '' : ` ${list.join(',')}`}::${escapeData(message)}`;
}

/** As the runner undoes it. */
function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

/**
 * The lines quote the spec, which a stranger may have written, so the runner must take none of them for a command. The
 * word that ends this is the digest of what stands between, which nobody can put in there.
 */
function fenced(text: string): readonly string[] {
  if (text === '') return [];
  const word = `lvsctl-${createHash('sha256').update(text).digest('hex')}`;
  return [`::stop-commands::${word}`, text.replace(/\n$/, ''), `::${word}::`];
}
