import type { Impact } from '../../model/conf-change.ts';
import { hasOthers, type ImpactContext } from './context.ts';
import type { Fate } from './fate.ts';
import type { Identity, Instance } from './instance.ts';
import { changeText, vipsText, waitText } from './wording.ts';

/** What becomes of each instance as a whole. The messages are true on the director that is master. */
export function instanceImpacts(fates: readonly Fate[], context: ImpactContext): Impact[] {
  const held = new Set(fates.flatMap((fate) => (fate.kind === 'removed' ? [] : addressesOf(fate.after))));
  return fates.flatMap((fate) => impactsOf(fate, { held, context }));
}

function impactsOf(
  fate: Fate,
  { held, context }: { held: ReadonlySet<string>; context: ImpactContext },
): readonly Impact[] {
  switch (fate.kind) {
    case 'kept':
      return fate.before.name === fate.after.name ? [] : [renamed(fate.before, fate.after)];
    case 're-created':
      return [recreated(fate, context)];
    case 'exchanged':
      return [exchanged(fate)];
    case 'added':
      return [added(fate.after)];
    case 'removed':
      return [removed(fate.before, { held, context })];
  }
}

function renamed(before: Instance, after: Instance): Impact {
  return {
    level: 'note',
    kind: 'instance-renamed',
    subject: after.name,
    message: `VRRP instance ${before.name} is called ${after.name} now and goes on as it is, since keepalived knows it by its virtual_router_id`,
  };
}

/** Its VIPs go with the old instance, and come back once the new one has waited for a better master. */
function recreated({ before, after }: Extract<Fate, { kind: 're-created' }>, context: ImpactContext): Impact {
  const changes = identityChanges(before.identity, after.identity);
  const isShared = changes.some(({ isAgreed }) => isAgreed) && hasOthers(context, after.name);
  const both = isShared ? ', and until the other directors have the same, one of them holds the VIPs as well' : '';
  return {
    level: 'disruptive',
    kind: 'instance-re-created',
    subject: after.name,
    message: `VRRP instance ${after.name} is another one to keepalived (${changes.map(({ text }) => text).join(', ')}): it gives up ${vipsText(addressesOf(before))}, and takes over again after at least ${waitText(after)}${both}`,
    ...(isShared ? { hint: 'apply it on all directors at the same moment' } : {}),
  };
}

interface IdentityChange {
  readonly text: string;
  /** The other directors must have the same, or they do not hear this one. */
  readonly isAgreed: boolean;
}

const LABELS: Readonly<Record<keyof Identity, string>> = {
  routerId: 'virtual_router_id',
  family: 'family',
  interface: 'interface',
  transport: 'adverts by',
  address: 'address of adverts',
  vmac: 'VMAC',
};

function identityChanges(before: Identity, after: Identity): readonly IdentityChange[] {
  const fields = Object.keys(LABELS) as readonly (keyof Identity)[];
  const isOtherTransport = before.transport !== after.transport;
  return fields
    .filter((field) => before[field] !== after[field])
    .filter((field) => !(isOtherTransport && (field === 'address' || field === 'vmac')))
    .map((field) => ({
      text: changeText(LABELS[field], before[field], after[field]),
      isAgreed: field !== 'interface' && field !== 'vmac',
    }));
}

/** The old instances are gone through one by one, and what the one takes off the other may have put on just before. */
function exchanged({ before, after, namesake }: Extract<Fate, { kind: 'exchanged' }>): Impact {
  const vips = new Set([...addressesOf(namesake), ...addressesOf(after)]);
  return {
    level: 'disruptive',
    kind: 'instance-exchanged',
    subject: after.name,
    message: `VRRP instance ${after.name} takes the place of ${before.name} (virtual_router_id ${before.identity.routerId}) in one reload: ${vipsText([...vips])} may be missing afterwards, until the next change of state`,
    hint: `give ${after.name} a virtual_router_id of its own first, and this one in a second apply`,
  };
}

function added(after: Instance): Impact {
  return {
    level: 'note',
    kind: 'instance-added',
    subject: after.name,
    message: `VRRP instance ${after.name} begins as BACKUP, and takes ${vipsText(addressesOf(after))} after ${waitText(after)} without a better master`,
  };
}

function removed(before: Instance, { held, context }: { held: ReadonlySet<string>; context: ImpactContext }): Impact {
  const leaving = addressesOf(before).filter((address) => !held.has(address));
  const isLoss = leaving.length > 0;
  return {
    level: isLoss ? 'disruptive' : 'note',
    kind: 'instance-removed',
    subject: before.name,
    message: `VRRP instance ${before.name} goes, and ${context.director} loses ${vipsText(leaving)} with it`,
  };
}

/** Of all its VIPs, also those outside its adverts. */
export function addressesOf({ vips, excludedVips }: Instance): readonly string[] {
  return [...vips, ...excludedVips].map(({ address }) => address);
}
