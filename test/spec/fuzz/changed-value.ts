import fc from 'fast-check';
import { stringify } from 'yaml';
import { type Path, valueAt } from '../../../src/spec/place.ts';
import { VALUES } from './specs.ts';

const NAMES: readonly string[] = [
  ...['web', 'lb1', 'vip', 'port', 'check', 'host', 'track', 'priority', 'constructor', 'valueOf', '<<', '*'],
  ...['', ' ', '\n', '0', '-1', '\ud800', '\u{1f4a9}', 'x'.repeat(200)],
];

const OTHERS: readonly unknown[] = [
  ...[null, true, false, -1, 0, -0, 1.5, 255, 256, 65_536, 2 ** 32, 2 ** 53, 1e308, Infinity, Number.NaN],
  ...['', ' ', '\0', '\n', '\ud800', '$x', '__proto__', 'constructor', 'x'.repeat(5000), 'any', 'none', 'dr', 'nat'],
  ...['10.0.0.1', '10.0.0.1/24', '::', '2001:db8::1', 'fe80::1%eth0', '5s', '0s', '100d', '50%', '/bin/true'],
  ...[[], [[]], {}, [null], { a: null }, { constructor: 1 }, [1, 'a', {}], { tun: { type: 'gue' } }, { tcp: {} }],
  ...[JSON.parse(`${'['.repeat(200)}${']'.repeat(200)}`), Object.fromEntries(NAMES.map((name) => [name, name]))],
];

interface Place {
  readonly parent: Record<string | number, unknown>;
  readonly key: string | number;
}

interface Change extends Place {
  readonly other: unknown;
  readonly name: string;
}

const CHANGES: readonly ((change: Change) => void)[] = [
  ({ parent, key, other }) => {
    parent[key] = other;
  },
  ({ parent, key }) => {
    delete parent[key];
  },
  ({ parent, key, name }) => {
    const { [key]: value } = parent;
    delete parent[key];
    parent[name] = value;
  },
  ({ parent, name, other }) => {
    parent[name] = other;
  },
];

const WRITERS: readonly ((value: object) => string)[] = [
  (value) => JSON.stringify(value),
  (value) => stringify(value, { aliasDuplicateObjects: false }),
  (value) => stringify(value, { aliasDuplicateObjects: false, collectionStyle: 'flow' }),
];

/** A spec with keys and values where they do not belong, written in one style or another. */
export const changedValue: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom(...VALUES),
    fc.array(
      fc.record({
        at: fc.nat(),
        from: fc.option(fc.nat(), { nil: undefined }),
        value: fc.constantFrom(...OTHERS),
        name: fc.constantFrom(...NAMES),
        change: fc.constantFrom(...CHANGES),
      }),
      { minLength: 1, maxLength: 6 },
    ),
    fc.constantFrom(...WRITERS),
  )
  .map(([spec, changes, write]) => {
    const root = structuredClone(spec);
    for (const { at, from, value, name, change } of changes) {
      const paths = pathsIn(root);
      const path = paths[at % paths.length];
      if (path === undefined) break;
      // What stands elsewhere is the likeliest thing to stand here.
      const other = structuredClone(from === undefined ? value : valueAt(root, paths[from % paths.length] ?? []));
      const parent = valueAt(root, path.slice(0, -1)) as Place['parent'];
      change({ parent, key: path.at(-1) ?? '', other, name });
    }
    return write(root);
  });

function pathsIn(value: unknown, path: Path = []): Path[] {
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const own = [...path, key];
    return [own, ...pathsIn(inner, own)];
  });
}
