import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { lintCommand } from '../../src/commands/lint.ts';
import { runVerb } from '../commands/run-verb.ts';
import { temporaryDirectory } from '../host/temporary-directory.ts';
import { runUnprivileged } from '../host/unprivileged.ts';

const SERVICES = 'services:\n  a: { vip: 192.0.2.1, port: 80, forwarding: nat, servers: { b: 10.0.0.1 } }\n';
const BOMB = `a: &a [x, x, x, x, x, x, x, x, x]\n${[...'bcdefghi'].map((letter, index) => `${letter}: &${letter} [${Array(9).fill(`*${'abcdefghi'[index]}`).join(', ')}]\n`).join('')}`;

/** Texts that make one error each, with its place. */
const TEXTS: readonly (readonly [title: string, text: string, finding: string])[] = [
  ['0 bytes', '', '1:1: error LVS007 not-a-mapping: The file is empty'],
  ['comments only', '# nothing\n', '1:1: error LVS007 not-a-mapping: The file is empty'],
  ['a list', '- version: 1\n', '1:1: error LVS007 not-a-mapping: The file holds a list'],
  ['one value', 'version\n', '1:1: error LVS007 not-a-mapping: The file holds one value'],
  ['NUL bytes', 'version: 1\0\n', '1:11: error LVS010 not-text: The file is not text'],
  ['a bell', 'version: 1\ncluster: "\u0007"\n', '2:11: error LVS010 not-text: The file is not text'],
  [
    'a carriage return without a line feed',
    `version: 1\r${SERVICES}`,
    '1:11: error LVS010 not-text: A carriage return stands here without a line feed',
  ],
  [
    'a byte order mark within the text',
    `\ufeffversion: 1\n\ufeff${SERVICES}`,
    '2:1: error LVS010 not-text: The file is not text',
  ],
  [
    'a tab as indentation',
    `version: 1\nservices:\n\ta: 1\n`,
    '3:1: error LVS006 tab-indentation: A tab indents this line',
  ],
  ['an open quote', `version: 1\ncluster: "edge\n${SERVICES}`, '5:1: error LVS001 yaml-syntax: Missing closing "quote'],
  ['an open bracket', 'version: 1\nservices: {\n', '3:1: error LVS001 yaml-syntax'],
  [
    'two documents',
    `version: 1\n${SERVICES}---\nversion: 1\n`,
    '4:1: error LVS001 yaml-syntax: A second YAML document begins here',
  ],
  ['a tag', `version: !!js/function 1\n${SERVICES}`, '1:10: error LVS001 yaml-syntax: A spec knows no YAML tags'],
  ['YAML 1.1', `%YAML 1.1\n---\nversion: 1\n${SERVICES}`, '1:1: error LVS001 yaml-syntax: The file asks for YAML 1.1'],
  [
    'bytes in a tag',
    `version: !!binary aGk=\n${SERVICES}`,
    '1:10: error LVS001 yaml-syntax: A spec knows no YAML tags',
  ],
  [
    'an alias without its anchor',
    `version: *one\n${SERVICES}`,
    '1:10: error LVS001 yaml-syntax: *one refers to an anchor that is not set',
  ],
  [
    'an alias in itself',
    `version: 1\nservices: &all { a: *all }\n`,
    '2:21: error LVS009 alias-limit: *all refers to the value it stands in',
  ],
  ['an alias bomb', BOMB, '6:8: error LVS009 alias-limit: Aliases repeat more than 100,000 values'],
  ['200,000 brackets', '['.repeat(200_000), 'error LVS001 yaml-syntax: The text is nested too deeply'],
  [
    'a deep indentation',
    Array.from({ length: 2000 }, (_, depth) => `${' '.repeat(depth)}a:\n`).join(''),
    'error LVS001 yaml-syntax: The text is nested too deeply',
  ],
  [
    '8 MiB of commas',
    `version: 1\nx: [${','.repeat(8_000_000)}]`,
    'error LVS011 too-large: The file has more than 300,000 lines and values',
  ],
  ['8 MiB of lines', '\n'.repeat(8_000_000), 'error LVS011 too-large: The file has more than 300,000 lines and values'],
  [
    'more than 8 MiB on standard input',
    `# ${'x'.repeat(9_000_000)}\n`,
    '1:1: error LVS011 too-large: The file has 9 MiB',
  ],
  [
    'a prototype',
    `version: 1\n${SERVICES}  __proto__: { vip: 192.0.2.2 }\n`,
    '4:3: error LVS016 invalid-name: "__proto__" cannot be a name',
  ],
  [
    'a key that is a list',
    `version: 1\n${SERVICES}  ? [a]\n  : b\n`,
    '4:5: error LVS001 yaml-syntax: A key is a single word',
  ],
  [
    'a key of several lines',
    `version: 1\n${SERVICES}  ? |\n    b\n  : c\n`,
    '4:5: error LVS001 yaml-syntax: A key is a single word',
  ],
  [
    'a key behind a question mark, and no colon',
    `version: 1\n${SERVICES}  ? b\n  - c\n`,
    '4:5: error LVS001 yaml-syntax: A key stands behind a question mark, and no colon behind it',
  ],
  [
    'a key of 300 characters',
    `version: 1\n${SERVICES}  ${'b'.repeat(300)}: {}\n`,
    '4:3: error LVS001 yaml-syntax: A key has more than 256 characters',
  ],
  ['an empty key', `version: 1\n${SERVICES}  : b\n`, 'error LVS001 yaml-syntax: A key is a single word'],
];

for (const [title, text, finding] of TEXTS)
  test(`${title}: one error with its place, exit 3, in bounded time and memory`, async () => {
    const started = performance.now();
    const { stdout, exitCode } = await runVerb(lintCommand, ['lint', '-', '--level', 'error'], {
      cwd: '/',
      stdin: text,
    });
    assert.equal(exitCode, 3);
    const lines = stdout.trimEnd().split('\n');
    assert.equal(lines.length, 1, stdout);
    assert.match(lines[0] ?? '', /^<stdin>:\d+:\d+: error /);
    assert.ok(lines[0]?.includes(finding), lines[0]);
    assert.ok(performance.now() - started < 20_000);
  });

/** Things on disk that cannot be read: an error of the world, exit 1. */
const ON_DISK: readonly (readonly [title: string, make: (directory: string) => void, message: RegExp])[] = [
  [
    'a file of 50 MB',
    (at) => sparse(join(at, 'spec.lvs.yaml'), 50_000_000),
    /^spec\.lvs\.yaml has 48 MiB; at most 8 MiB are read/,
  ],
  ['a missing file', () => {}, /^Cannot read spec\.lvs\.yaml: no such file or directory/],
  [
    'a symbolic link to itself',
    (at) => symlinkSync('spec.lvs.yaml', join(at, 'spec.lvs.yaml')),
    /^Cannot read spec\.lvs\.yaml: too many symbolic links/,
  ],
  [
    'a dangling link',
    (at) => symlinkSync('gone', join(at, 'spec.lvs.yaml')),
    /^Cannot read spec\.lvs\.yaml: no such file or directory/,
  ],
  ['a device', (at) => symlinkSync('/dev/zero', join(at, 'spec.lvs.yaml')), /^spec\.lvs\.yaml is not a regular file/],
  [
    'a directory without specs',
    (at) => mkdirSync(join(at, 'spec.lvs.yaml')),
    /^There is no \*\.lvs\.yaml file in spec\.lvs\.yaml/,
  ],
  [
    'a directory that holds a link to itself',
    (at) => loop(join(at, 'spec.lvs.yaml')),
    /^spec\.lvs\.yaml\/below\/up is a symbolic link to a directory above itself/,
  ],
  [
    'a directory with a dangling spec',
    (at) => dangling(join(at, 'spec.lvs.yaml')),
    /^Cannot read spec\.lvs\.yaml\/web\.lvs\.yaml: no such file/,
  ],
  ['a directory with 1,001 specs', (at) => many(join(at, 'spec.lvs.yaml')), /^The spec has more than 1000 files/],
];

for (const [title, make, message] of ON_DISK)
  test(`${title}: one error that names it, exit 1`, async (t) => {
    const cwd = temporaryDirectory(t);
    make(cwd);
    const memory = process.memoryUsage().rss;
    const { stdout, stderr, exitCode } = await runVerb(lintCommand, ['lint', 'spec.lvs.yaml'], { cwd });
    assert.deepEqual({ stdout, exitCode }, { stdout: '', exitCode: 1 });
    assert.match(stderr, message);
    assert.ok(process.memoryUsage().rss - memory < 40_000_000, 'it was not read into memory');
  });

function sparse(path: string, bytes: number): void {
  writeFileSync(path, 'version: 1\n');
  truncateSync(path, bytes);
}

function loop(directory: string): void {
  mkdirSync(join(directory, 'below'), { recursive: true });
  symlinkSync('..', join(directory, 'below', 'up'));
}

function dangling(directory: string): void {
  mkdirSync(directory);
  symlinkSync('gone', join(directory, 'web.lvs.yaml'));
}

function many(directory: string): void {
  mkdirSync(directory);
  for (let index = 0; index <= 1000; index++) writeFileSync(join(directory, `${index}.lvs.yaml`), 'version: 1\n');
}

for (const kind of ['file', 'directory'] as const)
  test(`a ${kind} without permission is an error that names it, never an empty spec`, (t) => {
    const directory = temporaryDirectory(t);
    chmodSync(directory, 0o755);
    const path = join(directory, 'spec.lvs.yaml');
    if (kind === 'file') writeFileSync(path, `version: 1\n${SERVICES}`, { mode: 0o000 });
    else mkdirSync(path, { mode: 0o000 });
    const answer = runUnprivileged(`
      import { readSpecFiles } from '../../src/host/files.ts';
      const read = readSpecFiles([${JSON.stringify(path)}], { cwd: ${JSON.stringify(directory)}, readStdin: async () => '' });
      console.log(await read.then((files) => 'read ' + files.length, (error) => error.name + ': ' + error.message));
    `);
    assert.equal(answer, 'OperationError: Cannot read spec.lvs.yaml: permission denied');
  });
