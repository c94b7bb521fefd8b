import fc from 'fast-check';

const LINES: readonly string[] = [
  ...['version: 1', 'services:', 'web:', 'vip: 10.0.0.1', 'pools: {}', '- a', '- - b', '-', '- {}', '- # c', '# c', ''],
  ...['a: &x', 'b: *x', '&y', '&y b:', '- &z c', '*x', '*x : c', '&k !!map', '!t', '!!str a: b', '? k', ': v', '? |'],
  ...['? - a', ': ', '{', '}', '[ a,', ']', 'k: [a, # c', 'k: { a: 1, # c', '{ ? a, b: }', '[ ? a : b, c: d ]'],
  ...['{ a, "b":c, *x : d }', 'x: {}', 'x: []', '[{}]:', '{}:', 'a: |', 'a: >-', 'a: |2', 'a: |+', 'a: >', 'text'],
  ...['"q', 'q"', "'s'", 'a: "x', '  y"', 'a: "\\', 'b"', 'a: plain', 'continued # c', '---', '...', '%YAML 1.2'],
  ...['a : b', '"a": b', 'a: # c', 'a:\t', '\t', ' ', 'a: b: c', '<<: *x', '# lvsctl-disable-next-line LVS202 -- x'],
];

/** Lines of YAML in any order, at any depth. */
export const anyLines: fc.Arbitrary<string> = fc
  .array(
    fc.record({
      indent: fc.constantFrom('', '', '  ', '    ', ' '),
      line: fc.constantFrom(...LINES),
      end: fc.constantFrom('\n', '\n', '\n', '\r\n', ' '),
    }),
    { maxLength: 10 },
  )
  .map((lines) => lines.map(({ indent, line, end }) => indent + line + end).join(''));
