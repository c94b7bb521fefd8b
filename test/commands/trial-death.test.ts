import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { Arming } from '../../src/commands/arming.ts';
import { carryOut } from '../../src/commands/carry-out.ts';
import { holdTrial } from '../../src/commands/hold.ts';
import { lockToChange } from '../../src/commands/lock-to-change.ts';
import { planLive } from '../../src/commands/planning.ts';
import { applying } from '../../src/commands/purpose.ts';
import type { ConfKeeper } from '../../src/daemon/conf-keeper.ts';
import { confChange } from '../../src/keepalived/conf-change.ts';
import { confText } from '../../src/keepalived/conf-text.ts';
import type { SpecSource } from '../../src/model/spec-source.ts';
import { emptyState } from '../../src/model/state.ts';
import { serverKey, serviceKey } from '../../src/model/table.ts';
import { NO_PERMISSIONS } from '../../src/plan/guard.ts';
import { ownedService } from '../../src/plan/owned.ts';
import { sourceDigest } from '../../src/spec/source-digest.ts';
import { bareTable } from '../bare-table.ts';
import { Life } from '../daemon/life.ts';
import { desiredOf } from '../keepalived/rendered.ts';
import { fwmark, server, service, tcp } from '../plan/build.ts';
import { DRAIN, override } from '../plan/override.ts';
import { specText } from '../spec-text.ts';
import { TrialPlace } from './trial-place.ts';

const OLD_CONF = confText('global_defs {\n    router_id old\n}\n');
const NEW_CONF = confText('global_defs {\n    router_id new\n}\n');

const WEB = service(tcp('192.0.2.1'), [server('10.0.0.1', 5), server('10.0.0.2', 5), server('10.0.0.3', 5)]);
const API = service(tcp('192.0.2.2'), [server('10.0.0.5'), server('10.0.0.6')]);
/** Somebody else's, which the spec to be tried takes over. */
const THEIRS = service(tcp('192.0.2.3'), [server('10.0.0.9', 7)], { scheduler: 'rr' });
const FOREIGN = service(fwmark(99), [server('10.9.9.9', 7)]);

const HELD = [WEB, API];
const BEFORE = [...HELD, THEIRS, FOREIGN];
const TRIED = [
  service(tcp('192.0.2.1'), [server('10.0.0.1', 9), server('10.0.0.7', 1)], { scheduler: 'wrr' }),
  service(tcp('192.0.2.3'), [server('10.0.0.9', 1), server('10.0.0.8', 1)]),
  service(tcp('192.0.2.4'), [server('10.0.0.5')]),
];
const PERMISSIONS = { ...NO_PERMISSIONS, maxRemove: 1, maxRemoveServices: 1, adopt: 'all' } as const;
const NOT_STARTED = { keepalivedPid: '/nowhere/keepalived.pid' };

function sourceOf(services: typeof BEFORE): SpecSource {
  const files = [{ name: 'web.lvs.yaml', text: specText(services) }];
  return { files, digest: sourceDigest(files), revision: null };
}

/** What somebody decides by hand during the trial. */
const DECIDED = { issued: 2, list: [override('service-1/rs-1', DRAIN)] };

const GOOD = sourceOf(HELD);
const BAD = sourceOf(TRIED);

function place(t: TestContext): TrialPlace {
  const owned = desiredOf(specText(HELD)).services.map(ownedService);
  const state = { ...emptyState, owned, specDigest: GOOD.digest, attemptedSpec: GOOD.digest };
  return new TrialPlace(t, { table: BEFORE, state, applied: GOOD, conf: OLD_CONF });
}

/** keepalived's side of an apply, whatever its spec says of directors. */
function sideFor(where: TrialPlace, life: Life, text: string): ConfKeeper {
  const path = where.confPath;
  return {
    look: async (desired, { pendingConf }) =>
      confChange({ desired, director: 'lb1', path, before: where.conf, after: text, pendingConf }),
    refusals: async () => [],
    carryOut: async ({ after }) => {
      life.beat();
      where.conf = after;
      life.beat();
      return { result: 'done', loaded: false, isRunning: false };
    },
    saved: async () => ({ path, text: where.conf }),
  };
}

/** An apply that dies at its n-th effect, or does not. True: it lived to its end. */
async function apply(where: TrialPlace, spec: 'good' | 'bad', end: number): Promise<boolean> {
  const life = new Life(end);
  const [session, context] = [where.session(life), where.context()];
  const isTrial = spec === 'bad';
  const [source, side] = isTrial ? [BAD, sideFor(where, life, NEW_CONF)] : [GOOD, sideFor(where, life, OLD_CONF)];
  const order = {
    ...{ desired: desiredOf(source.files[0]?.text ?? ''), permissions: PERMISSIONS, drainSeconds: null, source },
    ...{ netns: null, keepalived: { isWanted: true, director: null, templates: null } },
  };
  try {
    const lock = await session.lock('apply', 0);
    const seen = { kernel: session.kernel(lock), session, now: context.now(), side };
    const planned = await planLive(order, seen);
    const arming = isTrial ? new Arming(context, { session, seconds: 60, options: NOT_STARTED }) : null;
    const purpose = applying(order, source, { session, arming });
    await carryOut(context, planned, { session, lock, side, purpose, wait: true, lockTimeout: 0 });
  } catch {}
  return !life.isOver;
}

/** Whoever comes later, and lives: it waits for the time to be over, where something is on trial. */
async function comeLater(where: TrialPlace): Promise<void> {
  await holdTrial(where.context(), where.session(new Life(Infinity)), { netns: undefined });
}

function assertAllIsBack(where: TrialPlace, claim: string): void {
  const { kernel, state, overrides, applied, conf } = where;
  assert.deepEqual(bareTable(kernel.table), bareTable(BEFORE), claim);
  assert.deepEqual([conf, overrides.list, applied?.digest], [OLD_CONF, [], GOOD.digest], claim);
  assert.deepEqual([state.specDigest, state.drains, state.pendingConf], [GOOD.digest, [], null], claim);
  const owned = state.owned.map(({ key }) => key).sort();
  assert.deepEqual(owned, HELD.map(({ address }) => serviceKey(address)).sort(), claim);
}

test('death at any effect of an apply on trial: in the end all is as it was before', async (t) => {
  let deaths = 0;
  for (let end = 1; ; end += 1) {
    const where = place(t);
    const isOver = await apply(where, 'bad', end);
    const isArmed = where.trial.kind === 'armed';
    if (isArmed) where.overrides = DECIDED;
    else assert.deepEqual(where.kernel.ran, [], `death ${end}: it is armed before the first step`);
    await comeLater(where);
    assertAllIsBack(where, `death ${end}`);
    assert.equal(where.state.rejectedSpec, isArmed ? BAD.digest : null);
    if (isOver) break;
    deaths += 1;
  }
  assert.ok(deaths > 40, `only ${deaths} deaths`);
});

test('death at any effect of taking it back: whoever comes next does the rest', async (t) => {
  let deaths = 0;
  for (let end = 1; ; end += 1) {
    const where = place(t);
    await apply(where, 'bad', Infinity);
    assert.deepEqual([where.conf, where.trial.kind], [NEW_CONF, 'armed']);
    where.overrides = DECIDED;
    const life = new Life(end);
    const context = where.context();
    await context.sleep(61_000);
    const order = { command: 'confirm', timeout: 0, netns: undefined };
    await lockToChange(context, where.session(life), order).catch(() => undefined);
    await comeLater(where);
    const { trial, state } = where;
    assert.deepEqual([trial.kind, state.rejectedSpec], ['taken-back', BAD.digest], `death ${end}`);
    // Who died last may have left servers that drain; a watch, which keeps the good spec true, removes them.
    await apply(where, 'good', Infinity);
    assertAllIsBack(where, `death ${end}`);
    if (!life.isOver) break;
    deaths += 1;
  }
  assert.ok(deaths > 30, `only ${deaths} deaths`);
});

test('what is decided by hand while servers leave with what was taken back stays decided', async (t) => {
  const where = place(t);
  await apply(where, 'bad', Infinity);
  where.kernel.active = Object.fromEntries(TRIED.flatMap(({ servers }) => servers.map((one) => [serverKey(one), 1])));
  const session = where.session(new Life(Infinity));
  let isDecided = false;
  const decide = async () => {
    if (isDecided || where.trial.kind !== 'taken-back') return;
    isDecided = true;
    where.overrides = DECIDED;
  };
  const looking = { ...session, lock: async () => ({ fd: 0, release: decide }) };
  await holdTrial(where.context(), looking, { netns: undefined });
  assert.deepEqual([where.trial.kind, where.state.drains], ['taken-back', []]);
  assert.deepEqual(where.overrides, DECIDED);
});
