import type { DesiredService } from '../../model/desired.ts';
import { serviceKey } from '../../model/table.ts';
import type { GuardInput } from '../guard.ts';
import type { Hazard, PlannedChange } from '../plan.ts';

/**
 * A service of the spec is live, somebody else made it, and it differs. (One that is live exactly as wanted becomes
 * ours without a word: nothing in the kernel changes.)
 */
export function takeover({ live, mine, state, changes, permissions, conf }: GuardInput): Hazard[] {
  const present = new Set(live.services.map((service) => serviceKey(service.address)));
  // What keepalived had by our file is no stranger's.
  const ours = new Set([...state.owned.map((service) => service.key), ...(conf?.handedOver ?? [])]);
  return mine
    .filter((service) => {
      const key = serviceKey(service.address);
      return present.has(key) && !ours.has(key) && changes.some((planned) => touches(planned, key));
    })
    .map((service) => hazard(service, permissions.adopt));
}

function touches({ change }: PlannedChange, key: string): boolean {
  if (change.kind === 'server') return serviceKey(change.service.address) === key;
  return change.kind === 'service' && change.action === 'update' && serviceKey(change.after.address) === key;
}

function hazard(service: DesiredService, adopt: 'all' | readonly string[]): Hazard {
  const key = serviceKey(service.address);
  return {
    guard: 'takeover',
    subject: service.name,
    message: `${key} is live already, was not made by lvsctl, and differs from the spec`,
    override: `--adopt ${service.name}`,
    origin: service.origin,
    allowed: adopt === 'all' || adopt.includes(service.name) || adopt.includes(key),
  };
}
