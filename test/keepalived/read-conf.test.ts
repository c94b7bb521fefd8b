// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the samples are such texts
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type ReadItem, readConf } from '../../src/keepalived/read-conf.ts';
import { type Shape, shapeOf, shapes } from './read-shape.ts';

test('words, blocks and lines are those of the file', () => {
  const text = 'global_defs {\n}\n\nvrrp_instance web {\n  priority 100\n  track_script {\n    chk\n  }\n}\n';
  assert.deepEqual(readConf(text), {
    items: [
      { kind: 'block', words: ['global_defs'], items: [], line: 1 },
      {
        kind: 'block',
        words: ['vrrp_instance', 'web'],
        items: [
          { kind: 'statement', words: ['priority', '100'], line: 5, text: 'priority 100' },
          {
            kind: 'block',
            words: ['track_script'],
            items: [{ kind: 'statement', words: ['chk'], line: 7, text: 'chk' }],
            line: 6,
          },
        ],
        line: 4,
      },
    ],
    unread: [],
  });
});

const TRICKY: readonly (readonly [title: string, text: string, shapes: readonly Shape[]])[] = [
  ['a brace right behind a word', 'vrrp_script chk{\nweight 1\n}', [[['vrrp_script', 'chk'], [['weight', '1']]]]],
  [
    'a block behind the end of another one, on its line',
    'a {\n} b {\n}',
    [
      [['a'], []],
      [['b'], []],
    ],
  ],
  ['a brace on the next line', 'unicast_peer\n{\n10.0.0.1\n}', [[['unicast_peer'], [['10.0.0.1']]]]],
  [
    'a block on one line',
    'real_server 1.2.3.4 80 { weight 1 }',
    [[['real_server', '1.2.3.4', '80'], [['weight', '1']]]],
  ],
  ['two closing braces on one line', 'a { b {\nc\n}}', [[['a'], [[['b'], [['c']]]]]]],
  ['a comment behind a header', 'virtual_server 1.2.3.4 80 { # web\n}', [[['virtual_server', '1.2.3.4', '80'], []]]],
  ['CRLF, tabs and trailing blanks', 'a {\r\n\tb 1 \r\n}\r\n', [[['a'], [['b', '1']]]]],
  ['a backslash on an ordinary line is part of the last word', 'priority \\\n100', [['priority\\'], ['100']]],
  ['braces in quotes', 'router_id "a{b}c"', [['router_id', 'a{b}c']]],
  ['two statements on a line are one', 'lb_algo rr lb_kind DR', [['lb_algo', 'rr', 'lb_kind', 'DR']]],
  ['words of a list on one line', 'group { a b }', [[['group'], [['a', 'b']]]]],
  [
    'a weight in a list on one line',
    'track_script { chk weight -5 reverse }',
    [[['track_script'], [['chk', 'weight', '-5', 'reverse']]]],
  ],
  [
    'addresses of all kinds',
    'virtual_server fd00::1 80 {\n}\nvirtual_server group "a b" {\n}\nvirtual_server_group g {\n10.0.0.1-20 80\nfe80::1-ff 80\n}',
    [
      [['virtual_server', 'fd00::1', '80'], []],
      [['virtual_server', 'group', 'a b'], []],
      [
        ['virtual_server_group', 'g'],
        [
          ['10.0.0.1-20', '80'],
          ['fe80::1-ff', '80'],
        ],
      ],
    ],
  ],
  [
    'keywords without a parameter',
    'persistence_timeout\nunicast_src_ip',
    [['persistence_timeout'], ['unicast_src_ip']],
  ],
  ['what only looks like a definition', '$X =5', [['$X', '=5']]],
  ['what only looks like an include', 'included x', [['included', 'x']]],
  ['marks of a merge', '<<<<<<< HEAD\n=======\n>>>>>>> b', [['<<<<<<<', 'HEAD'], ['======='], ['>>>>>>>', 'b']]],
  ['placeholders', 'a <IP> %s **', [['a', '<IP>', '%s', '**']]],
  ['a variable that nobody defined ends at its brace', 'a ${X}', [[['a', '$'], [['X']]]]],
];

for (const [title, text, expected] of TRICKY)
  test(`is read: ${title}`, () => {
    assert.deepEqual(shapes(text), expected);
    assert.deepEqual(readConf(text).unread, []);
  });

const UNREAD: readonly (readonly [
  title: string,
  text: string,
  unread: readonly (readonly [line: number, reason: string])[],
  shapes: readonly Shape[],
])[] = [
  [
    'an include within a block',
    'virtual_server 1.2.3.4 80 {\ninclude servers/*.conf\nlb_algo rr\n}',
    [[2, 'stands for other files']],
    [[['virtual_server', '1.2.3.4', '80'], [['lb_algo', 'rr']]]],
  ],
  [
    'each kind of include',
    'includer a\nincludem b\nincludea c',
    [1, 2, 3].map((line) => [line, 'stands for other files']),
    [],
  ],
  [
    'a line for one host within a list',
    'unicast_peer {\n@lb1 10.0.0.2\n@^lb1 10.0.0.1\n10.0.0.3\n}',
    [
      [2, 'is for some hosts only'],
      [3, 'is for some hosts only'],
    ],
    [[['unicast_peer'], [['10.0.0.3']]]],
  ],
  ['an empty definition', '$X=\na 1', [[1, 'defines a variable']], [['a', '1']]],
  [
    'a definition of several lines, with blocks and definitions in it',
    '$X= \\\n  real_server $A { \\\n  $Y=5 \\\n  }\nb 2',
    [[1, 'defines a variable']],
    [['b', '2']],
  ],
  ['a definition that an empty line ends', '$X= \\\n a \\\n\nb 2', [[1, 'defines a variable']], [['b', '2']]],
  [
    'the use of a variable',
    '$X=5\npriority ${X}\nb $X\nc $Y',
    [
      [1, 'defines a variable'],
      [2, 'holds the variable $X'],
      [3, 'holds the variable $X'],
    ],
    [
      ['priority', '${X}'],
      ['b', '$X'],
      ['c', '$Y'],
    ],
  ],
  [
    'the use of a predefined variable',
    'a "${_INSTANCE}"',
    [[1, 'holds the variable $_INSTANCE']],
    [['a', '${_INSTANCE}']],
  ],
  [
    'sequences, nested ones too',
    'a {\n~SEQ(x, 1, 3) ~LST(y, a, b) 10.0.0.$x\n~SEQx(1, 2) b\n}',
    [
      [2, 'stands for several lines'],
      [3, 'stands for several lines'],
    ],
    [[['a'], []]],
  ],
  ['a brace too many', '}\na 1', [[1, 'closes nothing']], [['a', '1']]],
  [
    'a brace without a keyword',
    '{\na 1\n}',
    [
      [1, 'has no keyword before it'],
      [3, 'closes nothing'],
    ],
    [['a', '1']],
  ],
  [
    'braces that are missing',
    'a {\nb {\nc 1',
    [
      [1, 'is not closed'],
      [2, 'is not closed'],
    ],
    [[['a'], [[['b'], [['c', '1']]]]]],
  ],
  ['a quote that is not closed', 'a "b c', [[1, 'has a quote that is not closed']], [['a', 'b c']]],
  ['a byte order mark', '\uFEFFa 1', [[1, 'begins with a byte order mark']], [['a', '1']]],
  [
    'a line that is too long',
    `a ${'x'.repeat(1021)}\nb # ${'x'.repeat(1019)}\nc # ${'x'.repeat(1018)}`,
    [
      [1, 'is longer than the 1022 bytes of a line'],
      [2, 'is longer than the 1022 bytes of a line'],
    ],
    [['c']],
  ],
];

for (const [title, text, unread, expected] of UNREAD)
  test(`is kept as what was not read: ${title}`, () => {
    const conf = readConf(text);
    assert.deepEqual(
      conf.unread.map(({ line, reason }) => [line, reason]),
      unread,
    );
    assert.deepEqual(conf.items.map(shapeOf), expected);
  });

test('what was not read is there as it stands', () => {
  const text = 'unicast_peer { @lb1 10.0.0.2 }';
  assert.deepEqual(readConf(text).unread, [
    { line: 1, text: '@lb1 10.0.0.2 }', reason: 'is for some hosts only' },
    { line: 1, text: 'unicast_peer', reason: 'is not closed' },
  ]);
});

test('whatever is written, no word of it is lost silently', () => {
  const line = fc.string({ unit: fc.constantFrom('a', ' ', '{', '}', '"', '#', '\\', '$', '\n') });
  fc.assert(
    fc.property(line, (text) => {
      const { items, unread } = readConf(text);
      const braces = (all: readonly ReadItem[]): number =>
        all.reduce((sum, item) => sum + (item.kind === 'block' ? 1 + braces(item.items) : 0), 0);
      assert.ok(braces(items) <= (text.match(/\{/g)?.length ?? 0));
      assert.ok(unread.every((one) => one.line >= 1 && one.line <= text.split('\n').length));
    }),
  );
});
