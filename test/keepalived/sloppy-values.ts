import fc from 'fast-check';

export const from = fc.constantFrom;
export const some = <T>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }) => fc.record(model, { requiredKeys: [] });
export const mostly = <T>(usual: T, others: fc.Arbitrary<T>): fc.Arbitrary<T> =>
  fc.oneof({ weight: 4, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: others });
export const subset = <T>(items: readonly T[], maxLength = items.length) => fc.subarray([...items], { maxLength });
/** Seldom enough that most of many such keys are fine together. */
export const sometimes = <T>(value: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 6, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: value });

const COMMANDS = [
  '/usr/bin/true',
  "/bin/sh -c 'exit 0 | cat'",
  'true',
  'bin/true',
  '/usr/bin/true > x',
  '/usr/bin/true "a"',
];
export const command = mostly('/usr/bin/true', from(...COMMANDS));
export const user = mostly('root root', from('root', 'root root root'));
const weightOf = (limit: number) => some({ weight: from(-limit, -5, 0, 5, limit), reverse: fc.boolean() });
const uses = (names: readonly string[], limit: number) =>
  fc.dictionary(from(...names), weightOf(limit), { maxKeys: 2 });
export const tracking = fc.record({
  interfaces: sometimes(uses(['eth1', 'eth2', 'eth1', 'eth2', 'eth0'], 253)),
  scripts: sometimes(uses(['s0', 's0', 's1', 's9'], 253)),
  processes: sometimes(uses(['p0', 'p0', 'p1', 'p9'], 254)),
  files: sometimes(uses(['f0', 'f0', 'f1', 'f9'], 254)),
  bfd: sometimes(uses(['b0', 'b0', 'b1', 'b9'], 253)),
});

export const notify = some({ master: command, any: command, deleted: command, user });
