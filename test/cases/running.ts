import assert from 'node:assert/strict';
import { parse } from 'yaml';
import type { CaseResult, TestCase } from '../../src/cases/case.ts';
import { runCase } from '../../src/cases/run-case.ts';
import { loadSpec } from '../../src/spec/load.ts';
import { loadTestFile } from '../../src/spec/test-file.ts';
import { stepText } from '../../src/view/step-text.ts';

export const SPEC = `version: 1
directors:
  lb1: { address: 192.0.2.11, interface: eth0 }
  lb2: { address: 192.0.2.12, interface: eth0 }
vrrp:
  web: { virtual_router_id: 51, vips: [203.0.113.10/24], priority: { lb1: 150, lb2: 100 }, track: { files: { load: {} } } }
  api: { virtual_router_id: 52, vips: [203.0.113.20/24, 203.0.113.21/24], priority: { lb1: 100, lb2: 150 } }
track: { files: { load: { path: /run/load, weight: 1 } } }
services:
  web: { vip: 203.0.113.10, port: 80, forwarding: nat, check: none, servers: { a: 10.0.0.1, b: 10.0.0.2 } }
  kept:
    vip: 203.0.113.20
    port: 80
    owner: keepalived
    forwarding: nat
    check: { tcp: {} }
    quorum: 3
    hysteresis: 1
    sorry_server: 10.0.0.99
    servers: { a: { address: 10.0.0.1, weight: 2 }, b: { address: 10.0.0.2, weight: 2 }, c: { address: 10.0.0.3, weight: 0 } }
  bare: { vip: 203.0.113.21, port: 80, owner: keepalived, forwarding: nat, check: { tcp: {} }, servers: { a: 10.0.0.1, b: { address: 10.0.0.2, check: none } } }
`;

interface Surroundings {
  readonly spec?: string;
  /** keepalived.conf of the director that the case speaks of. */
  readonly conf?: string;
}

/** A case as YAML; null: it passes; otherwise the lines that differ, or what is wrong with the case. */
export function assertCase(given: string, result: readonly string[] | null, surroundings: Surroundings = {}): void {
  const { mistakes, mismatches } = run(given, surroundings);
  const seen = [
    ...mistakes.map(({ message }) => message),
    ...mismatches.flatMap(({ edits }) =>
      edits.filter(({ mark }) => mark !== ' ').map(({ mark, text }) => `${mark} ${text}`),
    ),
  ];
  assert.equal(seen.length, result?.length ?? 0, seen.join('\n'));
  seen.forEach((line, index) => {
    const wanted = result?.[index] ?? '';
    assert.ok(line === wanted || new RegExp(wanted).test(line), `${line} is not ${wanted}`);
  });
}

export function run(given: string, { spec = SPEC, conf }: Surroundings = {}): CaseResult {
  return runCase({ given: caseOf(given), loaded: load(spec), before: null, conf: conf ?? null, stepText });
}

export function load(text: string) {
  return loadSpec([{ name: 'web.lvs.yaml', text }]);
}

/** Read as from a file, since the schema makes seconds and shares of what is written. */
export function caseOf(text: string): TestCase {
  const source = { name: 'x', text: JSON.stringify({ spec: 'web.lvs.yaml', cases: { it: parse(text) } }) };
  const { file, problems } = loadTestFile(source);
  const given = file?.cases.it;
  assert.ok(given, JSON.stringify(problems));
  return given;
}
