import type { Desired } from '../model/desired.ts';
import type { Director } from '../model/director.ts';
import type { KeepalivedStatus, VrrpStatus } from '../model/keepalived-status.ts';
import type { VrrpInstance } from '../model/vrrp.ts';
import { instancesOf } from './impact/instance.ts';
import type { ReadConf } from './read-conf.ts';

/** What is to be seen of a keepalived that has taken its new file over. */
export interface Expectation {
  readonly instances: readonly ExpectedInstance[];
}

interface ExpectedInstance {
  readonly name: string;
  readonly virtualRouterId: number;
  readonly priority: number;
  readonly vips: readonly string[];
}

/** What the spec makes of the instances of one director. */
export function expectationFor({ keepalived }: Desired, { name }: Director): Expectation {
  return { instances: keepalived.instances.flatMap((instance) => expectedInstance(instance, name)) };
}

/** What a file makes of its instances, whoever wrote it. */
export function expectationOf(conf: ReadConf): Expectation {
  return {
    instances: instancesOf(conf).map(({ name, identity, priority, vips, excludedVips }) => ({
      ...{ name, priority, virtualRouterId: Number(identity.routerId) },
      vips: [...vips, ...excludedVips].map(({ address }) => address),
    })),
  };
}

function expectedInstance(instance: VrrpInstance, director: string): ExpectedInstance[] {
  const member = instance.members.find((one) => one.director === director);
  if (member === undefined) return [];
  const { name, virtualRouterId, vips, excludedVips } = instance;
  const addresses = [...vips, ...excludedVips].map(({ address }) => address.text);
  return [{ name, virtualRouterId, priority: member.priority, vips: addresses }];
}

/**
 * What is not yet, or not, as it should be after a reload, one sentence each; nothing when all is well. `before` is what
 * keepalived was before it; `moving` names the instances that may change their state by this very change.
 */
export function unmetExpectations(
  now: KeepalivedStatus | null,
  {
    expectation,
    before,
    moving,
  }: { expectation: Expectation; before: KeepalivedStatus | null; moving: ReadonlySet<string> },
): string[] {
  if (now === null) return ['keepalived does not run any more'];
  if (before !== null && before.pid !== now.pid) return ['keepalived was started anew instead of reloaded'];
  const known = new Map(now.instances.map((instance) => [instance.name, instance]));
  const wanted = new Set(expectation.instances.map(({ name }) => name));
  const stray = now.instances.filter(({ name }) => !wanted.has(name));
  return [
    ...expectation.instances.flatMap((expected) => unmetInstance(expected, known.get(expected.name))),
    ...stray.map(({ name }) => `instance ${name} is still there`),
    ...now.instances.flatMap((instance) => heldWrongly(instance, now.addresses)),
    ...(before?.instances ?? []).filter(({ name }) => !moving.has(name)).flatMap((one) => lostState(one, known)),
  ];
}

function unmetInstance(expected: ExpectedInstance, seen: VrrpStatus | undefined): string[] {
  const { name } = expected;
  if (seen === undefined) return [`instance ${name} is not there`];
  const missing = expected.vips.filter((vip) => !seen.vips.includes(vip));
  return [
    ...(seen.virtualRouterId === expected.virtualRouterId
      ? []
      : [`instance ${name} has not its virtual_router_id yet`]),
    ...(seen.basePriority === expected.priority
      ? []
      : [`instance ${name} has priority ${seen.basePriority} and not ${expected.priority}`]),
    ...missing.map((vip) => `instance ${name} does not know its VIP ${vip}`),
    ...(seen.state === 'init' ? [`instance ${name} has not begun yet`] : []),
  ];
}

/** A master holds all its VIPs, a backup none of them: whatever keepalived believes. */
function heldWrongly({ name, state, vips }: VrrpStatus, addresses: readonly string[]): string[] {
  const isMaster = state === 'master';
  const wrong = vips.filter((vip) => addresses.includes(vip) !== isMaster);
  return wrong.map((vip) =>
    isMaster ? `instance ${name} is master without its VIP ${vip}` : `instance ${name} is ${state} and holds ${vip}`,
  );
}

/** What a reload must not do by itself: a master that is none any more, an instance that worked and is in fault. */
function lostState(before: VrrpStatus, known: ReadonlyMap<string, VrrpStatus>): string[] {
  const now = known.get(before.name);
  if (now === undefined || before.state === now.state) return [];
  if (before.state === 'master') return [`instance ${before.name} was master and is ${now.state}`];
  return now.state === 'fault' ? [`instance ${before.name} was ${before.state} and is in fault`] : [];
}
