import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { regexFault } from '../../../src/lint/keepalived-regex.ts';
import { renderedConf } from '../../keepalived/rendered.ts';
import { specText } from '../../keepalived/row.ts';
import { serviceSpec } from '../../keepalived/service-spec.ts';
import { dumpConf, testConf } from './oracle.ts';

const PATTERNS = 200;

async function confWith(patterns: readonly string[]): Promise<string> {
  const servers = patterns.map((body, index) => {
    const address = `10.0.${index >> 8}.${index & 255}`;
    return [`s${index}`, { address, check: { http: { body }, interval: '1h', warmup: '1h' } }];
  });
  const web = { vip: '192.0.2.10', port: 80, servers: Object.fromEntries(servers) };
  return await renderedConf(specText(serviceSpec({ web })));
}

/** Words of regular expressions, good and bad ones, in any order. */
const pieces = fc.constantFrom(
  ...['a', 'B', '7', ' ', '"', "'", '$a', '#', '!', '{', '}', 'é', '.', '|', '(', '(?:', '(?i:', ')', '(?=', '(?<a>'],
  ...['[ab]', '[^a-z]', '[$"]', '[{}]', '[\\d-]', '[\\d-z]', '[]', '[^]', '[é]', '[[:alpha:]]', '*', '+', '?', '+?'],
  ...['{2}', '{2,}', '{0,3}?', '{,2}', '\\d', '\\W', '\\b', '\\.', '\\"', '\\$', '\\{', '\\\\', '\\x41', '\\x4', '\\n'],
  ...['\\l', '\\Q', '\\1', '\\u0041', '\\p{L}', '\\N{x}', '\\K', '(*FOO)'],
);
const pattern = fc
  .array(pieces, { minLength: 1, maxLength: 9 })
  .map((words) => words.join(''))
  .filter((text) => text.trim() !== '' && regexFault(text) === undefined);

test(`what lint takes for a regular expression keepalived compiles, and holds as it is written: ${PATTERNS} random ones`, async () => {
  const patterns = [...new Set(fc.sample(pattern, PATTERNS))];
  const conf = await confWith(patterns);
  assert.deepEqual(await testConf(conf), []);
  const { log, checker } = await dumpConf(conf);
  assert.deepEqual(
    log.filter((line) => /regex/i.test(line)),
    [],
  );
  const held = [...checker.matchAll(/^ *Regex = "(.*)"$/gm)].map(([, text]) => text);
  assert.deepEqual(held, patterns);
});

// So lint has to: keepalived goes on with what it has freed (check_http.c, prepare_regex).
test('keepalived -t says nothing of a regular expression that it cannot compile', async () => {
  const conf = await confWith(['ok']);
  assert.deepEqual(await testConf(conf.replace('regex "ok"', 'regex "(ok"')), []);
});
