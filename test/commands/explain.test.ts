import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Command } from 'commander';
import type { Context } from '../../src/commands/context.ts';
import { explainCommand } from '../../src/commands/explain.ts';
import { rulesCommand } from '../../src/commands/rules.ts';
import { environmentVariables } from '../../src/commands/variables.ts';
import { UsageError } from '../../src/errors.ts';
import { ALL_RULES } from '../../src/lint/all-rules.ts';
import { fieldName, specFields } from '../../src/spec/fields.ts';
import { runVerb } from './run-verb.ts';

const explain = (...args: readonly string[]) => runVerb(explainCommand, ['explain', ...args], { cwd: '/' });
const rules = (...args: readonly string[]) => runVerb(rulesCommand, ['rules', ...args], { cwd: '/' });

test('every rule is explained by its number', async () => {
  for (const { id, name, source } of ALL_RULES) {
    const { stdout, exitCode } = await explain(id.toLowerCase());
    assert.ok(exitCode === 0 && stdout.startsWith(`${id} ${name} (`), `${id}: ${stdout}`);
    assert.ok(stdout.replaceAll('\n', ' ').includes(source), `${id} names its source`);
    assert.ok(stdout.length < 6000, `${id} is explained in ${stdout.length} characters`);
  }
});

test('every section of a spec is explained', async () => {
  for (const section of specFields().keys) {
    const { stdout, exitCode } = await explain(fieldName(section));
    assert.ok(exitCode === 0 && stdout.startsWith(`${fieldName(section)}\n`), stdout);
  }
});

test('what nobody knows is refused with what may be meant', async () => {
  await assert.rejects(
    explain('LVS1O2'),
    new UsageError('No rule, field or topic is called "LVS1O2"; lvsctl explain lists what there is'),
  );
});

test('rules prints a line for each rule, and the same as one document', async () => {
  const lines = (await rules()).stdout.trimEnd().split('\n').slice(1);
  const document = JSON.parse((await rules('-o', 'json')).stdout);
  assert.deepEqual(
    lines.map((line) => line.split(/ {2,}/)),
    ALL_RULES.map(({ id, name, severity, why }) => [id, name, severity, why]),
  );
  assert.deepEqual([document.format_version, document.kind], ['1.0', 'lvsctl.rules']);
  assert.deepEqual(
    document.rules.map(({ id }: { id: string }) => id),
    ALL_RULES.map(({ id }) => id),
  );
  assert.deepEqual(Object.keys(document.rules[0]), [
    'id',
    'name',
    'severity',
    'why',
    'harm',
    'examples',
    'source',
    'link',
  ]);
});

test('explain -o json has a kind, a version, and the part that its topic names', async () => {
  const topics = { LVS102: 'rule', 'services.*.port': 'field', EXITCODES: 'exit_codes', ENVIRONMENT: 'variables' };
  for (const [what, part] of Object.entries(topics)) {
    const document = JSON.parse((await explain(what, '-o', 'json')).stdout);
    assert.deepEqual([document.format_version, document.kind], ['1.0', 'lvsctl.explanation']);
    assert.ok(document[part], `${what} has ${part}`);
  }
  assert.ok(JSON.parse((await explain('-o', 'json')).stdout).topics.fields.includes('services'));
});

test('every variable that the source looks at is explained, as far as it is one of lvsctl', () => {
  const program = new Command();
  explainCommand(program, { env: {} } as Context);
  const known = new Set(environmentVariables(program).map(({ name }) => name));
  const used = globSync('src/**/*.ts').flatMap((file) => {
    const text = readFileSync(file, 'utf8');
    const declared = [...text.matchAll(/variable: '([A-Z_]+)'/g)].map(([, name = '']) => name);
    for (const name of declared) known.add(name);
    return [...text.matchAll(/\benv\.([A-Z_]+)/g)].map(([, name = '']) => name);
  });
  const ofTheSystem = ['HOME', 'PATH', 'TERM'];
  assert.ok(used.length > 10, `only ${used.length} uses were found`);
  assert.deepEqual(
    [...new Set(used)].filter((name) => !known.has(name) && !ofTheSystem.includes(name)),
    [],
  );
});
