import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { readFailures } from '../../../src/lint/failover/failure.ts';
import { type Holding, simulateSequence } from '../../../src/lint/failover/simulate.ts';
import { desiredOf, renderedConf } from '../../keepalived/rendered.ts';
import type { HaDirector } from '../../lab/ha-director.ts';
import type { HaSite } from '../../lab/ha-site.ts';
import { type Outcome, predictedOutcome, seenOutcome } from './outcome.ts';
import { PlayedDirector } from './played-director.ts';
import { COMMON, type Topology } from './topologies/topology.ts';

/** More than a backup of these topologies waits before it takes over: three adverts and its skew time, 0.4 s. */
const TAKEOVER_MILLISECONDS = 700;
const LIMIT_MILLISECONDS = 30_000;

/** Lets a topology happen on the hosts of a site, and holds keepalived to the simulation, and this to the words. */
export async function playTopology(site: HaSite, { spec, steps }: Topology): Promise<void> {
  const text = COMMON + spec;
  const desired = desiredOf(text);
  const { instances } = desired.keepalived;
  const predictions = simulateSequence(
    desired,
    steps.map(([, failures]) => failures),
  );
  const players = await takeOver(site, text);
  for (const [index, [event, broken, holders]] of steps.entries()) {
    const prediction = predictions[index] ?? [];
    assert.deepEqual(holdersByInstance(prediction), holders, `the simulation: ${event}`);
    const failures = readFailures(broken);
    for (const player of players) await player.suffer(failures);
    const wanted = prediction.flatMap(predictedOutcome);
    const alive = players.filter(({ isAlive }) => isAlive).map(({ host }) => host);
    const seen = await settle(() => seenOutcome(instances, { alive, failures }), wanted);
    assert.deepEqual(seen, wanted, `keepalived: ${event}\n${alive.map(lastWords).join('\n')}`);
  }
}

/** The directors that take part, none of them alive. */
async function takeOver(site: HaSite, text: string): Promise<readonly PlayedDirector[]> {
  const { trackers, instances } = desiredOf(text).keepalived;
  const members = new Set(instances.flatMap((instance) => instance.members.map(({ director }) => director)));
  const players = [];
  for (const host of site.directors) {
    if (members.has(host.name))
      players.push(await PlayedDirector.on(host, { conf: await renderedConf(text, host.name), trackers }));
    else await host.crash();
  }
  return players;
}

function holdersByInstance(prediction: readonly Holding[]): Record<string, string> {
  return Object.fromEntries(prediction.map(({ instance, holders }) => [instance, holders.join(' ')]));
}

/** What is seen once it is as wanted and stays so for longer than a takeover takes; or at the limit, whatever it is. */
async function settle(look: () => Promise<Outcome>, wanted: Outcome): Promise<Outcome> {
  const limit = Date.now() + LIMIT_MILLISECONDS;
  for (let times = 0; ; ) {
    const seen = await look();
    times = isDeepStrictEqual(seen, wanted) ? times + 1 : 0;
    if (times === 2 || Date.now() > limit) return seen;
    await sleep(times === 1 ? TAKEOVER_MILLISECONDS : 50);
  }
}

/** Without the many lines that say that it was asked how it is. */
function lastWords({ name, log }: HaDirector): string {
  const lines = log.split('\n').filter((line) => !/ Printing VRRP as json /.test(line));
  return `${name}:\n${lines.slice(-20).join('\n')}`;
}
