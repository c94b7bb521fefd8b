import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { temporaryDirectory } from './temporary-directory.ts';

// ipvsadm -R runs a last line that has no end as if it were whole, and `-D -t 192.0.2.1:80` is the beginning of
// `-D -t 192.0.2.1:8080`: so what is half written when we die must end with a line.
test('kill -9 while thousands of rules are handed to ipvsadm cuts no rule in two', async (t) => {
  const directory = temporaryDirectory(t);
  const at = (name: string) => join(directory, name);
  writeFileSync(
    at('slow-ipvsadm'),
    `#!/bin/sh\necho $$ >${at('pid')}\nsleep 0.5\ncat >${at('input')}\ntouch ${at('end')}\n`,
  );
  chmodSync(at('slow-ipvsadm'), 0o755);
  writeFileSync(at('writer.ts'), writer(at('slow-ipvsadm')));
  const child = spawn(process.execPath, [at('writer.ts')], { stdio: 'inherit' });
  const ended = new Promise((done) => child.once('exit', done));
  while (!existsSync(at('pid'))) await sleep(10);
  await sleep(100);
  child.kill('SIGKILL');
  await ended;
  while (!existsSync(at('end'))) await sleep(10);
  const lines = readFileSync(at('input'), 'utf8').split('\n');
  assert.equal(lines.at(-1), '', 'the last line has an end');
  assert.match(lines.at(-2) ?? '', /:12345$/);
});

function writer(ipvsadm: string): string {
  const kernel = new URL('../../src/host/ipvsadm-kernel.ts', import.meta.url).href;
  return `import { ipvsadmKernel } from '${kernel}';
const operations = Array.from({ length: 40000 }, (_, at) => ({
  op: 'delete-service' as const,
  service: { kind: 'address', family: 'ipv4', protocol: 'tcp', vip: '192.0.2.1', port: 12345 } as const,
}));
await ipvsadmKernel({ ipvsadm: '${ipvsadm}', env: process.env }).run(operations);
`;
}
