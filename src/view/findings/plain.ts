import type { Finding } from '../../lint/finding.ts';
import { plainPaint } from '../paint.ts';
import { headline } from './tty.ts';

/** One finding a line, as editors, grep and problem matchers read it: `file:line:col: severity RULE name: message`. */
export function findingsPlain(findings: readonly Finding[]): string {
  return findings.map((finding) => `${headline(finding, plainPaint)}\n`).join('');
}
