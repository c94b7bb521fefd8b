import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as core from '@actions/core';
import { findingsGithub } from '../../../src/view/findings/github.ts';
import { findingsGithubSummary } from '../../../src/view/findings/github-summary.ts';
import { finding, NASTY, reportOf, sampleReport } from './sample-report.ts';

/** What GitHub's own library prints for the same annotation. */
function byGithub(print: () => void): string {
  const written: string[] = [];
  const write = process.stdout.write;
  process.stdout.write = (text: string | Uint8Array) => written.push(String(text)) > 0;
  try {
    print();
  } finally {
    process.stdout.write = write;
  }
  return written.join('').trimEnd();
}

/** The commands that a runner carries out: none between stop-commands and its word. */
function carriedOut(output: string): string[] {
  let stopped: string | null = null;
  return output.split('\n').flatMap((line) => {
    const command = /^\s*::([a-z-]+|lvsctl-[0-9a-f]{64})(?: |::)/.exec(line)?.[1];
    if (stopped !== null) {
      if (line === `::${stopped}::`) stopped = null;
      return [];
    }
    if (command === 'stop-commands') stopped = line.slice('::stop-commands::'.length);
    return command === undefined || command === 'stop-commands' ? [] : [line];
  });
}

for (const text of ['plain', NASTY, 'a%b: c, d', '%25'])
  test(`${JSON.stringify(text)} is escaped as GitHub's library does it`, () => {
    const output = findingsGithub(reportOf([finding(text)], { repositoryName: () => `lb/${text}` }));
    const place = {
      file: `lb/${text}`,
      startLine: 3,
      endLine: 3,
      startColumn: 5,
      endColumn: 9,
      title: 'LVS002 unknown-key',
    };
    const parts = (line: string) => [
      line
        .replace(/^::error (.*?)::.*$/s, '$1')
        .split(',')
        .sort(),
      line.replace(/^::error .*?::/s, ''),
    ];
    assert.deepEqual(parts(carriedOut(output)[0] ?? ''), parts(byGithub(() => core.error(text, place))));
  });

test('text of a spec gives the runner no command', () => {
  const output = findingsGithub(reportOf([finding(NASTY), finding('::stop-commands::x', { severity: 'warning' })]));
  assert.deepEqual(
    carriedOut(output).map((line) => line.split(' ')[0]),
    ['::error', '::warning'],
  );
  assert.match(output, /^::stop-commands::(lvsctl-[0-9a-f]{64})\n[\s\S]*\n::\1::\n/);
});

test('a finding over several lines has no columns, which would be of two lines', () => {
  const range = { file: 'a', start: { line: 3, column: 5 }, end: { line: 4, column: 1 } };
  assert.match(findingsGithub(reportOf([finding('x', { range })])), /::error file=infra\/a,line=3,endLine=4,title=/);
});

test('of each kind there are ten at most, and a word about the others', () => {
  const many = (['info', 'warning', 'error'] as const).flatMap((severity) =>
    Array.from({ length: 12 }, (_, index) => finding(`${severity} ${index}`, { severity })),
  );
  const commands = carriedOut(findingsGithub(reportOf(many)));
  const count = (kind: string) => commands.filter((line) => line.startsWith(`::${kind}`)).length;
  assert.deepEqual([count('error'), count('warning'), count('notice')], [10, 10, 10]);
  assert.equal(commands.at(-1), '::notice::7 more findings; the log of this step has them all');
  assert.ok(commands[0]?.startsWith('::error'), 'errors come first');
});

test('without findings there is nothing to say', () => {
  assert.equal(findingsGithub(reportOf([])), '');
  assert.equal(findingsGithubSummary(reportOf([])), '');
});

test('the summary is a table with every finding', () => {
  const lines = findingsGithubSummary(sampleReport()).trimEnd().split('\n');
  assert.equal(lines[0], '### lvsctl lint: 2 errors, 1 warning, 1 info in 2 files');
  assert.equal(lines.length, 8);
  assert.match(
    lines[5] ?? '',
    /^\| infra\/lb\/web &#38; co\.lvs\.yaml:3 \| error \| LVS102 dr-port-mismatch \| Port 81 /,
  );
});

test('text of a spec stays in its cell', () => {
  const row =
    findingsGithubSummary(reportOf([finding(NASTY)]))
      .trimEnd()
      .split('\n')
      .at(-1) ?? '';
  assert.equal(row.match(/\|/g)?.length, 5);
  assert.doesNotMatch(row, /[<`*[]/);
});
