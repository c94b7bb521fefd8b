import { type Field, fieldAt } from '../spec/fields.ts';
import { loadSpec } from '../spec/load.ts';
import { exampleFiles, type SpecExample } from './example.ts';
import type { Rule, RuleInfo } from './rule.ts';
import { RULES } from './rules.ts';

/** The rules that speak of a field or of one of its keys, by number. */
export function rulesAbout(field: Field, root: Field): readonly RuleInfo[] {
  const candidates = RULES.filter(({ examples }) => mentions(examples.bad, field));
  return selectRules(field, rulesByPlace(root, candidates));
}

/** The same for many fields, for which every rule was run once. */
export function selectRules(field: Field, byPlace: RulesByPlace): readonly RuleInfo[] {
  const found = new Set([field, ...field.keys].flatMap(({ place }) => byPlace.get(place.join('.')) ?? []));
  return RULES.filter((rule) => found.has(rule));
}

export type RulesByPlace = ReadonlyMap<string, readonly RuleInfo[]>;

/**
 * Nobody has to list the fields of a rule: they are where it reports the mistake in its own bad example. One with many
 * places is known by those it is shown with.
 */
export function rulesByPlace(root: Field, rules: readonly Rule[] = RULES): RulesByPlace {
  const pairs = rules.flatMap((rule) => [...placesOf(rule, root)].map((place) => ({ rule, place })));
  const groups = Map.groupBy(pairs, ({ place }) => place);
  return new Map([...groups].map(([place, found]) => [place, found.map(({ rule }) => rule)]));
}

function placesOf(rule: Rule, root: Field): ReadonlySet<string> {
  const reports = [...rule.check(loadSpec(exampleFiles(rule.examples.bad)))];
  const paths = reports.flatMap(({ path, related = [] }) => [path, ...related.map((other) => other.path)]);
  // An entry of a list of plain values is no field of its own.
  const fields = paths.flatMap((path) => fieldAt(root, path) ?? fieldAt(root, path.slice(0, -1)) ?? []);
  return new Set(fields.map(({ place }) => place.join('.')));
}

/** Running a rule takes some milliseconds, and most have nothing to do with the field that somebody asks for. */
function mentions(example: SpecExample, { place: [_definition, ...below] }: Field): boolean {
  const keys = below.filter((key) => key !== '*');
  const texts = exampleFiles(example).map(({ text }) => text);
  return keys.every((key) => texts.some((text) => text.includes(key)));
}
