import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { initCommand } from '../../src/commands/init.ts';
import { lintCommand } from '../../src/commands/lint.ts';
import { schemaCommand } from '../../src/commands/schema.ts';
import { temporaryDirectory } from '../host/temporary-directory.ts';
import { runVerb } from './run-verb.ts';

const GOOD =
  'version: 1\ndirectors: { lb1: { address: 192.0.2.1 } }\nservices:\n  a: { fwmark: 7, forwarding: nat, servers: { b: 10.0.0.1 } }\n';
const WARNING = GOOD.replace('10.0.0.1', '{ address: 10.0.0.1, weight: 70000 }');
const ERROR = GOOD.replace('forwarding', 'forwardign');

const lint = (args: readonly string[], stdin: string) =>
  runVerb(lintCommand, ['lint', '-', ...args], { cwd: '/', stdin });

const EXITS: readonly (readonly [args: readonly string[], text: string, code: number, lines: number])[] = [
  [[], GOOD, 0, 0],
  [[], WARNING, 0, 1],
  [['--fail-level', 'warning'], WARNING, 3, 1],
  [['--level', 'error'], WARNING, 0, 0],
  [['--level', 'error', '--fail-level', 'warning'], WARNING, 3, 0],
  [[], ERROR, 3, 1],
  [['--fail-level', 'info'], GOOD, 0, 0],
];

for (const [args, text, code, lines] of EXITS)
  test(`lint ${args.join(' ')} exits ${code} and prints ${lines} lines`, async () => {
    const { stdout, exitCode } = await lint(args, text);
    assert.deepEqual([exitCode, stdout.split('\n').length - 1], [code, lines]);
  });

test('the summary goes to standard error, and counts what was checked', async () => {
  const { stderr } = await lint([], ERROR);
  assert.equal(stderr, '1 error, 0 warnings in 1 file (1 service, 1 real server, 0 ms)\n');
});

test('plain is one line a finding; tty shows the line, carets and the way out', async () => {
  const plain = await lint([], ERROR);
  assert.equal(
    plain.stdout,
    '<stdin>:4:19: error LVS002 unknown-key: "forwardign" is not a key of a service; did you mean "forwarding"?\n',
  );
  const tty = await lint(['--format', 'tty'], GOOD.replace('10.0.0.1', '10.0.0.1/24'));
  assert.equal(
    tty.stdout,
    `<stdin>:4:54: error LVS015 invalid-address: b must be an IP address, not "10.0.0.1/24"
    4 |   a: { fwmark: 7, forwarding: nat, servers: { b: 10.0.0.1/24 } }
      |                                                  ^^^^^^^^^^^  write 10.0.0.1, without the prefix length
`.replace(':4:54:', ':4:50:'),
  );
});

test('json is one document with every finding and its place', async () => {
  const { stdout } = await lint(['--format', 'json'], ERROR);
  const document = JSON.parse(stdout);
  assert.deepEqual(document.summary, { files: 1, errors: 1, warnings: 0, infos: 0 });
  assert.deepEqual([document.format_version, document.tool.name], ['1.1', 'lvsctl']);
  assert.deepEqual(document.diagnostics[0].range, {
    file: '<stdin>',
    start: { line: 4, column: 19 },
    end: { line: 4, column: 29 },
  });
});

test('validate is another name for lint', async () => {
  const { exitCode } = await runVerb(lintCommand, ['validate', '-'], { cwd: '/', stdin: ERROR });
  assert.equal(exitCode, 3);
});

test('every path is a spec of its own, unless they are told to make one', async (t) => {
  const cwd = temporaryDirectory(t);
  writeFileSync(join(cwd, 'a.lvs.yaml'), GOOD);
  writeFileSync(join(cwd, 'b.lvs.yaml'), GOOD.replace('192.0.2.1', '192.0.2.2'));
  const paths = ['a.lvs.yaml', 'b.lvs.yaml'];
  assert.equal((await runVerb(lintCommand, ['lint', ...paths], { cwd })).exitCode, 0);
  const together = await runVerb(lintCommand, ['lint', '--together', ...paths], { cwd });
  assert.equal(together.exitCode, 3);
  assert.match(together.stdout, /split-conflict: services\.a stands at a\.lvs\.yaml:4 as well/);
});

test('without a path every directory below is checked', async (t) => {
  const cwd = temporaryDirectory(t);
  for (const name of ['prod', 'stage']) {
    mkdirSync(join(cwd, name));
    writeFileSync(join(cwd, name, 'web.lvs.yaml'), name === 'prod' ? ERROR : GOOD);
  }
  const { stdout, exitCode } = await runVerb(lintCommand, ['lint'], { cwd });
  assert.equal(exitCode, 3);
  assert.match(stdout, /^prod\/web\.lvs\.yaml:4:19: error LVS002/);
});

test('text of a spec cannot steer the terminal', async () => {
  const { stdout } = await lint(['--format', 'tty'], `${GOOD}"\\e[31m\\nred": 1\n`);
  assert.ok(!stdout.includes('\u001b'));
  assert.match(stdout, /"\\u001b\[31m\\u000ared" is not a key of a spec/);
});

test('a wrong option is a usage error', async () => {
  assert.equal((await lint(['--format', 'xml'], GOOD)).exitCode, 64);
});

test('schema prints the JSON Schema', async () => {
  const { stdout, exitCode } = await runVerb(schemaCommand, ['schema'], { cwd: '/' });
  assert.equal(exitCode, 0);
  assert.ok(JSON.parse(stdout).properties.services);
});

for (const template of ['nat', 'dr', 'tun', 'active-active', 'dns'])
  test(`the starter ${template} has comments, and no error and no warning`, async () => {
    const { stdout, exitCode } = await runVerb(initCommand, ['init', '--template', template], { cwd: '/' });
    assert.equal(exitCode, 0);
    assert.match(stdout, /^# yaml-language-server: \$schema=/);
    const checked = await lint(['--fail-level', 'warning', '--level', 'warning'], stdout);
    assert.deepEqual([checked.stdout, checked.exitCode], ['', 0]);
    assert.match(checked.stderr, /\([1-9]\d* services?, [1-9]/);
  });

test('init -o writes a new file and never over one', async (t) => {
  const cwd = temporaryDirectory(t);
  const first = await runVerb(initCommand, ['init', '-o', 'web.lvs.yaml'], { cwd });
  assert.deepEqual([first.stdout, first.exitCode], ['', 0]);
  writeFileSync(join(cwd, 'web.lvs.yaml'), 'mine');
  const second = await runVerb(initCommand, ['init', '-o', 'web.lvs.yaml'], { cwd });
  assert.equal(second.exitCode, 1);
  assert.match(second.stderr, /web\.lvs\.yaml exists already, and is left as it is/);
  assert.equal(readFileSync(join(cwd, 'web.lvs.yaml'), 'utf8'), 'mine');
});

test('init with an unknown template is a usage error', async () => {
  assert.equal((await runVerb(initCommand, ['init', '--template', 'bgp'], { cwd: '/' })).exitCode, 64);
});
