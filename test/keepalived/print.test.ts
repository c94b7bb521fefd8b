import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Block, block, type Item, raw, statement, type Word } from '../../src/keepalived/block.ts';
import { commentText, printBlock } from '../../src/keepalived/print.ts';
import { commandToken, token, UnsafeToken } from '../../src/keepalived/token.ts';
import { splitCommand } from '../../src/model/command.ts';
import { type ReadItem, readKeepalivedConf, unescapedWords } from './keepalived-reader.ts';

const TOKENS: readonly (readonly [text: string, token: string])[] = [
  ['eth0', 'eth0'],
  ['10.0.0.1/24', '10.0.0.1/24'],
  ['-5', '-5'],
  ['a b', '"a b"'],
  ['', '""'],
  ['a#b', '"a#b"'],
  ['a!b', '"a!b"'],
  ['{a}', '"{a}"'],
  ["it's", `"it's"`],
  ['@lb1', '"@lb1"'],
  ['~SEQ', '"~SEQ"'],
  ['$5', '"$5"'],
  ['50$', '"50$"'],
  ['include', '"include"'],
  ['includea', '"includea"'],
  ['includes', 'includes'],
  ['grüße €😀', '"grüße €😀"'],
];

for (const [text, expected] of TOKENS)
  test(`${JSON.stringify(text)} is the word ${expected}`, () => {
    assert.equal(token(text), expected);
  });

for (const text of ['a"b', 'a\nb', 'a\u0000', '$HOME', 'a$\u007bb}', 'a\\', 'a\\b', '{', '}', 'x'.repeat(1001)])
  test(`${JSON.stringify(text.slice(0, 20))} is no word`, () => {
    assert.throws(() => token(text), UnsafeToken);
  });

const COMMANDS: readonly (readonly [command: string, token: string])[] = [
  ['/bin/true', '"/bin/true"'],
  ['  /bin/true   a  b ', '"/bin/true a b"'],
  [`/bin/a 'b c' "d e" f\\ g`, `"/bin/a 'b c' 'd e' 'f g'"`],
  ["/bin/a it\\'s", `"/bin/a 'it\\\\\\'s'"`],
  ["/bin/a '\"' $HOME", `"/bin/a '\\042' '\\044HOME'"`],
  [`/bin/a 'b\\c'`, `"/bin/a 'b\\\\\\\\c'"`],
  ["/bin/a ''", `"/bin/a ''"`],
];

for (const [command, expected] of COMMANDS)
  test(`the command ${command} is the word ${expected}`, () => {
    assert.equal(commandToken(command), expected);
  });

for (const command of ["/bin/a 'b", '/bin/a "b', '/bin/a \\', "/bin/a 'b\u0007'"])
  test(`${JSON.stringify(command)} is no command`, () => {
    assert.throws(() => commandToken(command), UnsafeToken);
  });

test('a line that keepalived would read as two is refused, wherever it comes from', () => {
  const long = Array.from({ length: 3 }, () => '€'.repeat(120));
  assert.throws(() => printBlock(block(['a'], [statement('b', ...long)])), UnsafeToken);
  assert.throws(() => printBlock(block(['a', ...long], [])), UnsafeToken);
  assert.throws(() => printBlock(block(['a'], raw(['x'.repeat(1001)]))), UnsafeToken);
});

test('a comment of any length and content leaves its line whole', () => {
  const file = `${'/a"b\\{}#!'.repeat(500)}\n\\x.lvs.yaml`;
  const text = printBlock({ ...block(['a'], []), origin: { file, line: 7, column: 1 } });
  assert.deepEqual(readKeepalivedConf(text), [{ words: ['a'], text: 'a', items: [] }]);
  assert.match(text, /^a \{ # …[^\n]*\?x\.lvs\.yaml:7\n\}\n$/);
  assert.equal(commentText('a\\'), 'a?');
});

// What means something somewhere, and then anything.
const text = fc.oneof(
  { weight: 3, arbitrary: fc.string({ unit: fc.constantFrom(...` #!{}'"\\$;ab@~=%€😀-\t`), maxLength: 12 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 20 }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('include', 'includer', '$\u007ba}', '$_HASH', '}', '{', '#', '!x', '@lb1 a'),
  },
);
// Mostly what can be written, so that whole blocks of it can.
const legal = fc.string({ unit: fc.constantFrom(...` #!{}';ab@~=%€😀-`), maxLength: 12 });
const plain = fc.oneof({ weight: 15, arbitrary: legal }, { weight: 1, arbitrary: text });
const word: fc.Arbitrary<Word> = fc.oneof(
  { weight: 6, arbitrary: plain },
  { weight: 1, arbitrary: fc.integer() },
  { weight: 2, arbitrary: text.map((command) => ({ command })) },
);
const words = fc.tuple(plain, fc.array(word, { maxLength: 3 })).map(([first, rest]) => [first, ...rest] as const);
const { item } = fc.letrec<{ item: Item }>((tie) => ({
  item: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    words.map((all) => statement(...all)),
    fc.tuple(words, fc.array(tie('item'), { maxLength: 4 })).map(([all, items]) => block(all, items)),
  ),
}));
const tree: fc.Arbitrary<Block> = fc
  .tuple(words, fc.array(item, { maxLength: 4 }))
  .map(([all, items]) => block(all, items));

test('whatever its words, a block is read back as it was meant, or refused', () => {
  let printed = 0;
  fc.assert(
    fc.property(tree, (meant) => {
      const conf = printedOrRefused(meant);
      if (conf === null) return;
      printed += 1;
      const read = readKeepalivedConf(conf);
      assert.equal(read.length, 1);
      assertRead(meant, read[0]);
    }),
    { numRuns: 3000 },
  );
  assert.ok(printed > 1000, `only ${printed} were printed`);
});

function printedOrRefused(meant: Block): string | null {
  try {
    return printBlock(meant);
  } catch (error) {
    assert.ok(error instanceof UnsafeToken, String(error));
    return null;
  }
}

test('a command is split into the arguments that were meant, or refused', () => {
  let printed = 0;
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 5 }), (args) => {
      const command = args.map((arg) => `'${arg.replaceAll("'", "'\\''")}'`).join(' ');
      const conf = printedOrRefused(block(['a'], [statement('script', { command }, 'root')]));
      if (conf === null) return;
      printed += 1;
      const [, word = '', user] = unescapedWords(readKeepalivedConf(conf)[0]?.items?.[0]?.text ?? '');
      assert.deepEqual([unescapedWords(word), user], [args, 'root']);
    }),
    { numRuns: 3000 },
  );
  assert.ok(printed > 1000, `only ${printed} were printed`);
});

/** Compares what was meant with what keepalived reads. A line with a command in it is unescaped as a whole. */
function assertRead(meant: Item, read: ReadItem | undefined): void {
  assert.ok(meant.kind !== 'raw' && read !== undefined);
  const hasCommand = meant.words.some((one) => typeof one === 'object');
  const line = hasCommand ? unescapedWords(read.text) : read.words;
  assert.deepEqual(
    line.map((text, index) => (typeof meant.words[index] === 'object' ? unescapedWords(text) : text)),
    meant.words.map((one) => (typeof one === 'object' ? argumentsOf(one.command) : String(one))),
  );
  assert.equal(read.items?.length, meant.kind === 'block' ? meant.items.length : undefined);
  if (meant.kind === 'block') for (const [index, item] of meant.items.entries()) assertRead(item, read.items?.[index]);
}

function argumentsOf(command: string): readonly string[] {
  const split = splitCommand(command);
  assert.ok(typeof split !== 'string');
  return split.map(({ text: argument }) => argument);
}
