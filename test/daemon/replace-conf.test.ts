import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ConfOutcome, replaceConf } from '../../src/daemon/replace-conf.ts';
import type { KeepalivedHost } from '../../src/host/keepalived.ts';
import type { ConfTest } from '../../src/model/conf-test.ts';
import type { ConfChange } from '../../src/model/conf-change.ts';
import type { KeepalivedStatus } from '../../src/model/keepalived-status.ts';
import { confDigest } from '../../src/keepalived/conf-change.ts';
import type { PendingConf } from '../../src/model/state.ts';

const CHANGE: ConfChange = {
  director: 'lb1',
  path: '/etc/keepalived/keepalived.conf',
  action: 'update',
  before: 'old',
  after: 'new',
  isForeign: false,
  impacts: [],
  handedOver: [],
};

/** A keepalived in memory, for what the real one cannot be made to do. It has a text once it was told to reload. */
class MemoryKeepalived implements KeepalivedHost {
  readonly path = CHANGE.path;
  readonly log: string[] = [];
  file: string | null = 'old';
  loaded: string | null = 'old';
  verdict: ConfTest = { output: '', exitCode: 0 };
  onReload: (text: string | null) => string | null = (text) => text;

  async read() {
    return this.file;
  }

  async test() {
    this.log.push('test');
    return this.verdict;
  }

  async write(text: string | null) {
    this.log.push(`write ${text}`);
    this.file = text;
  }

  async status(): Promise<KeepalivedStatus | null> {
    if (this.loaded === null) return null;
    const priority = { basePriority: 1, effectivePriority: 1 };
    const instance = { name: this.loaded, state: 'backup', virtualRouterId: 1, interface: 'eth0', vips: [] } as const;
    return { pid: 7, instances: [{ ...instance, ...priority }], addresses: [] };
  }

  async reload({ keepServices }: { keepServices: boolean }) {
    this.log.push(keepServices ? 'reload, keeping services' : 'reload');
    this.loaded = this.onReload(this.file);
  }

  async version() {
    return '2.2.7';
  }
}

async function replace(
  keepalived: MemoryKeepalived,
  change: Partial<ConfChange> = {},
  missing: readonly string[] = [],
): Promise<ConfOutcome> {
  let clock = 0;
  const expected = { name: 'new', virtualRouterId: 1, priority: 1, vips: [] };
  return replaceConf(
    { ...CHANGE, ...change },
    { instances: [expected] },
    {
      keepalived,
      isTested: false,
      remember: async (pending) => void keepalived.log.push(`remember ${pending && rememberedText(pending)}`),
      missingInKernel: async () => missing,
      sleep: async (milliseconds) => {
        clock += milliseconds;
      },
      now: () => clock,
    },
  );
}

/** Which text it is, by its digest, and what leaves keepalived with it. */
function rememberedText({ digest, handedOver }: PendingConf): string {
  return [digest === confDigest(CHANGE.after) ? 'new' : digest, ...handedOver].join(' ');
}

test('a change is tested, remembered, put in place, loaded, looked at and forgotten, in this order', async () => {
  const keepalived = new MemoryKeepalived();
  assert.deepEqual(await replace(keepalived), { result: 'done', loaded: true, isRunning: true });
  assert.deepEqual(keepalived.log, ['test', 'remember new', 'write new', 'reload', 'remember null']);
});

test('services that change hands are remembered with the file, and kept by the reload', async () => {
  const keepalived = new MemoryKeepalived();
  await replace(keepalived, { handedOver: ['tcp 203.0.113.10:80'] });
  assert.ok(keepalived.log.includes('remember new tcp 203.0.113.10:80'));
  assert.ok(keepalived.log.includes('reload, keeping services'));
});

const VERDICTS: readonly (readonly [verdict: ConfTest, reason: RegExp])[] = [
  [{ output: "(Line 3) Unknown keyword 'foo'\n", exitCode: 5 }, /Unknown keyword/],
  [{ output: "(Line 3) Unknown keyword 'foo'\n", exitCode: 0 }, /Unknown keyword/],
  [{ output: '', exitCode: 4 }, /ended with status 4/],
  [{ output: '', exitCode: null }, /died of a signal/],
];

for (const [verdict, reason] of VERDICTS)
  test(`a file that keepalived refuses (${JSON.stringify(verdict)}) never gets into its place`, async () => {
    const keepalived = new MemoryKeepalived();
    keepalived.verdict = verdict;
    const outcome = await replace(keepalived);
    assert.ok(outcome.result === 'refused');
    assert.match(outcome.reasons.join(), reason);
    assert.deepEqual([new Set(keepalived.log), keepalived.file], [new Set(['test']), 'old']);
  });

test('a file that somebody else changed since the plan was made stays', async () => {
  const keepalived = new MemoryKeepalived();
  keepalived.file = 'somebody else';
  assert.equal((await replace(keepalived)).result, 'refused');
  assert.deepEqual([keepalived.log, keepalived.file], [['test'], 'somebody else']);
});

test('other comments are written, and nobody hears of it', async () => {
  const keepalived = new MemoryKeepalived();
  assert.deepEqual(await replace(keepalived, { action: 'comments' }), {
    result: 'done',
    loaded: false,
    isRunning: true,
  });
  assert.deepEqual(keepalived.log, ['test', 'write new']);
});

test('where keepalived does not run, the file is there for its start', async () => {
  const keepalived = new MemoryKeepalived();
  keepalived.loaded = null;
  keepalived.file = null;
  assert.deepEqual(await replace(keepalived, { action: 'create', before: null }), {
    ...{ result: 'done', loaded: false, isRunning: false },
  });
  assert.equal(keepalived.file, 'new');
});

test('a file that is to go is not tested, goes, and keepalived hears of it', async () => {
  const keepalived = new MemoryKeepalived();
  keepalived.onReload = (text) => text ?? '';
  const gone = await replace(keepalived, { action: 'remove', after: '' });
  assert.equal(gone.result, 'rolled-back', 'the memory keepalived always has an instance');
  assert.deepEqual(keepalived.log.slice(0, 3), [`remember ${confDigest('')}`, 'write null', 'reload']);
});

test('a reload that changes nothing in time is taken back: the former file, and a reload', async () => {
  const keepalived = new MemoryKeepalived();
  keepalived.onReload = () => 'old';
  const outcome = await replace(keepalived);
  assert.ok(outcome.result === 'rolled-back');
  assert.match(outcome.reasons.join(), /instance new is not there/);
  assert.equal(keepalived.file, 'old');
  assert.deepEqual(keepalived.log.slice(-3), ['write old', 'remember null', 'reload']);
});

test('what the kernel does not show takes it back too', async () => {
  const outcome = await replace(new MemoryKeepalived(), {}, ['web: it is missing']);
  assert.deepEqual(outcome, { result: 'rolled-back', reasons: ['web: it is missing'] });
});

test('a keepalived that ends at the reload is told as broken, with the former file in its place', async () => {
  const keepalived = new MemoryKeepalived();
  keepalived.onReload = () => null;
  const outcome = await replace(keepalived);
  assert.deepEqual(outcome, { result: 'broken', reasons: ['keepalived does not run any more'] });
  assert.equal(keepalived.file, 'old');
});

test('a reload that cannot be asked for takes the file back', async () => {
  const keepalived = new MemoryKeepalived();
  let asked = 0;
  keepalived.onReload = (text) => {
    asked += 1;
    if (asked === 1) throw new Error('no such process');
    return text;
  };
  const outcome = await replace(keepalived);
  assert.deepEqual(outcome, { result: 'rolled-back', reasons: ['no such process'] });
});
