// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the samples are texts of programs
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { isKnownPlace, placeOf, violationsOf } from './architecture/rules.ts';
import { blankNonCode } from './architecture/source-text.ts';

const TOP_LEVEL = [
  ...['.ci', '.github', 'bin', 'docs', 'src', 'templates', 'test'],
  ...[
    '.gitattributes',
    '.gitignore',
    '.npmrc',
    '.pre-commit-hooks.yaml',
    'action.yml',
    'biome.json',
    'package.json',
    'package-lock.json',
    'tsconfig.json',
  ],
  ...['ARCHITECTURE.md', 'CHANGELOG.md', 'CONTRIBUTING.md', 'LICENSE', 'README.md'],
];

test('every source file keeps to the rules of imports, effects, length and names', () => {
  const files = projectFiles().filter((file) => /^(src|test)\/.*\.ts$/.test(file));
  assert.ok(files.length > 50, `only ${files.length} source files found`);
  assert.deepEqual(
    files.flatMap((file) => violationsOf(file, readFileSync(file, 'utf8'))),
    [],
  );
});

test('every place in src has its rules', () => {
  const unknown = readdirSync('src').filter((entry) => !isKnownPlace(placeOf(`src/${entry}`)));
  assert.deepEqual(unknown, []);
});

test('the top level holds only what belongs there', () => {
  const entries = new Set(projectFiles().map((file) => file.split('/')[0] ?? ''));
  assert.deepEqual(
    [...entries].filter((entry) => !TOP_LEVEL.includes(entry)),
    [],
  );
});

test('no file names the registry that somebody installed from', () => {
  const host = /\b(?:registry|npm|artifactory|nexus)\.[a-z0-9-]+\.[a-z]{2,}\b|-npm\.pkg\.dev\b/i;
  const naming = projectFiles().filter((file) => !isBinary(file) && host.test(readFileSync(file, 'utf8')));
  assert.deepEqual(naming, []);
  assert.doesNotMatch(readFileSync('package-lock.json', 'utf8'), /"resolved"/);
});

const PLANTED: readonly (readonly [file: string, text: string, violation: RegExp])[] = [
  ['src/model/a.ts', `import { diff } from '../diff/diff.ts';`, /a\.ts:1: model imports diff/],
  ['src/model/a.ts', `import type { Change } from '../diff/change.ts';`, /model imports diff/],
  ['src/spec/a.ts', `\nexport * from '../plan/plan.ts';`, /a\.ts:2: spec imports plan/],
  ['src/spec/schema/a.ts', `import '../../lint/lint.ts';`, /spec imports lint/],
  ['src/plan/guards/a.ts', `const a = await import('../../host/exec.ts');`, /plan imports host/],
  ['src/plan/a.ts', 'const a = await import(`../host/${name}.ts`);', /plan imports host/],
  ['src/plan/a.ts', 'const a = await import(name);', /computed name/],
  ['src/ipvsadm/a.ts', `import { effectOf } from '../plan/effect.ts';`, /types only/],
  ['src/ipvsadm/a.ts', `import { type Plan, effectOf } from '../plan/effect.ts';`, /types only/],
  ['src/daemon/a.ts', `import { exec } from '../host/exec.ts';`, /types only/],
  ['src/daemon/a.ts', `import type from '../host/exec.ts';`, /types only/],
  ['src/host/a.ts', `import {\n  a,\n  b,\n} from '../daemon/a.ts';`, /host imports daemon/],
  ['src/host/a.ts', `import { main } from '../main.ts';`, /host imports main/],
  ['src/host/a.ts', `import { read } from '../../test/read.ts';`, /not in src/],
  ['src/host/a.ts', `import { execa } from 'execa';`, /package execa, which only/],
  ['src/lint/a.ts', `export { z } from 'zod';`, /package zod, which only/],
  ['src/host/a.ts', `import lodash from 'lodash/fp';`, /package lodash, which has no importer/],
  ['src/plan/a.ts', `import { readFileSync } from 'node:fs';`, /pure folder imports node:fs/],
  ['src/plan/a.ts', `const { now } = require('node:process');`, /pure folder imports node:process/],
  ['src/plan/a.ts', 'const at = Date.now();', /uses the clock/],
  ['src/plan/a.ts', 'const at = new Date();', /uses the clock/],
  ['src/plan/a.ts', 'const at = new Date;', /uses the clock/],
  ['src/plan/a.ts', 'const at = `made at ${Date.now()}`;', /uses the clock/],
  ['src/plan/a.ts', 'const id = Math.random();', /uses randomness/],
  ['src/view/a.ts', `import { randomUUID } from 'node:crypto';`, /uses randomness/],
  ['src/health/a.ts', 'const at = performance.now();', /uses the clock/],
  ['src/health/a.ts', `import { ask } from '../host/probes/ask.ts';`, /health imports host/],
  ['src/view/a.ts', 'const columns = process.stdout.columns;', /uses process/],
  ['src/view/a.ts', `console.log('x');`, /uses console/],
  ['src/diff/a.ts', 'setTimeout(run, 1);', /uses a timer/],
  ['src/diff/a.ts', 'globalThis.x = 1;', /uses globalThis/],
  ['src/commands/a.ts', 'const home = process.env.HOME;', /for src\/main\.ts/],
  ['src/host/a.ts', 'process.exitCode = 1;', /for src\/main\.ts/],
  ['src/host/a.ts', 'process.exit(1);', /for src\/main\.ts/],
  ['src/host/utils.ts', '', /does not say what is in it/],
  ['test/helpers.ts', '', /does not say what is in it/],
  ['test/a.test.ts', 'x;\n'.repeat(251), /251 lines/],
];

for (const [file, text, violation] of PLANTED) {
  test(`the rules see ${violation.source} in ${JSON.stringify(text.slice(0, 70))}`, () => {
    assert.match(violationsOf(file, text).join('\n'), violation);
  });
}

const HARMLESS: readonly (readonly [file: string, text: string])[] = [
  ['src/model/a.ts', `// import { diff } from '../diff/diff.ts';\n/* Date.now() */`],
  ['src/model/a.ts', `const text = "import x from '../diff/diff.ts'; Date.now()";`],
  ['src/model/a.ts', 'const text = `process.env.HOME ${"console.log(1)"} \\` Math.random()`;'],
  ['src/model/a.ts', 'const nested = `${list.map((x) => `${x} { process.exit }`)} Date.now()`;'],
  ['src/model/a.ts', `const url = 'http://x'; const quote = /['"\`/]\\/\\/ Date.now()/g; const half = a / b / c;`],
  ['src/model/a.ts', `const day = new Date(seconds * 1000).toISOString();`],
  ['src/model/a.ts', `const process = row.process; const set = { setTimeout: 1, process: 2 }; table.setTimeout(1);`],
  ['src/ipvsadm/a.ts', `import type { Step } from '../plan/plan.ts';\nexport type { Step } from '../plan/plan.ts';`],
  [
    'src/daemon/a.ts',
    `import { OperationError } from '../errors.ts';\nimport { makePlan } from '../plan/make-plan.ts';`,
  ],
  ['src/spec/schema/a.ts', `import { z } from 'zod';\nimport { a } from '../scalars.ts';`],
  ['src/host/exec.ts', `import { execa } from 'execa';\nimport { readFile } from 'node:fs/promises';`],
  ['src/main.ts', 'process.exitCode = Number(process.env.X);'],
  ['test/a.test.ts', `import { main } from '../src/main.ts'; console.log(Date.now(), process.env.X);`],
  ['test/a.test.ts', 'x;\n'.repeat(250)],
];

for (const [file, text] of HARMLESS) {
  test(`the rules allow ${JSON.stringify(text.slice(0, 70))}`, () => {
    assert.deepEqual(violationsOf(file, text), []);
  });
}

test('blanking keeps every line and column', () => {
  const text = "a = 'b//c'; // d\n/* e\n f */ g(`h${i + `j`}k`, /l'm/);\n";
  assert.equal(blankNonCode(text), "a = '    ';     \n    \n      g(` ${i + ` `} `, /   /);\n");
});

/** What is in the repository or about to be, as git sees it. */
function projectFiles(): string[] {
  const args = ['-c', 'safe.directory=*', 'ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const listing = execFileSync('git', args, { encoding: 'utf8' });
  return listing.split('\0').filter((file) => file !== '' && existsSync(file));
}

function isBinary(file: string): boolean {
  return readFileSync(file).includes(0);
}
