import type { Finding } from '../../../src/lint/finding.ts';
import { judge } from '../../../src/lint/judge.ts';
import { loadSpec } from '../../../src/spec/load.ts';
import type { FindingsReport } from '../../../src/view/findings/report.ts';
import { plainPaint } from '../../../src/view/paint.ts';

/** An error with two places, a warning, an info, two fixes, and one that a comment turns off. */
const TEXT = `version: 1
services:
  web: { vip: 192.0.2.10, port: 80, forwarding: dr, check: none, servers: { a: { address: 10.0.0.1, port: 81 } } }
  mail: { vip: 192.0.2.11, port: 25, forwarding: nat, check: { http: { body: "é𐐀" } }, servers: { a: { address: 10.0.0.1, weight: 70000 } } }
  # lvsctl-disable-next-line LVS202 -- "all" <tools> & hosts are new
  dns: { vip: 192.0.2.12, port: 53, forwarding: nat, check: none, protocol: tcp, one_packet: true, servers: { a: { address: 10.0.0.1, weight: 70000 } } }
`;

const NAME = 'lb/web & co.lvs.yaml';

export function sampleReport(text = TEXT): FindingsReport {
  const files = [
    { name: NAME, text },
    { name: 'lb/clean.lvs.yaml', text: 'version: 1\n' },
  ];
  const verdict = judge(loadSpec(files.slice(0, 1)), { levels: new Map(), comments: true, acts: false });
  return reportOf(verdict.findings, { ...verdict, files });
}

export function reportOf(findings: readonly Finding[], more: Partial<FindingsReport> = {}): FindingsReport {
  return {
    findings,
    suppressed: [],
    files: [],
    repositoryName: (file) => `infra/${file}`,
    failLevel: 'error',
    paint: plainPaint,
    version: '0.1.0',
    exit: { code: 3, reason: 'findings' },
    ...more,
  };
}

/** A finding that says something, somewhere. */
export function finding(message: string, more: Partial<Finding> = {}): Finding {
  const start = { line: 3, column: 5 };
  return {
    rule: 'LVS002',
    name: 'unknown-key',
    severity: 'error',
    message,
    range: { file: 'a.lvs.yaml', start, end: { line: 3, column: 9 } },
    path: ['services', 'web', 'prot'],
    ...more,
  };
}

/** Text that means something to a shell, a terminal, XML, Markdown or the runner of a workflow. */
export const NASTY = '::error::x %0A,:"\'<b>&amp;|`*[x](y)\n::set-env name=A::b\r\u0007\u001b[31m \ud800 é𐐀';
