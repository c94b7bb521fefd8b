import assert from 'node:assert/strict';
import { test } from 'node:test';
import { regexToken } from '../../src/keepalived/regex-token.ts';

const ROWS: readonly (readonly [pattern: string, word: string])[] = [
  ['ok', '"ok"'],
  ['a b#c!', '"a b#c!"'],
  ["it's", `"it's"`],
  [String.raw`\.\d`, String.raw`"\\.\\d"`],
  ['"beef"', String.raw`"\042beef\042"`],
  [String.raw`$a \${b}`.replace('\\', ''), String.raw`"\044a \044\173b\175"`],
  ['}', String.raw`"\175"`],
  [String.raw`\"`, String.raw`"\\\042"`],
];

for (const [pattern, word] of ROWS)
  test(`${pattern} is written ${word}`, () => assert.equal(regexToken(pattern), word));
