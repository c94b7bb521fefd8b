import { type Command, Option } from 'commander';
import { EXIT, EXIT_MEANINGS, UsageError } from '../errors.ts';
import { ALL_RULES, findRule } from '../lint/all-rules.ts';
import { rulesAbout } from '../lint/rules-about.ts';
import { suggestedFields, writtenField } from '../spec/find-field.ts';
import { didYouMean } from '../spec/did-you-mean.ts';
import { type Field, fieldName, specFields } from '../spec/fields.ts';
import { VERSION } from '../version.ts';
import type { Explanation } from '../view/explanation.ts';
import { explanationDocument } from '../view/explanation-document.ts';
import { explanationText } from '../view/explanation-text.ts';
import type { Context } from './context.ts';
import { explainCheck } from './explain-check.ts';
import { addEnvOption, addFileOption, type SpecOptions } from './options.ts';
import { outputPaint } from './output-paint.ts';
import { environmentVariables } from './variables.ts';

interface ExplainOptions extends SpecOptions {
  readonly output: 'text' | 'json';
}

/** What a rule, a field, a check or an exit code is about: the documentation, where there is no browser. */
export function explainCommand(program: Command, context: Context): void {
  const command = program
    .command('explain')
    .summary('explain a rule, a field, a check or an exit code')
    .description(
      'Explains a rule of lint by number or name (LVS102, dr-port-mismatch), a field of the spec (services.*.persistence, ' +
        'also with names in it: services.web.persistence), EXITCODES, or ENVIRONMENT. Without WHAT it lists what there is.\n\n' +
        'CHECK and a NAME, SERVICE or SERVICE/SERVER, explain how the real servers of a spec are checked: what they are ' +
        'asked, how often, and how long a failure and a recovery may stay unnoticed. Without NAME all of them.\n\n' +
        'A word that names a section and a rule is taken for the section.\n\n' +
        'Exit codes: 0 explained; 1 the spec cannot be read, or has nothing of that name; 3 the spec has errors; ' +
        '64 nothing is called so.',
    )
    .argument('[what]', 'rule, field, CHECK, EXITCODES or ENVIRONMENT')
    .argument('[name]', 'with CHECK: SERVICE or SERVICE/SERVER');
  addFileOption(command, context);
  const output = new Option('-o, --output <format>', 'how to print').choices(['text', 'json']).default('text');
  addEnvOption(command, output, { context, variable: 'LVSCTL_OUTPUT' }).action(
    async (what: string | undefined, name: string | undefined, options: ExplainOptions) => {
      const isCheck = what?.toUpperCase() === CHECK;
      if (!isCheck) refuseForOthers(name, command.getOptionValueSource('file') === 'cli');
      const explanation = isCheck ? await explainCheck(context, { name, options }) : explain(what, program);
      if (explanation !== null) print(context, explanation, options);
    },
  );
}

function print(context: Context, explanation: Explanation, { output }: ExplainOptions): void {
  context.stdout.write(
    output === 'json'
      ? `${JSON.stringify(explanationDocument(explanation, VERSION), null, 2)}\n`
      : explanationText(explanation, outputPaint(context, context.stdout)),
  );
  context.exit(EXIT.done);
}

function refuseForOthers(name: string | undefined, hasFile: boolean): void {
  if (name !== undefined)
    throw new UsageError(`"${name}" is one argument too many; a name follows ${CHECK} and nothing else`);
  if (hasFile) throw new UsageError(`--file goes with ${CHECK}; all else that is explained is the same for every spec`);
}

const CHECK = 'CHECK';
const OTHERS = [CHECK, 'EXITCODES', 'ENVIRONMENT'] as const;

function explain(what: string | undefined, program: Command): Explanation {
  const root = specFields();
  if (what === undefined) return { topic: 'topics', rules: ALL_RULES, sections: root.keys, others: OTHERS };
  const topic = what.toUpperCase();
  if (topic === 'EXITCODES') return { topic: 'exit-codes', codes: exitCodes() };
  if (topic === 'ENVIRONMENT') return { topic: 'environment', variables: environmentVariables(program) };
  const field = writtenField(root, what);
  if (field !== undefined) return { topic: 'field', field, rules: rulesAbout(field, root) };
  const rule = findRule(what.toLowerCase());
  if (rule !== undefined) return { topic: 'rule', rule };
  const variable = environmentVariables(program).find(({ name }) => name === topic);
  if (variable !== undefined) return { topic: 'environment', variables: [variable] };
  throw new UsageError(unknown(what, root));
}

function unknown(what: string, root: Field): string {
  const words = [...ALL_RULES.map(({ name }) => name), ...OTHERS];
  const meant = [
    ...[didYouMean(what, words)].filter((word) => word !== undefined),
    ...suggestedFields(root, what).map(fieldName),
  ];
  const advice = meant.length === 0 ? 'lvsctl explain lists what there is' : `did you mean ${meant.join(', ')}?`;
  return `No rule, field or topic is called "${what}"; ${advice}`;
}

function exitCodes() {
  return Object.entries(EXIT).map(([name, code]) => ({
    code,
    meaning: EXIT_MEANINGS[name as keyof typeof EXIT],
  }));
}
