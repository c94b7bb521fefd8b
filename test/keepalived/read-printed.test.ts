import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Block, Item, Word } from '../../src/keepalived/block.ts';
import { printBlock } from '../../src/keepalived/print.ts';
import { readConf } from '../../src/keepalived/read-conf.ts';
import { commandToken, token } from '../../src/keepalived/token.ts';
import { INSTANCE_ROWS, instanceOf, instanceSpec } from './instance-rows.ts';
import { type Shape, shapes } from './read-shape.ts';
import { renderedConf } from './rendered.ts';
import { specText } from './row.ts';
import { SERVICE_ROWS } from './service-rows.ts';
import { serviceOf, serviceSpec } from './service-spec.ts';

function isPrintable(text: string): boolean {
  try {
    token(text);
    return true;
  } catch {
    return false;
  }
}

const special = fc.string({ unit: fc.constantFrom(...' #!{}\'@~^$=;-[]|%*?/\\", aé'), maxLength: 8 });
const words: fc.Arbitrary<Word> = fc.oneof(
  fc.oneof(fc.string(), special, fc.constantFrom('include', '@lb1', '~SEQ(a)', '', '$X=1')).filter(isPrintable),
  fc.nat(),
  fc.constantFrom('/bin/true', '/bin/sh -c \'a | b "c" $HOME {d} # e\'').map((command) => ({ command })),
);
const lines = fc.array(words, { minLength: 1, maxLength: 4 });
const { block } = fc.letrec<{ block: Block; item: Item }>((tie) => ({
  block: fc.record({
    kind: fc.constant('block' as const),
    words: lines,
    items: fc.array(tie('item'), { maxLength: 4 }),
    origin: fc.option(fc.constant({ file: 'a # {.yaml', line: 1, column: 2 }), { nil: undefined }),
  }),
  item: fc.oneof({ maxDepth: 3 }, fc.record({ kind: fc.constant('statement' as const), words: lines }), tie('block')),
}));

function printedShape(item: Item): Shape {
  assert.ok(item.kind !== 'raw');
  const read = item.words.map((word) =>
    typeof word === 'object' ? commandToken(word.command).slice(1, -1) : `${word}`,
  );
  return item.kind === 'block' ? [read, item.items.map(printedShape)] : read;
}

test('what is printed is read back, word by word', () => {
  fc.assert(
    fc.property(fc.array(block, { maxLength: 3 }), (blocks) => {
      const text = blocks.map(printBlock).join('\n');
      assert.deepEqual(shapes(text), blocks.map(printedShape));
      assert.deepEqual(readConf(text).unread, []);
    }),
  );
});

test('all that a spec can say is printed so that it can be read', async () => {
  const instances = Object.fromEntries(
    INSTANCE_ROWS.map(({ spec }, index) => [`row-${index}`, instanceOf(index + 1, spec)]),
  );
  const services = Object.fromEntries(
    SERVICE_ROWS.map(({ spec }, index) => [`row-${index}`, serviceOf(index, { service: spec })]),
  );
  for (const spec of [instanceSpec(instances), serviceSpec(services)]) {
    const conf = readConf(await renderedConf(specText(spec)));
    assert.deepEqual(conf.unread, []);
    const names = conf.items.map(({ words: [keyword] }) => keyword);
    assert.ok(
      names.filter((name) => name === 'vrrp_instance' || name === 'virtual_server').length > 30,
      names.join(' '),
    );
  }
});
