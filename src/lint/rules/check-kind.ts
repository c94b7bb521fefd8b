import type { LoadedSpec } from '../../spec/load.ts';
import type { Path } from '../../spec/place.ts';
import { CHECK_KINDS } from '../../spec/schema/checks.ts';
import { everyCheck } from '../every-check.ts';
import { yaml } from '../example.ts';
import type { Report, Rule } from '../rule.ts';

export const checkKind: Rule = {
  id: 'LVS119',
  name: 'check-kind',
  severity: 'error',
  why: 'A check without a kind checks nothing; with two it is open which one decides',
  harm: 'A check that says only how often and how long has nothing to try: no real server would ever be found down. With two kinds side by side nobody can tell whether one success is enough or both are needed; all and any say so.',
  examples: {
    bad: yaml`
      services:
        web:
          vip: 203.0.113.10
          port: 80
          pool: web
          check: { tcp: {}, http: { path: /healthz } }
    `,
    good: yaml`
      services:
        web:
          vip: 203.0.113.10
          port: 80
          pool: web
          check: { http: { path: /healthz } }
    `,
  },
  source: 'lvsctl; several checks of one server go under all or any',
  check,
};

type CheckMapping = Readonly<Record<string, unknown>>;

function* check(loaded: LoadedSpec): Iterable<Report> {
  for (const { path, check: written } of everyCheck(loaded)) yield* checkOne(written, { path, loaded });
}

function* checkOne(value: CheckMapping, { path, loaded }: { path: Path; loaded: LoadedSpec }): Iterable<Report> {
  if (loaded.incomplete(path)) return;
  const kinds = CHECK_KINDS.filter((kind) => value[kind] !== undefined);
  const group = kinds.length === 1 && (kinds[0] === 'all' || kinds[0] === 'any') ? kinds[0] : undefined;
  if (kinds.length === 0)
    yield {
      path,
      side: 'key',
      message: 'The check has no kind',
      hint: 'add one such as tcp: {}, or write check: none',
    };
  if (kinds.length > 1)
    yield {
      path: [...path, kinds[1] ?? ''],
      side: 'key',
      message: `The check has ${kinds.length} kinds: ${kinds.join(', ')}`,
      hint: 'keep one, or name them under all or any',
    };
  if (group === undefined) return;
  const members = Object.entries(value[group] as Readonly<Record<string, CheckMapping>>);
  if (members.length === 0)
    yield { path: [...path, group], side: 'key', message: `${group} holds no check`, hint: 'add one by name' };
  for (const [name, member] of members) yield* checkOne(member, { path: [...path, group, name], loaded });
}
