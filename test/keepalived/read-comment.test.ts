import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withoutComment } from '../../src/keepalived/read-comment.ts';

const ROWS: readonly (readonly [title: string, line: string, code: string])[] = [
  ['a # begins a comment', 'priority 100 # first', 'priority 100'],
  ['a ! does too', 'priority 100 !first', 'priority 100'],
  ['in the middle of a word as well', 'auth_pass pa#ss', 'auth_pass pa'],
  ['not in double quotes', 'auth_pass "pa#ss!" # end', 'auth_pass "pa#ss!"'],
  ['single quotes protect nothing', "auth_pass 'pa!ss'", "auth_pass 'pa"],
  ['not behind a backslash, which goes', 'auth_pass pa\\#ss\\!', 'auth_pass pa#ss!'],
  ['a backslash in quotes stays', 'auth_pass "pa\\#ss"', 'auth_pass "pa\\#ss"'],
  ['and hides a quote', 'script "a \\" # b" # c', 'script "a \\" # b"'],
  ['blanks around go', '\t  weight 1 \t', 'weight 1'],
  ['a comment alone is nothing', '   # all of it', ''],
  ['a backslash at the end stays', 'priority 100 \\', 'priority 100\\'],
  ['also behind a comment', 'priority 100 # see \\', 'priority 100\\'],
  ['a pair of backslashes is no end', 'priority 100 # see \\\\', 'priority 100'],
  ['a quote that does not end reaches to the end', 'router_id "a # b', 'router_id "a # b'],
];

for (const [title, line, code] of ROWS)
  test(`${title}: ${line}`, () => {
    assert.equal(withoutComment(line), code);
  });
