import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSave } from '../../src/ipvsadm/parse-save.ts';
import { serviceKey } from '../../src/model/table.ts';
import { fakeRun } from '../fixtures/fake-run.ts';
import { capacity } from '../plan/table-machine.ts';

/** The environment with which lvsctl runs bin/logging-ipvsadm. */
export function loggingEnvironment(log: string): Record<string, string> {
  return { LVSCTL_IPVSADM: join(import.meta.dirname, '../fixtures/bin/logging-ipvsadm'), IPVSADM_LOG: log };
}

/** The rules that were run, in their order. Fails when two batches ran at the same time. */
export function loggedRules(log: string): string[] {
  let running: string | null = null;
  const rules: string[] = [];
  for (const line of linesOf(log)) {
    const [mark, word, pid = ''] = line.split(' ');
    if (mark === '#' && word === 'begin') {
      assert.equal(running, null, `ipvsadm ${pid} wrote while ${running} did`);
      running = pid;
    } else if (mark === '#') running = null;
    else if (!line.startsWith('-L --@')) rules.push(line);
  }
  return rules;
}

/** Whether a batch has begun and not ended. */
export function isWriting(log: string): boolean {
  return /^# begin/.test(linesOf(log).findLast((line) => line.startsWith('# ')) ?? '');
}

function linesOf(log: string): string[] {
  return existsSync(log) ? readFileSync(log, 'utf8').split('\n').filter(Boolean) : [];
}

/** Plays logged rules by the fake ipvsadm, and fails where one leaves a service of these without a server to serve. */
export function assertNeverEmptied(rules: readonly string[], keys: readonly string[]): void {
  const run = fakeRun();
  const served = new Set<string>();
  for (const rule of rules) {
    run({ args: ['-R'], input: `${rule}\n` });
    const { services } = parseSave(run({ args: ['-Sn'], input: '' }).stdout);
    const full = services.filter((service) => capacity(service) > 0).map(({ address }) => serviceKey(address));
    for (const key of served) assert.ok(full.includes(key), `"${rule}" emptied ${key}`);
    for (const key of keys) if (full.includes(key)) served.add(key);
  }
  assert.deepEqual([...served].sort(), [...keys].sort(), 'all of them were served');
}
