import type { GuardInput } from '../guard.ts';
import type { Hazard } from '../plan.ts';

/** A new service on a VIP that no VRRP instance of this spec holds: packets for it would never arrive. */
export function vipNotHeld({ desired, changes, permissions }: GuardInput): Hazard[] {
  const held = desired.heldVips;
  if (held === null) return [];
  return changes.flatMap(({ change, label }) => {
    if (change.kind !== 'service' || change.action !== 'create') return [];
    const { address, origin } = change.after;
    if (address.kind === 'fwmark' || held.includes(address.vip)) return [];
    return [
      {
        guard: 'vip-not-held',
        subject: label,
        message: `is on ${address.vip}, which no VRRP instance of the spec holds`,
        override: '--allow-unheld-vip',
        origin: origin ?? null,
        allowed: permissions.unheldVip,
      },
    ];
  });
}
