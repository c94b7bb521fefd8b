import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parse as parseJunit } from 'junit2json';
import { parse } from 'yaml';
import { BAD, CASES, GOOD, repository, UNTIDY } from './repository.ts';

interface Job {
  readonly script: readonly string[];
  readonly artifacts: { readonly when: string; readonly reports: { readonly junit: string } };
}

const { lvsctl: JOB } = parse(readFileSync('templates/gitlab-ci.yml', 'utf8')) as { lvsctl: Job };

const RUNS: readonly (readonly [claim: string, spec: string, cases: string, status: number])[] = [
  ['passes what is good', GOOD, CASES, 0],
  ['fails for an error', BAD, CASES, 3],
  ['fails for a form', UNTIDY, CASES, 2],
  ['fails for a test', GOOD, CASES.replace('[]', '[LVS102]'), 3],
];

for (const [claim, spec, cases, status] of RUNS) {
  test(`the job for GitLab ${claim}`, (t) => {
    const { directory, env } = repository(t, { 'web.lvs.yaml': spec, 'web.lvs-test.yaml': cases });
    // A runner gives the lines to one shell, which stops at the first that fails.
    const run = spawnSync('sh', ['-e'], { cwd: directory, env, input: JOB.script.join('\n'), encoding: 'utf8' });
    assert.equal(run.status, status, run.stderr);
  });
}

test('the report that the job declares is one of JUnit, whatever the tests say', async (t) => {
  const { directory, env } = repository(t, {
    'web.lvs.yaml': GOOD,
    'web.lvs-test.yaml': CASES.replace('[]', '[LVS102]'),
  });
  spawnSync('sh', ['-e'], { cwd: directory, env, input: JOB.script.join('\n') });
  const report = await parseJunit(readFileSync(join(directory, JOB.artifacts.reports.junit), 'utf8'));
  assert.ok(report && 'failures' in report);
  assert.equal(report.failures, 1);
  assert.equal(JOB.artifacts.when, 'always');
});
