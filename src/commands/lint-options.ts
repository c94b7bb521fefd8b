import { type Command, InvalidArgumentError, Option } from 'commander';
import { findRule } from '../lint/all-rules.ts';
import { SEVERITIES, type Severity } from '../lint/finding.ts';
import { type RuleLevel, whyUnchangeable } from '../lint/rule-levels.ts';
import { RULE_LEVELS } from '../spec/schema/lint.ts';
import { FORMATS, type FormatName } from '../view/findings/formats.ts';
import type { Context } from './context.ts';
import { addEnvOption } from './options.ts';

export interface LintOptions {
  readonly format?: readonly FormatChoice[];
  readonly level: Severity;
  readonly failLevel: Severity;
  readonly rule?: ReadonlyMap<string, RuleLevel>;
  readonly maxWarnings?: number;
  readonly inlineIgnores: boolean;
  readonly baseline?: string;
  readonly writeBaseline?: string;
  readonly fix?: boolean;
  readonly dryRun?: boolean;
  readonly together?: boolean;
  readonly base?: string;
  readonly stdinFilename?: string;
}

/** A format, and the file it goes to; null is standard output. */
export interface FormatChoice {
  readonly name: FormatName;
  readonly path: string | null;
}

const NAMES = Object.keys(FORMATS) as readonly FormatName[];

export function addLintOptions(command: Command, context: Context): Command {
  const format = new Option(
    '--format <format[=file]>',
    `how to print, may be repeated: ${NAMES.join(', ')}; =FILE writes it there (default: tty on a terminal, github under GitHub Actions, else plain)`,
  ).argParser(formatArgument);
  addEnvOption(command, format, { context, variable: 'LVSCTL_FORMAT' });
  addEnvOption(
    command,
    new Option('--fail-level <level>', 'least severity that makes the exit code 3')
      .choices(SEVERITIES)
      .default('error'),
    { context, variable: 'LVSCTL_FAIL_LEVEL' },
  );
  return command
    .addOption(new Option('--level <level>', 'least severity that is shown').choices(SEVERITIES).default('info'))
    .addOption(
      new Option('--max-warnings <n>', 'more warnings than this make the exit code 3').argParser(countArgument),
    )
    .addOption(
      new Option(
        '--rule <rule=level>',
        `severity of a rule, by number or name: ${RULE_LEVELS.join(', ')}; wins over the spec, may be repeated`,
      ).argParser(ruleArgument),
    )
    .option('--no-inline-ignores', 'also show what comments in the spec turn off')
    .option(
      '--baseline <file>',
      'leave out the findings that this file knows; others, and those that are gone, are told',
    )
    .option('--write-baseline <file>', 'write the findings there are to a file for --baseline, and exit 0')
    .option('--fix', 'put right what can be put right without doubt, in the files themselves')
    .option('--dry-run', 'with --fix: print the changes as a diff, and change nothing')
    .option('--stdin-filename <name>', 'what to call standard input in findings')
    .option('--together', 'all PATHs make one spec, as with plan -f')
    .option(
      '--base <file|revision>',
      'warn of what a reload of keepalived breaks, compared with this file or git revision',
    );
}

function formatArgument(text: string, previous: readonly FormatChoice[] = []): readonly FormatChoice[] {
  const [word = '', ...rest] = text.split('=');
  const name = NAMES.find((known) => known === word);
  if (name === undefined) throw new InvalidArgumentError(`Allowed choices are ${NAMES.join(', ')}.`);
  const path = rest.join('=');
  if (text.endsWith('=')) throw new InvalidArgumentError(`Write the file behind it: ${name}=FILE.`);
  return [...previous, { name, path: path === '' || path === '-' ? null : path }];
}

function ruleArgument(
  text: string,
  previous: ReadonlyMap<string, RuleLevel> = new Map(),
): ReadonlyMap<string, RuleLevel> {
  const [word = '', level] = text.split('=');
  const wanted = RULE_LEVELS.find((known) => known === level);
  if (wanted === undefined) throw new InvalidArgumentError(`Write it as RULE=LEVEL, with ${RULE_LEVELS.join(', ')}.`);
  const wrong = whyUnchangeable(word);
  const rule = findRule(word);
  if (wrong !== undefined || rule === undefined) throw new InvalidArgumentError(`${wrong}`.replace(/([^?])$/, '$1.'));
  return new Map([...previous, [rule.id, wanted]]);
}

function countArgument(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('Write a whole number.');
  return Number(text);
}
