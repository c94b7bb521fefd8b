import type { LoadedSpec } from '../../spec/load.ts';
import type { Path } from '../../spec/place.ts';
import { CHECK_KINDS, type CheckSpec } from '../../spec/schema/checks.ts';
import type { ServerSpec } from '../../spec/schema/services.ts';
import type { Report, Rule } from '../rule.ts';

export const checkKind: Rule = {
  id: 'LVS119',
  name: 'check-kind',
  severity: 'error',
  why: 'A check without a kind checks nothing; with two it is open which one decides',
  source: 'lvsctl; several checks of one server go under all or any',
  check,
};

type CheckMapping = Readonly<Record<string, unknown>>;

function* check(loaded: LoadedSpec): Iterable<Report> {
  for (const { path, value } of writtenChecks(loaded)) yield* checkOne(value, { path, loaded });
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

function writtenChecks({ spec }: LoadedSpec): { path: Path; value: CheckMapping }[] {
  const services = Object.entries(spec.services ?? {});
  return [
    ...checkAt(spec.defaults?.check, ['defaults']),
    ...services.flatMap(([name, service]) => checkAt(service.check, ['services', name])),
    ...services.flatMap(([name, { servers }]) => checksOfServers(servers, ['services', name, 'servers'])),
    ...Object.entries(spec.pools ?? {}).flatMap(([name, servers]) => checksOfServers(servers, ['pools', name])),
  ];
}

function checksOfServers(servers: Readonly<Record<string, ServerSpec>> | undefined, base: Path) {
  return Object.entries(servers ?? {}).flatMap(([name, server]) =>
    'family' in server ? [] : checkAt(server.check, [...base, name]),
  );
}

function checkAt(value: CheckSpec | undefined, path: Path): { path: Path; value: CheckMapping }[] {
  return value === undefined || value === 'none' ? [] : [{ path: [...path, 'check'], value }];
}
