import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { TestContext } from 'node:test';
import { temporaryDirectory } from '../host/temporary-directory.ts';

export const GOOD = `version: 1
services:
  web:
    vip: 203.0.113.10
    port: 80
    servers: { web-1: 10.0.0.1, web-2: 10.0.0.2 }
    forwarding: nat
    check: none
`;
export const BAD = GOOD.replace('port: 80', 'port: 99999');
export const UNTIDY = GOOD.replace('version: 1\n', '').concat('version: 1\n');
export const CASES = `spec: web.lvs.yaml
cases:
  nothing is wrong:
    expect: { findings: [] }
`;

/** A directory with these files, and with `lvsctl` of this checkout on its PATH. */
export function repository(
  t: TestContext,
  files: Readonly<Record<string, string>>,
): { readonly directory: string; readonly env: NodeJS.ProcessEnv } {
  const directory = temporaryDirectory(t);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text);
  const bin = join(temporaryDirectory(t), 'bin');
  mkdirSync(bin);
  const lvsctl = join(bin, 'lvsctl');
  writeFileSync(lvsctl, `#!/bin/sh\nexec '${process.execPath}' '${resolve('bin/lvsctl.js')}' "$@"\n`);
  chmodSync(lvsctl, 0o755);
  return { directory, env: { ...process.env, PATH: `${bin}:${process.env.PATH}`, GITHUB_ACTIONS: undefined } };
}
