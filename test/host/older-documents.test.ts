import assert from 'node:assert/strict';
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { openAppliedSpecStore } from '../../src/host/applied-spec-store.ts';
import { openHistoryStore } from '../../src/host/history-store.ts';
import { openOverrideStore } from '../../src/host/override-store.ts';
import { snapshots } from '../../src/host/snapshots.ts';
import { openStateStore } from '../../src/host/state-store.ts';
import { openTrialStore } from '../../src/host/trial-store.ts';
import type { Override, Overrides } from '../../src/model/override.ts';
import { parseTarget } from '../../src/model/override-target.ts';
import type { SpecSource } from '../../src/model/spec-source.ts';
import { emptyState, type State } from '../../src/model/state.ts';
import { temporaryDirectory } from './temporary-directory.ts';

// Each folder of fixtures was written by a lvsctl of its time: `first` by the one that had state and snapshots alone,
// `without-versions` by the last one that gave neither snapshots nor the applied spec a version.

const OLD: State = {
  ...emptyState,
  owned: [{ key: 'tcp 203.0.113.10:443', name: 'web-https', servers: { '10.0.0.21:443': 'web-1' } }],
  drains: [
    {
      ...{ service: 'tcp 203.0.113.10:443', server: '10.0.0.22:443' },
      ...{ startedAt: 1_763_820_000_123, drainSeconds: 300, weight: 3 },
    },
  ],
  ...{ generation: 7, specTime: 1_763_819_000, specDigest: 'ab'.repeat(32), appliedAt: 1_763_820_001_000 },
};
const LATER: State = {
  ...OLD,
  owned: OLD.owned.map((service) => ({ ...service, pool: 'web' })),
  ...{ attemptedSpec: 'cd'.repeat(32), rejectedSpec: 'ef'.repeat(32) },
  pendingConf: { digest: '12'.repeat(32), handedOver: ['tcp 203.0.113.10:25'] },
  maintenance: { since: 1_763_820_002_000, author: 'alice', reason: 'kernel upgrade' },
};
const OVERRIDES: Overrides = {
  issued: 9,
  list: [
    override({ id: 'o6', action: { kind: 'drain' }, expiresAt: 1_763_823_600_000 }, 'web-https/web-1'),
    override({ id: 'o7', action: { kind: 'share', percent: 12.5 } }, 'pool:web'),
    override({ id: 'o8', action: { kind: 'disable' } }, 'address:2001:db8::1'),
    override({ id: 'o9', action: { kind: 'weight', weight: 5 }, reason: null }, 'web-https/web-2'),
  ],
};
const SPEC: SpecSource = {
  files: [{ name: 'web.lvs.yaml', text: 'version: 1\n' }],
  digest: 'ab'.repeat(32),
  revision: { commit: 'cd'.repeat(20), time: 1_763_819_000, dirty: false },
};
const SNAPSHOT = {
  id: '20251122T140340Z',
  table: '-A -t 203.0.113.10:443 -s wrr\n-a -t 203.0.113.10:443 -r 10.0.0.21:443 -g -w 1\n',
  ...{ takenAt: Date.UTC(2025, 10, 22, 14, 3, 40, 512), reason: 'apply' },
};

function override(fields: Partial<Override> & Pick<Override, 'id' | 'action'>, target: string): Override {
  const parsed = parseTarget(target);
  assert.ok(parsed);
  const about = { reason: 'CHG-1182', author: 'alice', createdAt: 1_763_820_000_123, expiresAt: null };
  return { ...about, ...fields, target: parsed };
}

function stored(t: TestContext, of: 'first' | 'without-versions'): string {
  const directory = temporaryDirectory(t);
  cpSync(join(import.meta.dirname, '../fixtures/stored', of), directory, { recursive: true });
  return directory;
}

for (const [of, state] of [['first', OLD] as const, ['without-versions', LATER] as const])
  test(`the state that an older lvsctl wrote (${of}) is read whole, and written again as it was`, async (t) => {
    const store = openStateStore({ directory: stored(t, of) });
    assert.deepEqual(await store.read(), { state, setAside: null, reason: null });
    await store.write(state);
    assert.deepEqual((await store.read()).state, state);
  });

test('a snapshot of the first lvsctl says what it knew: the table and the state', async (t) => {
  const unknown = { timeouts: null, syncDaemons: null, conf: null, overrides: null, spec: null, pruned: [] };
  const store = snapshots({ directory: stored(t, 'first') });
  assert.deepEqual(await store.load(), { ...SNAPSHOT, state: OLD, ...unknown });
});

test('a snapshot without a version is read whole, with the state, the overrides and the spec in it', async (t) => {
  assert.deepEqual(await snapshots({ directory: stored(t, 'without-versions') }).load(), {
    ...{ ...SNAPSHOT, state: LATER, overrides: OVERRIDES, spec: SPEC },
    timeouts: { tcp: 900, tcpFin: 120, udp: 300 },
    syncDaemons: [
      { role: 'master', interface: 'eth0', syncId: 51, maxLength: 0, group: '224.0.0.81', port: 8848, ttl: 1 },
    ],
    conf: { path: '/etc/keepalived/keepalived.conf', text: 'global_defs {\n}\n' },
    pruned: ['tcp 203.0.113.9:8443'],
  });
});

test('what was decided by hand under an older lvsctl stands, and the file stays the same', async (t) => {
  const directory = stored(t, 'without-versions');
  const store = openOverrideStore({ directory });
  const path = join(directory, 'overrides.json');
  const before: unknown = JSON.parse(readFileSync(path, 'utf8'));
  const { overrides, damage } = await store.read();
  assert.deepEqual(overrides, OVERRIDES);
  assert.equal(damage, null);
  await store.write(overrides);
  assert.deepEqual(JSON.parse(readFileSync(path, 'utf8')), before);
});

test('a trial that an older lvsctl armed is still armed', async (t) => {
  assert.deepEqual(await openTrialStore({ directory: stored(t, 'without-versions') }).read(), {
    trial: {
      ...{ kind: 'armed', id: 1_763_820_000_000, snapshot: SNAPSHOT.id, specDigest: SPEC.digest, author: 'alice' },
      ...{ seconds: 120, since: { boot: 'b007', seconds: 10.5 }, until: 1_763_820_120_000 },
      keepalived: { isWanted: true, pidFile: '/run/keepalived.pid', reloadCommand: null },
    },
    damage: null,
  });
});

test('the text of the spec that an older lvsctl applied is known', async (t) => {
  const store = openAppliedSpecStore({ directory: stored(t, 'without-versions') });
  assert.deepEqual(await store.read(SPEC.digest), SPEC);
});

test('history goes on behind what an older lvsctl wrote', async (t) => {
  const store = openHistoryStore({ directory: stored(t, 'without-versions') });
  const [entry] = await store.read();
  assert.ok(entry);
  assert.deepEqual(entry.spec, { digest: SPEC.digest, revision: SPEC.revision });
  await store.append({ ...entry, author: 'bob' });
  assert.deepEqual(
    (await store.read()).map(({ author }) => author),
    ['bob', 'alice'],
  );
});
