import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fakeRun } from '../fixtures/fake-run.ts';
import { type Call, certifiedScript } from './certified-script.ts';
import { freshNamespace } from './namespace.ts';

interface Outcome {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number;
}

/** One shell for the whole scene: in the guest kernel, starting a process is what takes the time. */
function runReal(netns: string, calls: readonly Call[]): Outcome[] {
  mkdirSync('/run/lvsctl-test', { recursive: true });
  const directory = mkdtempSync('/run/lvsctl-test/certify-');
  const lines = calls.map(({ args, input }, at) => {
    writeFileSync(join(directory, `${at}.in`), input);
    const words = args.map((arg) => `'${arg.replaceAll("'", "'\\''")}'`).join(' ');
    return `ipvsadm ${words} <${at}.in >${at}.out 2>${at}.err; echo $? >${at}.code`;
  });
  writeFileSync(join(directory, 'script'), `cd ${directory}\nexport LC_ALL=C\n${lines.join('\n')}\n`);
  execFileSync('ip', ['netns', 'exec', netns, 'sh', join(directory, 'script')]);
  const read = (name: string) => readFileSync(join(directory, name), 'utf8');
  const outcomes = calls.map((_, at) => ({
    stdout: read(`${at}.out`),
    stderr: read(`${at}.err`),
    code: Number(read(`${at}.code`)),
  }));
  rmSync(directory, { recursive: true });
  return outcomes;
}

/** The order of services is the tool's own affair: its comparison is not one. The long help is not played. */
function normalize({ stdout, stderr, code }: Outcome): Outcome {
  const lines = stdout.replace(/(?<=^Usage:\n)[\s\S]*/m, '').split('\n');
  const blocks: string[][] = [[]];
  for (const line of lines) {
    if (/^(-A|TCP|UDP|SCTP|FWM) /.test(line)) blocks.push([]);
    blocks.at(-1)?.push(line);
  }
  const [title = [], ...services] = blocks.map((block) => [block[0] ?? '', ...block.slice(1).filter(Boolean).sort()]);
  return { stdout: [...title, ...services.map((block) => block.join('\n')).sort()].join('\n'), stderr, code };
}

for (const [name, calls] of certifiedScript()) {
  test(`the fake ipvsadm answers as the real one: ${name}`, (t) => {
    const run = fakeRun();
    for (const [at, real] of runReal(freshNamespace(t), calls).entries()) {
      const call = calls[at] ?? assert.fail('one outcome for each call');
      const shown = `ipvsadm ${call.args.join(' ')} <<<${JSON.stringify(call.input)}`;
      assert.deepEqual({ shown, ...normalize(run(call)) }, { shown, ...normalize(real) });
    }
  });
}
