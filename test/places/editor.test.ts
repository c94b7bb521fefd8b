import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { jsonSchema } from '../../src/spec/json-schema.ts';
import { temporaryDirectory } from '../host/temporary-directory.ts';
import { startLanguageServer } from './language-server.ts';

const SPEC = `# yaml-language-server: $schema=./lvsctl.schema.json
version: 1
services:
  web:
    vip: 203.0.113.10
    port: 70000
    schedular: wrr
    scheduler: wrx
    one_packet: maybe
    servers: { web-1: { address: 10.0.0.1, wieght: 2 } }
vrrp:
  web: { vips: [203.0.113.10/24] }
`;

async function openSpec(t: TestContext) {
  const directory = temporaryDirectory(t);
  writeFileSync(join(directory, 'lvsctl.schema.json'), JSON.stringify(jsonSchema()));
  writeFileSync(join(directory, 'web.lvs.yaml'), SPEC);
  const server = startLanguageServer(t);
  const rootUri = pathToFileURL(directory).href;
  await server.ask('initialize', { processId: process.pid, rootUri, capabilities: {}, workspaceFolders: null });
  server.tell('initialized', {});
  const uri = `${rootUri}/web.lvs.yaml`;
  const published = server.diagnostics();
  server.tell('textDocument/didOpen', { textDocument: { uri, languageId: 'yaml', version: 1, text: SPEC } });
  return { server, uri, published };
}

test('an editor underlines each mistake at its own word, and nothing else', async (t) => {
  const { published } = await openSpec(t);
  const lines = SPEC.split('\n');
  const words = (await published).map(({ range: { start, end } }) =>
    (lines[start.line] ?? '').slice(start.character, end.line === start.line ? end.character : undefined),
  );
  assert.deepEqual([...new Set(words)].sort(), ['70000', 'maybe', 'schedular', 'wieght', 'wrx', 'web'].sort());
});

const HOVERS: readonly (readonly [key: string, shown: RegExp])[] = [
  ['scheduler', /Who gets the next connection/],
  ['vip', /Virtual IP address that clients use/],
  ['address', /IP address of the real server/],
];

for (const [key, shown] of HOVERS) {
  test(`an editor shows what ${key} means`, async (t) => {
    const { server, uri, published } = await openSpec(t);
    await published;
    const line = SPEC.split('\n').findIndex((text) => text.includes(`${key}:`));
    const character = (SPEC.split('\n')[line] ?? '').indexOf(`${key}:`) + 1;
    const hover = await server.ask('textDocument/hover', { textDocument: { uri }, position: { line, character } });
    assert.match(JSON.stringify(hover), shown);
  });
}
