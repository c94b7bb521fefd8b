import type { Impact } from '../../model/conf-change.ts';
import { refusesOtherVips } from './agreement.ts';
import { hasOthers, type ImpactContext } from './context.ts';
import { type Instance, type InstanceVip, identityKey } from './instance.ts';
import { waitText } from './wording.ts';

interface Sides {
  readonly before: readonly Instance[];
  readonly after: readonly Instance[];
  readonly context: ImpactContext;
}

/** A VIP with the instance that has it. */
interface Held {
  readonly vip: InstanceVip;
  readonly instance: Instance;
  readonly isAdvertised: boolean;
}

/** What becomes of single VIPs, apart from those that leave or come with their instance. */
export function vipImpacts(sides: Sides): Impact[] {
  const [had, has] = [heldBy(sides.before), heldBy(sides.after)];
  return [
    ...[...had.values()].filter(({ vip }) => !has.has(vip.address)).flatMap((held) => removed(held, sides)),
    ...[...has.values()].flatMap((held) => {
      const was = had.get(held.vip.address);
      return was === undefined ? added(held, sides) : stayed(was, held, sides);
    }),
  ];
}

/** By address; the first instance that has it counts. */
function heldBy(instances: readonly Instance[]): ReadonlyMap<string, Held> {
  const all = instances.flatMap((instance) => [
    ...instance.vips.map((vip) => ({ vip, instance, isAdvertised: true })),
    ...instance.excludedVips.map((vip) => ({ vip, instance, isAdvertised: false })),
  ]);
  return new Map(all.reverse().map((held) => [held.vip.address, held]));
}

function removed({ vip, instance }: Held, { after, context }: Sides): Impact[] {
  if (!goesOn(instance, after)) return [];
  const message = `The VIP ${vip.address} leaves ${context.director}, since VRRP instance ${instance.name} no longer has it`;
  return [{ level: 'disruptive', kind: 'vip-removed', subject: vip.address, message }];
}

function added(held: Held, { before, context }: Sides): Impact[] {
  return goesOn(held.instance, before) && held.isAdvertised ? differing(held, context) : [];
}

/** Whether an instance is on the other side too, as itself or as one of the same name. */
function goesOn({ name, identity }: Instance, others: readonly Instance[]): boolean {
  return placeOf(identity, others) !== -1 || others.some((other) => other.name === name);
}

/** Where in a file the instance of an identity stands; -1 for nowhere. */
function placeOf(identity: Instance['identity'], instances: readonly Instance[]): number {
  return instances.findIndex((other) => identityKey(other.identity) === identityKey(identity));
}

/** Where adverts of the one kind are not refused by those who have the other. */
function differing({ vip, instance }: Held, context: ImpactContext): Impact[] {
  if (!hasOthers(context, instance.name) || refusesOtherVips(instance, context)) return [];
  const message = `Adverts of VRRP instance ${instance.name} differ by the VIP ${vip.address} until all directors have it so`;
  return [{ level: 'note', kind: 'vips-differ', subject: vip.address, message, hint: 'apply it on the backups first' }];
}

function stayed(was: Held, now: Held, sides: Sides): Impact[] {
  const isSame = identityKey(was.instance.identity) === identityKey(now.instance.identity);
  if (!isSame) return was.instance.name === now.instance.name ? [] : [moved(was, now, sides)];
  return [...(was.isAdvertised === now.isAdvertised ? [] : differing(now, sides.context)), ...changed(was.vip, now)];
}

function changed(was: InstanceVip, { vip, instance }: Held): Impact[] {
  if (vipText(was) === vipText(vip)) return [];
  const message = `The VIP ${vip.address} of VRRP instance ${instance.name} is taken off and put on again, as ${vipText(vip)} in place of ${vipText(was)}`;
  return [{ level: 'note', kind: 'vip-changed', subject: vip.address, message }];
}

function vipText({ address, prefixLength, interface: device, options }: InstanceVip): string {
  return [`${address}/${prefixLength}`, ...(device === '' ? [] : ['dev', device]), options].join(' ').trim();
}

function moved(was: Held, now: Held, sides: Sides): Impact {
  const { address } = now.vip;
  const [from, to] = [was.instance.name, now.instance.name];
  return {
    level: 'disruptive',
    kind: 'vip-moved',
    subject: address,
    message: `The VIP ${address} moves from VRRP instance ${from} to ${to}: ${courseOf(was, now, sides)}`,
    hint: `take it out of ${from} in one apply, and put it into ${to} in the next`,
  };
}

/**
 * Instances that go are taken off first. Then the old ones are gone through in the order of their file, and each loses VIPs
 * and gets VIPs in its turn (vrrp.c: clear_diff_vrrp).
 */
function courseOf(was: Held, now: Held, { before, after }: Sides): string {
  const to = placeOf(now.instance.identity, before);
  if (to === -1) return `it leaves, and comes back after at least ${waitText(now.instance)}`;
  const isGone = placeOf(was.instance.identity, after) === -1;
  return isGone || placeOf(was.instance.identity, before) < to
    ? 'it leaves for a moment, and from then on is where that instance is master'
    : 'keepalived puts it on for the one before it takes it off for the other, so it is missing until the next change of state';
}
