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

/** One call of `ipvsadm -R`. */
interface Batch {
  readonly rules: string[];
  /** The table after it, as `ipvsadm -Sn` prints it; null while it runs. Its tool may have ended before its rules did. */
  listing: string[] | null;
}

/** The rules that were handed over, in their order. Fails when two batches ran at the same time. */
export function loggedRules(log: string): string[] {
  return batchesOf(log).flatMap(({ rules }) => rules);
}

/** Whether a batch has begun and not ended. */
export function isWriting(log: string): boolean {
  return batchesOf(log).at(-1)?.listing === null;
}

function batchesOf(log: string): Batch[] {
  const lines = existsSync(log) ? readFileSync(log, 'utf8').split('\n').filter(Boolean) : [];
  const batches: Batch[] = [];
  let table: string[] = [];
  for (const line of lines) {
    const batch = batches.at(-1);
    if (line.startsWith('# begin')) {
      assert.notEqual(batch?.listing, null, `${line}: another batch runs`);
      batches.push({ rules: [], listing: null });
      table = [];
    } else if (line.startsWith('# end') && batch) batch.listing = table;
    else if (line.startsWith('= ')) table.push(line.slice(2));
    else if (!line.startsWith('-L --@')) batch?.rules.push(line);
  }
  return batches;
}

/**
 * Fails when one of these services, served once, was without a server that takes connections: after any batch, or, as
 * the fake ipvsadm plays it, after any rule of one; so that it does not matter where a batch was cut off.
 */
export function assertNeverEmptied(log: string, keys: readonly string[]): void {
  const served = new Set<string>();
  let before: readonly string[] = [];
  for (const { rules, listing } of batchesOf(log)) {
    const seen = [...tablesOf(before, rules), listing ?? []].map(servedIn);
    for (const full of seen)
      for (const key of served) assert.ok(full.has(key), `${key} was empty: ${rules.join('; ')}`);
    before = listing ?? [];
    const now = servedIn(before);
    for (const key of keys) if (now.has(key)) served.add(key);
  }
  assert.deepEqual([...served].sort(), [...keys].sort(), 'all of them were served');
}

/** The table after each rule. */
function tablesOf(before: readonly string[], rules: readonly string[]): string[][] {
  const run = fakeRun();
  run({ args: ['-R'], input: before.map((line) => `${line}\n`).join('') });
  return rules.map((rule) => {
    run({ args: ['-R'], input: `${rule}\n` });
    return run({ args: ['-Sn'], input: '' }).stdout.split('\n');
  });
}

function servedIn(listing: readonly string[]): ReadonlySet<string> {
  const { services } = parseSave(listing.join('\n'));
  return new Set(services.filter((service) => capacity(service) > 0).map(({ address }) => serviceKey(address)));
}
