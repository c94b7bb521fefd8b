import { rulesByPlace, selectRules } from '../../src/lint/rules-about.ts';
import { allFields, type Field, fieldName, specFields } from '../../src/spec/fields.ts';
import { defaultWords } from '../../src/view/field-text.ts';
import { flow } from '../../src/view/flow.ts';
import { anchorOf, plain, table } from './markdown.ts';

/** docs/spec.md: every section and key of a spec, in the order of the schema. */
export function specPage(): string {
  const root = specFields();
  const sections = new Sections(root);
  const byPlace = rulesByPlace(root);
  return [
    '# The spec\n',
    '<!-- `npm run docs` writes this page from src/spec. -->\n',
    'Every section and key of a spec. `*` stands for a name that you choose, or for an entry of a list. Durations are written `500ms`, `5s`, `2m` or `1h30m`. `lvsctl explain services.*.persistence` prints one part of this page, and `lvsctl schema` the JSON Schema that editors read.\n',
    table(
      ['key', 'type', 'default', 'meaning'],
      root.keys.map((key) => sections.row(key)),
    ),
    ...sections.all.map((field) =>
      [
        `${'#'.repeat(level(field))} \`${fieldName(field)}\`\n`,
        sections.description(field),
        table(
          ['key', 'type', 'default', 'meaning'],
          field.keys.map((key) => sections.row(key)),
        ),
        ...rulesLine(selectRules(field, byPlace)),
      ].join('\n'),
    ),
  ].join('\n');
}

/** The fields that have a heading of their own: each mapping with keys of its own, where the page comes to it first. */
class Sections {
  readonly all: readonly Field[];
  readonly #byMeaning: ReadonlyMap<string, Field>;
  readonly #byName: ReadonlyMap<string, Field>;

  constructor(root: Field) {
    const fields = allFields(root).slice(1);
    const first = new Map<string, Field>();
    for (const field of fields.filter(hasKeys)) {
      const meaning = meaningOf(field);
      if (!first.has(meaning)) first.set(meaning, field);
    }
    this.#byMeaning = first;
    this.all = [...first.values()];
    this.#byName = new Map(fields.map((field) => [fieldName(field), field]));
  }

  /** That of the mapping around a named entry: the entry has mostly none. */
  description({ path, description }: Field): string {
    const around = path.findLastIndex((step) => step !== '*') + 1;
    const outer = this.#byName.get(path.slice(0, around).join('.'));
    return `${plain(outer?.description ?? description)}\n`;
  }

  row(key: Field): readonly string[] {
    const name = key.path.at(-1) ?? '';
    const target = this.#target(key);
    return [
      target === undefined ? `\`${name}\`` : `[\`${name}\`](#${anchorOf(fieldName(target))})`,
      key.type,
      key.isRequired ? '*required*' : key.default === undefined ? '' : `\`${defaultWords(key.type, key.default)}\``,
      [plain(key.description), ...exampleWords(key)].join(' '),
    ];
  }

  /** The section that tells more of a key: its own, or that of its entries. */
  #target(field: Field): Field | undefined {
    const own = this.#byMeaning.get(meaningOf(field));
    if (own !== undefined) return own;
    const entry = field.keys.find(({ path }) => path.at(-1) === '*');
    return entry === undefined ? undefined : this.#target(entry);
  }
}

function level({ path }: Field): number {
  return Math.min(path.filter((step) => step !== '*').length + 1, 4);
}

/** The same for sections of one name that say the same, such as the kinds of a check wherever one may stand. */
function meaningOf({ path, keys }: Field): string {
  const name = path.findLast((step) => step !== '*');
  return JSON.stringify([name, keys.map(({ path: own, type, description }) => [own.at(-1), type, description])]);
}

function hasKeys({ keys }: Field): boolean {
  return keys.some(({ path }) => path.at(-1) !== '*');
}

function exampleWords({ examples }: Field): readonly string[] {
  return examples.length === 0 ? [] : [`Example: ${examples.map((example) => `\`${flow(example)}\``).join(', ')}.`];
}

function rulesLine(rules: readonly { readonly id: string; readonly name: string }[]): readonly string[] {
  if (rules.length === 0) return [];
  const links = rules.map(({ id, name }) => `[${id}](rules.md#${id.toLowerCase()}) ${name}`);
  return [`Rules: ${links.join(', ')}.\n`];
}
