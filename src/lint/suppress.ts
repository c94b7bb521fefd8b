import { certainlyMeant } from '../spec/did-you-mean.ts';
import type { LoadedSpec } from '../spec/load.ts';
import { findRule, looksBeyond } from './all-rules.ts';
import { CONTROL_RULES } from './control-rules.ts';
import { type Directive, type DirectiveRule, directivesIn } from './directives.ts';
import type { Finding } from './finding.ts';
import { headOf } from './rule.ts';
import { NAMES, whyUnchangeable } from './rule-levels.ts';

/** A finding that is not to be heard, and why. */
export interface Suppressed {
  readonly finding: Finding;
  readonly by: 'comment' | 'baseline';
  /** Empty where none is given. */
  readonly reason: string;
}

/** Findings as the comments of a spec sort them. */
export interface Suppression {
  readonly findings: readonly Finding[];
  readonly suppressed: readonly Suppressed[];
  /** What is wrong with the comments themselves. */
  readonly faults: readonly Finding[];
}

/** Takes out what comments turn off, and tells which of them are wrong or turn off nothing. */
export function suppress(loaded: LoadedSpec, findings: readonly Finding[]): Suppression {
  const directives = loaded.files.flatMap(directivesIn);
  if (directives.length === 0) return { findings, suppressed: [], faults: [] };
  const byPlace = new Map<string, Switch>();
  for (const directive of directives)
    for (const { id } of rulesOf(directive))
      byPlace.set(`${id} ${directive.file}:${directive.line}`, { directive, id, used: false });
  const kept: Finding[] = [];
  const suppressed: Suppressed[] = [];
  for (const finding of findings) {
    const found = byPlace.get(`${finding.rule} ${finding.range.file}:${finding.range.start.line}`);
    if (found === undefined) kept.push(finding);
    else {
      found.used = true;
      suppressed.push({ finding, by: 'comment', reason: found.directive.reason });
    }
  }
  // What could not be read hides findings, and a comment may be about one of those.
  const idle = loaded.problems.length > 0 ? [] : unusedOnes([...byPlace.values()]);
  return { findings: kept, suppressed, faults: [...directives.flatMap(faultsOf), ...idle] };
}

interface Switch {
  readonly directive: Directive;
  readonly id: string;
  used: boolean;
}

const KINDS = ['disable-next-line', 'disable-line'];

function rulesOf({ kind, rules }: Directive): { id: string }[] {
  if (!KINDS.includes(kind)) return [];
  return rules.flatMap(({ word }) => (whyUnchangeable(word) === undefined ? (findRule(word) ?? []) : []));
}

function faultsOf(directive: Directive): readonly Finding[] {
  const { kind, range, rules, reason } = directive;
  if (!KINDS.includes(kind)) {
    const message = `There is no comment lvsctl-${kind}, only ${KINDS.map((known) => `lvsctl-${known}`).join(' and ')}`;
    return [{ ...headOf(CONTROL_RULES.directive), message, range, path: [] }];
  }
  const hint = 'say what it turns off: LVS225 -- reason';
  const nothing = { ...headOf(CONTROL_RULES.rule), message: `lvsctl-${kind} names no rule`, range, path: [], hint };
  const unexplained = {
    ...headOf(CONTROL_RULES.reason),
    message: `lvsctl-${kind} gives no reason`,
    range,
    path: [],
    hint: 'write it behind the rules: -- reason',
  };
  return [
    ...(rules.length === 0 ? [nothing] : rules.flatMap(unknownRule)),
    ...(rules.length > 0 && reason === '' ? [unexplained] : []),
  ];
}

function unknownRule({ word, range }: DirectiveRule): Finding[] {
  const message = whyUnchangeable(word);
  if (message === undefined) return [];
  const meant = certainlyMeant(word, NAMES);
  const fix = meant && { fix: { description: `Write ${meant}`, edits: [{ range, text: meant }] } };
  return [{ ...headOf(CONTROL_RULES.rule), message, range, path: [], ...fix }];
}

function unusedOnes(switches: readonly Switch[]): Finding[] {
  return [...Map.groupBy(switches, ({ directive }) => directive)].flatMap(([directive, all]) => {
    const idle = all.filter((one) => !one.used && !looksBeyond(one));
    if (idle.length === 0) return [];
    const { range, removal, rules } = directive;
    const whole = idle.length === rules.length && {
      fix: { description: 'Remove the comment', edits: [{ range: removal, text: '' }] },
    };
    const message = `There is nothing to turn off: line ${directive.line} does not break ${idle.map(({ id }) => id).join(', ')}`;
    return [{ ...headOf(CONTROL_RULES.unused), message, range, path: [], hint: 'remove it', ...whole }];
  });
}
